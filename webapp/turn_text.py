"""A transcript cut for the page: turns, and in each the runs of words that share their codings."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

Row = dict[str, Any]
# Lines that fit under the words; what overlaps more deeply is told at the margin and on a click.
LINES = 4


class Mark(NamedTuple):
    """A coding as a turn needs it."""

    start: int
    end: int
    id: int
    code_id: int
    code: str
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
    marks: tuple[Mark, ...]
    lines: tuple[tuple[int, Mark], ...]
    memo: bool


def read_turns(
    text: str, turns: Sequence[Row], codings: Sequence[Row], offset: int = 0
) -> list[TurnText]:
    """Cut a transcript into turns; `text` may be a piece of it that begins at `offset`."""
    found = codings_by_turn(turns, codings)
    marks = {row["id"]: _mark(row) for row in codings}
    cut: list[TurnText] = []
    last_end, last_issue = offset, None
    for turn in turns:
        here = tuple([marks[row["id"]] for row in found.get(turn["position"], ())])
        fresh = turn["issue"] if turn["issue"] != last_issue else None
        cut.append(TurnText(_spoken(text, turn, last_end, fresh, offset), here))
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
    """Cut a turn's words where a coding starts or ends, sweeping from the first to the last."""
    spoken, marks = turn.spoken, turn.marks
    first, last = spoken.start, spoken.end
    edges = {first, last}
    for mark in marks:
        edges.add(max(first, mark.start))
        edges.add(min(last, mark.end))
    places = sorted(edges)
    waiting = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.id), reverse=True)
    lines: list[Mark | None] = []
    for a, b in zip(places, places[1:], strict=False):
        lines = [mark if mark and mark.end > a else None for mark in lines]
        while waiting and waiting[-1].start <= a:
            _put(lines, waiting.pop())
        here = [(line, mark) for line, mark in enumerate(lines) if mark]
        yield Run(
            spoken.words[a - first : b - first],
            tuple([mark for _, mark in here]),
            tuple(here[:LINES]),
            any(mark.memo and mark.end == b for _, mark in here),
        )


def _put(lines: list[Mark | None], mark: Mark) -> None:
    """Give a coding the first line that no overlapping coding of the turn has."""
    if None in lines:
        lines[lines.index(None)] = mark
    else:
        lines.append(mark)


def _spoken(text: str, turn: Row, last_end: int, issue: str | None, offset: int) -> Spoken:
    start, end = turn["speech_start"], turn["end"]
    return Spoken(
        position=turn["position"],
        start=start,
        end=end,
        speaker=turn["speaker"],
        role=turn["role"],
        time=turn["time"],
        before=text[last_end - offset : start - offset],
        heading=text[last_end - offset : turn["start"] - offset].strip(),
        issue=issue,
        words=text[start - offset : end - offset],
    )


def _mark(row: Row) -> Mark:
    return Mark(row["start"], row["end"], row["id"], row["code_id"], row["code"], bool(row["memo"]))
