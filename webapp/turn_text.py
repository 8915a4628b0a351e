"""A transcript cut for the page: turns, and in each the runs of words that share their codings."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]
# Lines that fit under the words; what overlaps more deeply is told at the margin and on a click.
LINES = 4


@dataclass(frozen=True, slots=True)
class Run:
    """Words under the same codings; a layer is the class of one code on one line."""

    text: str
    codings: tuple[int, ...]
    layers: tuple[str, ...]
    title: str
    memo: bool


@dataclass(frozen=True, slots=True)
class TurnText:
    """A turn as the desk shows it; `before` is the text since the turn before, marks and all."""

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
    codings: tuple[Row, ...]


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
        runs=tuple(
            _run(text, a, b, codings, lines) for a, b in zip(places, places[1:], strict=False)
        ),
        codings=tuple(codings),
    )


def _run(text: str, start: int, end: int, codings: list[Row], lines: dict[int, int]) -> Run:
    here = [row for row in codings if row["start"] < end and row["end"] > start]
    layers = {lines[row["id"]]: f"c{row['code_id']} l{lines[row['id']]}" for row in reversed(here)}
    return Run(
        text=text[start:end],
        codings=tuple(row["id"] for row in here),
        layers=tuple(layers[line] for line in sorted(layers)),
        title="; ".join(f"{row['code']} ({row['coder']})" for row in here),
        memo=any(row["memo"] and row["end"] == end for row in here),
    )
