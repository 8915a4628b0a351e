"""A transcript cut for the page: turns, and in each the runs of words that share their codings."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

Row = dict[str, Any]
# Lines that fit under the words; what overlaps more deeply is told at the margin and on a click.
LINES = 4


class Mark(NamedTuple):
    """A coding as a turn needs it: its place, its line under the words, and what is told of it."""

    start: int
    end: int
    id: int
    line: int
    code_id: int
    code: str
    coder: str
    memo: bool


class Spoken(NamedTuple):
    """A turn without its codings; `before` is the text since the turn before, marks and all."""

    position: int
    start: int
    end: int
    speaker: str | None
    role: str | None
    time: str | None
    before: str
    heading: str
    issue: str | None
    words: str


class TurnText(NamedTuple):
    """All that the drawing of a turn depends on."""

    spoken: Spoken
    marks: tuple[Mark, ...]


class Run(NamedTuple):
    """Words under the same codings, with the uppermost coding of each line."""

    text: str
    marks: list[Mark]
    lines: list[Mark]
    memo: bool


def read_turns(
    text: str, turns: Sequence[Row], codings: Sequence[Row], only: set[int] | None = None
) -> list[TurnText]:
    """Cut a transcript into turns; `only` names the positions wanted."""
    found = codings_by_turn(turns, codings)
    lines = _lines(codings)
    marks = {row["id"]: _mark(row, lines[row["id"]]) for row in codings}
    cut: list[TurnText] = []
    last_end, last_issue = 0, None
    for turn in turns:
        if only is None or turn["position"] in only:
            here = [marks[row["id"]] for row in found.get(turn["position"], ())]
            fresh = turn["issue"] if turn["issue"] != last_issue else None
            cut.append(TurnText(_spoken(text, turn, last_end, fresh), tuple(here)))
        last_end, last_issue = turn["end"], turn["issue"]
    return cut


def codings_by_turn(turns: Sequence[Row], codings: Sequence[Row]) -> dict[int, list[Row]]:
    """Sort codings under the positions of the turns whose words they touch."""
    ends = [turn["end"] for turn in turns]
    found: dict[int, list[Row]] = {}
    for coding in codings:
        for number in range(bisect_right(ends, coding["start"]), len(turns)):
            turn = turns[number]
            if turn["start"] >= coding["end"]:
                break
            if turn["speech_start"] < coding["end"]:
                found.setdefault(turn["position"], []).append(coding)
    return found


def runs(turn: TurnText) -> Iterator[Run]:
    """Cut a turn's words where a coding starts or ends."""
    start, end = turn.spoken.start, turn.spoken.end
    edges = {start, end}
    for mark in turn.marks:
        edges.update((max(start, mark.start), min(end, mark.end)))
    places = sorted(edges)
    for a, b in zip(places, places[1:], strict=False):
        here = [mark for mark in turn.marks if mark.start < b and mark.end > a]
        upper = {mark.line: mark for mark in reversed(here)}
        yield Run(
            turn.spoken.words[a - start : b - start],
            here,
            [upper[line] for line in sorted(upper)],
            memo=any(mark.memo and mark.end == b for mark in here),
        )


def _lines(codings: Sequence[Row]) -> dict[int, int]:
    """Give each coding a line under the words that no overlapping coding has."""
    free: list[int] = []
    lines: dict[int, int] = {}
    for coding in sorted(codings, key=lambda row: (row["start"], -row["end"], row["id"])):
        line = next((n for n, end in enumerate(free) if end <= coding["start"]), len(free))
        free[line : line + 1] = [coding["end"]]
        lines[coding["id"]] = min(line, LINES - 1)
    return lines


def _spoken(text: str, turn: Row, last_end: int, issue: str | None) -> Spoken:
    start, end = turn["speech_start"], turn["end"]
    return Spoken(
        position=turn["position"],
        start=start,
        end=end,
        speaker=turn["speaker"],
        role=turn["role"],
        time=turn["time"],
        before=text[last_end:start],
        heading=text[last_end : turn["start"]].strip(),
        issue=issue,
        words=text[start:end],
    )


def _mark(row: Row, line: int) -> Mark:
    return Mark(
        start=row["start"],
        end=row["end"],
        id=row["id"],
        line=line,
        code_id=row["code_id"],
        code=row["code"],
        coder=row["coder"],
        memo=bool(row["memo"]),
    )
