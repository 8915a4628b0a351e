"""Whom a cell counts: what was asked and what holds of them, in one spelling for all tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from .shapes import LEVELS, NAMES, Shape

ANSWERED = "answered"
MOST = 8  # conditions of a cell whose every subset is looked up


@dataclass(frozen=True)
class Key:
    """The respondents of a cell: of these questions, under these conditions, counted as."""

    questions: frozenset[tuple[str, str]]
    conditions: frozenset[tuple[str, str]]
    counted: str

    def wider(self) -> Iterator[Key]:
        """List the cells that hold these respondents and perhaps more."""
        whole = sorted(self.conditions)
        if len(whole) <= MOST:
            for size in range(len(whole)):
                for some in combinations(whole, size):
                    yield Key(self.questions, frozenset(some), self.counted)

    def without(self, names: frozenset[str]) -> Key:
        """Return the cell without conditions of these names."""
        kept = frozenset(pair for pair in self.conditions if pair[0] not in names)
        return Key(self.questions, kept, self.counted)

    def also(self, name: str, value: str) -> Key:
        """Return the cell under one condition more."""
        return Key(self.questions, self.conditions | {(name, value)}, self.counted)


def row_key(row: Mapping[str, Any], shape: Shape) -> Key:
    """Say whom a row counts, before any of its counts."""
    said = {name: str(row[name]) for name in shape.by if not _is_total(row, name, shape)}
    asked = {name: str(row[name]) for name in shape.questions if name in row}
    said = {**{name: str(value) for name, value in shape.fixed.items()}, **asked, **said}
    label = next((name for name in NAMES if name in said), None)
    level = next((name for name in LEVELS if name in shape.by), None)
    if label and level and level in said:
        said[said.pop(label)] = said.pop(level)
    questions = {pair for pair in said.items() if pair[0] in shape.questions or pair[0] == label}
    conditions = {pair for pair in said.items() if pair not in questions}
    return Key(
        frozenset({("what", shape.what), *questions}),
        frozenset(pair for pair in conditions if pair[0] not in shape.calculations),
        "",
    )


def _is_total(row: Mapping[str, Any], name: str, shape: Shape) -> bool:
    return name in shape.totals and str(row[name]) == shape.totals[name]


def counted_as(key: Key, column: str) -> Key:
    """Say whom a count of a row counts; n_<arm> is the answers of an arm."""
    if column.startswith("n_"):
        return Key(key.questions, key.conditions | {("arm", column[2:])}, ANSWERED)
    name = ANSWERED if column in ("n", "answered") else column
    return Key(key.questions, key.conditions, name)
