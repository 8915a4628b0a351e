"""How far a topic spreads: turns, people, groups and areas, each of how many; what is coded there.

People are counted by `person`; who is not known by name counts for nobody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from ..checks import Row
from ..queries import coded_turns
from .asking import Asked
from .heard import heard_turns


@dataclass(frozen=True)
class Count:
    """Turns, participants, focus groups and areas."""

    turns: int = 0
    people: int = 0
    groups: int = 0
    areas: int = 0

    @classmethod
    def of(cls, turns: Iterable[Row]) -> Count:
        """Count turns and whose they are."""
        seen = list({turn["id"]: turn for turn in turns}.values())
        people = {turn["person"] for turn in seen if turn["role"] == "participant"}
        groups = {turn["focus_group_id"] for turn in seen}
        return cls(len(seen), len(people), len(groups), len({turn["area_id"] for turn in seen}))


@dataclass(frozen=True)
class Coverage:
    """A topic's counts and those of all talk looked at, over all and by area (and group)."""

    part: Count
    whole: Count
    by_area: dict[int, tuple[Count, Count]] = field(default_factory=dict)
    by_group: dict[int, tuple[Count, Count]] = field(default_factory=dict)
    coded: int = 0  # turns that bear a code
    codes: list[tuple[int, int]] = field(default_factory=list)  # code and its turns


def cover(
    db: Database, asked: Asked, topics: list[Any], area_id: int | None = None
) -> list[Coverage]:
    """Count where each topic is spoken of; with `area_id`, in that area alone."""
    heard = [t for t in heard_turns(db, asked) if area_id in (None, t["area_id"])]
    turns, whole = {turn["id"]: turn for turn in heard}, Count.of(heard)
    codes: dict[int, set[int]] = defaultdict(set)
    for pair in coded_turns(db):
        codes[pair["turn_id"]].add(pair["code_id"])
    areas, groups = _by(heard, "area_id"), _by(heard, "focus_group_id")
    found = []
    for topic in topics:
        ids = dict.fromkeys(unit[1] for unit in topic["units"])
        part = [turns[number] for number in ids if number in turns]
        marked = Counter(code for turn in part for code in codes.get(turn["id"], ()))
        found.append(
            Coverage(
                Count.of(part), whole, _sides(part, "area_id", areas),
                _sides(part, "focus_group_id", groups),
                sum(1 for turn in part if codes.get(turn["id"])), marked.most_common(3),
            )
        )  # fmt: skip
    return found


def _by(turns: list[Row], column: str) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for turn in turns:
        found[turn[column]].append(turn)
    return found


def _sides(
    part: list[Row], column: str, whole: dict[int, list[Row]]
) -> dict[int, tuple[Count, Count]]:
    own = _by(part, column)
    return {key: (Count.of(own.get(key, [])), Count.of(turns)) for key, turns in whole.items()}
