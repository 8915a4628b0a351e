"""Differencing: what a new table tells together with those that have left already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

from .keys import Key

Released = Mapping[Key, float | None]  # a table's cells; None where it was suppressed
DIFFERS = "differs"
WAS_HIDDEN = "hidden before"
KNOWN = "known"


class Ledger:
    """The cells of all tables that have left, to hold a new one against.

    A cell compares with the same cell, with those that hold its respondents and more, and with
    those that hold only some of them, where they count answers to the same question.
    """

    def __init__(self, tables: Iterable[Released] = ()) -> None:
        self._shown: dict[Key, set[float]] = defaultdict(set)
        self._hidden: set[Key] = set()
        self._narrower: dict[Key, set[float]] = defaultdict(set)
        for table in tables:
            for key, count in [*table.items(), *implied_totals(table).items()]:
                self._add(key, count)

    def _add(self, key: Key, count: float | None) -> None:
        if count is None:
            self._hidden.add(key)
        elif count not in self._shown[key]:
            self._shown[key].add(count)
            for wider in key.wider():
                self._narrower[wider].add(count)

    def __bool__(self) -> bool:
        return bool(self._shown or self._hidden)

    def compare(self, key: Key, count: float, threshold: int) -> str:
        """Say how a cell stands to what has left: DIFFERS, WAS_HIDDEN, KNOWN or, not at all, ''."""
        same = self._shown.get(key, set())
        if any(0 < abs(count - other) < threshold for other in same):
            return DIFFERS
        more = (other for wider in key.wider() for other in self._shown.get(wider, ()))
        if any(0 < other - count < threshold for other in more):
            return DIFFERS
        if any(0 < count - other < threshold for other in self._narrower.get(key, ())):
            return DIFFERS
        if count in same:
            return KNOWN
        return WAS_HIDDEN if key in self._hidden else ""


def implied_totals(table: Released) -> dict[Key, float]:
    """Add up what a table shows without saying it: the sums over any of its finest conditions."""
    found: dict[Key, float] = {}
    for total, parts in implied_parts(table).items():
        counts = [table[part] for part in parts]
        if None not in counts:
            found[total] = sum(count for count in counts if count is not None)
    return found


def implied_parts(table: Mapping[Key, Any]) -> dict[Key, list[Key]]:
    """Pair totals that a table has no cell for with the finest cells that add up to them."""
    families: dict[tuple[Any, str, frozenset[str]], list[Key]] = defaultdict(list)
    for key in table:
        names = frozenset(name for name, _ in key.conditions)
        families[key.questions, key.counted, names].append(key)
    found: dict[Key, list[Key]] = {}
    for (_, _, names), keys in families.items():
        for size in range(1, min(len(names), 6) + 1):
            for dropped in combinations(sorted(names), size):
                sums: dict[Key, list[Key]] = defaultdict(list)
                for key in keys:
                    sums[key.without(frozenset(dropped))].append(key)
                for total, parts in sums.items():
                    if total not in table and len(parts) > 1:
                        found.setdefault(total, parts)
    return found
