"""Turns drawn for the desk, by hand for speed; a turn that looks as it did is not drawn again."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape

from .display import plural
from .drawn import Drawn
from .turn_text import LINES, Mark, Run, TurnText, runs

STRIPES = 5  # beside each other; what is beyond them is counted
LINE_OF_TEXT = 75  # characters, about
TALLEST = 12


def draw_turns(turns: Sequence[TurnText], issue_names: Mapping[str, str]) -> Drawn:
    """Draw a whole text, with the headings between its turns."""
    if not turns:
        return Drawn(
            '<p class="empty">Nobody speaks in this transcript: no turns were found when it was '
            "imported.</p>"
        )
    drawn: list[str] = []
    for turn in turns:
        if heading := turn.spoken.heading:
            drawn.append(f'<h2 class="gap">{escape(heading)}</h2>')
        if issue := turn.spoken.issue:
            name = escape(issue_names[issue])
            drawn.append(f'<p class="issue"><span class="tag">Issue: {name}</span></p>')
        drawn.append(draw_turn(turn))
    return Drawn("\n".join(drawn))


@lru_cache(maxsize=8192)
def draw_turn(turn: TurnText) -> Drawn:
    """Draw one turn with its marks."""
    spoken, place = turn.spoken, turn.spoken.position
    moderator = " mod" if spoken.role == "moderator" else ""
    time = f'<span class="num">{escape(spoken.time)}</span>' if spoken.time else ""
    words = "".join(map(_draw_run, runs(turn))) if turn.marks else escape(spoken.words, False)
    return Drawn(
        f'<div class="turn{moderator} e{_height(spoken.words)}" id="t{place}" data-turn="{place}" '
        f'data-start="{spoken.start}" data-before="{escape(spoken.before)}">'
        f'<div class="who"><b>{escape(spoken.speaker or "Nobody named")}</b>{time}</div>'
        f"<p>{words}</p>{_draw_stripes(turn)}</div>"
    )


def _height(words: str) -> int:
    """Guess how many lines the words take, so that the page is about right before they show."""
    return min(TALLEST, 1 + len(words) // LINE_OF_TEXT)


def _draw_run(run: Run) -> str:
    words = escape(run.text, quote=False)
    if not run.marks:
        return words
    ids = " ".join([str(mark.id) for mark in run.marks])
    (line, upper), *inner = run.lines
    layers = "".join([f'<span class="c{mark.code_id} l{_line(n)}">' for n, mark in inner])
    return (
        f'<mark class="c{upper.code_id} l{_line(line)}{" memo" if run.memo else ""}" '
        f'data-codings="{ids}">{layers}{words}{"</span>" * len(inner)}</mark>'
    )


def _line(number: int) -> int:
    return min(number, LINES - 1)


def _draw_stripes(turn: TurnText) -> str:
    if not turn.marks:
        return ""
    spoken, codes = turn.spoken, {mark.code_id: mark for mark in turn.marks}
    label = (
        f"{plural(len(turn.marks), 'coding')} at turn {spoken.position}: "
        f"{escape(', '.join([mark.code for mark in codes.values()]))}"
    )
    more = len(codes) - STRIPES
    return (
        f'<a class="stripes" href="?start={spoken.start}&amp;end={spoken.end}#t{spoken.position}" '
        f'data-stripes aria-label="{label}">{_stripes_by_code(turn)}'
        f"{f'<b>+{more}</b>' if more > 0 else ''}</a>"
    )


def _stripes_by_code(turn: TurnText) -> str:
    """Draw one stripe a code; it goes on where the code does in the turn before or after."""
    columns = _columns(turn.marks)
    above: set[int] = set()
    below: set[int] = set()
    for mark in turn.marks:
        if mark.start < turn.spoken.start:
            above.add(mark.code_id)
        if mark.end > turn.spoken.end:
            below.add(mark.code_id)
    return "".join(
        [
            f'<i class="stripe c{code} s{column}{" on" if code in above else ""}'
            f'{" off" if code in below else ""}"></i>'
            for code, column in columns.items()
        ]
    )


def _columns(marks: Sequence[Mark]) -> dict[int, int]:
    """Give each code a column, where it can be the same in every turn."""
    columns: dict[int, int] = {}
    for mark in marks:
        if mark.code_id not in columns and len(columns) < STRIPES:
            column = mark.code_id % STRIPES
            while column in columns.values():
                column = (column + 1) % STRIPES
            columns[mark.code_id] = column
    return columns
