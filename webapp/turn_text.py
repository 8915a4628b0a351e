"""A transcript cut for the page: turns, and in each the runs of words that share their codings."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

Row = dict[str, Any]
# Lines that fit under the words; what overlaps more deeply is told at the margin and on a click.
LINES = 4


class Mark(NamedTuple):
    """A coding as a run needs it: its place, its class on its line, and the words that tell it."""

    start: int
    end: int
    id: int
    line: int
    layer: str
    told: str
    memo: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Words under the same codings; a layer is the class of one code on one line."""

    text: str
    codings: tuple[int, ...]
    layers: tuple[str, ...]
    title: str
    memo: bool


@dataclass(frozen=True, slots=True)
class Stripe:
    """A coding at the margin of a turn."""

    code_id: int
    code: str


@dataclass(frozen=True, slots=True)
class TurnText:
    """All that the drawing of a turn depends on.

    `before` is the text since the turn before, marks and all.
    """

    position: int
    start: int
    end: int
    speaker: str | None
    role: str | None
    time: str | None
    before: str
    heading: str
    issue: str | None
    runs: tuple[Run, ...]
    codings: tuple[Stripe, ...]


def read_turns(
    text: str, turns: Sequence[Row], codings: Sequence[Row], only: set[int] | None = None
) -> list[TurnText]:
    """Cut a transcript into turns and runs; `only` names the positions wanted."""
    found = codings_by_turn(turns, codings)
    lines = _lines(codings)
    cut: list[TurnText] = []
    last_end, last_issue = 0, None
    for turn in turns:
        if only is None or turn["position"] in only:
            here = found.get(turn["position"], [])
            fresh = turn["issue"] if turn["issue"] != last_issue else None
            cut.append(_cut(text, turn, here, lines, last_end, fresh))
        last_end, last_issue = turn["end"], turn["issue"]
    return cut


def codings_by_turn(turns: Sequence[Row], codings: Sequence[Row]) -> dict[int, list[Row]]:
    """Sort codings under the positions of the turns whose words they touch."""
    ends = [turn["end"] for turn in turns]
    found: dict[int, list[Row]] = {}
    for coding in codings:
        for turn in turns[bisect_right(ends, coding["start"]) :]:
            if turn["start"] >= coding["end"]:
                break
            if turn["speech_start"] < coding["end"]:
                found.setdefault(turn["position"], []).append(coding)
    return found


def _lines(codings: Sequence[Row]) -> dict[int, int]:
    """Give each coding a line under the words that no overlapping coding has."""
    free: list[int] = []
    lines: dict[int, int] = {}
    for coding in sorted(codings, key=lambda row: (row["start"], -row["end"], row["id"])):
        line = next((n for n, end in enumerate(free) if end <= coding["start"]), len(free))
        free[line : line + 1] = [coding["end"]]
        lines[coding["id"]] = min(line, LINES - 1)
    return lines


def _cut(
    text: str,
    turn: Row,
    codings: list[Row],
    lines: dict[int, int],
    last_end: int,
    issue: str | None,
) -> TurnText:
    start, end = turn["speech_start"], turn["end"]
    edges = {start, end}
    for coding in codings:
        edges.update((max(start, coding["start"]), min(end, coding["end"])))
    places = sorted(edges)
    marks = [_mark(row, lines[row["id"]]) for row in codings]
    return TurnText(
        position=turn["position"],
        start=start,
        end=end,
        speaker=turn["speaker"],
        role=turn["role"],
        time=turn["time"],
        before=text[last_end:start],
        heading=text[last_end : turn["start"]].strip(),
        issue=issue,
        runs=tuple(_run(text, a, b, marks) for a, b in zip(places, places[1:], strict=False)),
        codings=tuple(Stripe(row["code_id"], row["code"]) for row in codings),
    )


def _mark(row: Row, line: int) -> Mark:
    layer = f"c{row['code_id']} l{line}"
    told = f"{row['code']} ({row['coder']})"
    return Mark(row["start"], row["end"], row["id"], line, layer, told, bool(row["memo"]))


def _run(text: str, start: int, end: int, marks: Sequence[Mark]) -> Run:
    here = [mark for mark in marks if mark.start < end and mark.end > start]
    if not here:
        return Run(text[start:end], (), (), "", memo=False)
    layers = {mark.line: mark.layer for mark in reversed(here)}
    return Run(
        text=text[start:end],
        codings=tuple([mark.id for mark in here]),
        layers=tuple([layers[line] for line in sorted(layers)]),
        title="; ".join([mark.told for mark in here]),
        memo=any(mark.memo and mark.end == end for mark in here),
    )
