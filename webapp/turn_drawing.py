"""Turns drawn for the desk, by hand for speed; a turn that looks as it did is not drawn again."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape

from .display import plural
from .drawn import Drawn
from .turn_text import Run, TurnText, runs


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


@lru_cache(maxsize=4096)
def draw_turn(turn: TurnText) -> Drawn:
    """Draw one turn with its marks."""
    spoken, place = turn.spoken, turn.spoken.position
    moderator = " mod" if spoken.role == "moderator" else ""
    time = f'<span class="num">{escape(spoken.time)}</span>' if spoken.time else ""
    words = "".join([_draw_run(run) for run in runs(turn)])
    return Drawn(
        f'<div class="turn{moderator}" id="t{place}" data-turn="{place}" '
        f'data-start="{spoken.start}" data-before="{escape(spoken.before)}">'
        f'<div class="who"><b>{escape(spoken.speaker or "Nobody named")}</b>{time}</div>'
        f"<p>{words}</p>{_draw_stripes(turn)}</div>"
    )


def _draw_run(run: Run) -> str:
    if not run.marks:
        return escape(run.text)
    first, *inner = [f'"c{mark.code_id} l{mark.line}' for mark in run.lines]
    told = escape("; ".join([f"{mark.code} ({mark.coder})" for mark in run.marks]))
    return (
        f'<mark class={first}{" memo" if run.memo else ""}" '
        f'data-codings="{" ".join([str(mark.id) for mark in run.marks])}" title="{told}">'
        + "".join([f'<span class={layer}">' for layer in inner])
        + escape(run.text)
        + "</span>" * len(inner)
        + "</mark>"
    )


def _draw_stripes(turn: TurnText) -> str:
    if not turn.marks:
        return ""
    spoken = turn.spoken
    codes = escape(", ".join([mark.code for mark in turn.marks]))
    label = f"{plural(len(turn.marks), 'coding')} at turn {spoken.position}: {codes}"
    stripes = "".join(
        [
            f'<i class="stripe c{mark.code_id}"><i class="dot c{mark.code_id}"></i></i>'
            for mark in turn.marks
        ]
    )
    return (
        f'<a class="stripes" href="?start={spoken.start}&amp;end={spoken.end}#t{spoken.position}" '
        f'data-stripes aria-label="{label}">{stripes}</a>'
    )
