"""How intervals stand to one another: sorted arrays and look-ups, never each with each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]
    Booleans = NDArray[np.bool_]


def count_overlapping(
    start: Integers, end: Integers, others: tuple[Integers, Integers]
) -> Integers:
    """Count, for each interval, the others that share at least one point with it.

    Ends are exclusive. An interval that ends at or before our start cannot begin behind our end,
    so the count is a difference of two.
    """
    begun = np.searchsorted(np.sort(others[0]), end, "left")
    over = np.searchsorted(np.sort(others[1]), start, "right")
    return np.asarray(begun - over, dtype=np.int64)


def inside(
    start: Integers, end: Integers, others: tuple[Integers, Integers], own: Integers
) -> Booleans:
    """Say of each interval whether another holds it whole.

    `own` is the place of the interval itself among the others, or −1: it does not hold itself.
    """
    order = np.argsort(others[0], kind="stable")
    reach, who, second = _two_farthest(others[1][order], order)
    before = np.searchsorted(others[0][order], start, "right") - 1
    known = before >= 0
    before = np.maximum(before, 0)
    if not len(reach):
        return np.zeros(len(start), dtype=bool)
    farthest = np.where(who[before] == own, second[before], reach[before])
    return known & (farthest >= end)


def _two_farthest(ends: Integers, names: Integers) -> tuple[Integers, Integers, Integers]:
    """Return the farthest end so far, whose it is, and the second farthest."""
    reach, who, second = (np.full(len(ends), -1, dtype=np.int64) for _ in range(3))
    best, holder, next_best = -1, -1, -1
    for i, (end, name) in enumerate(zip(ends.tolist(), names.tolist(), strict=True)):
        if end > best:
            best, holder, next_best = end, name, best
        else:
            next_best = max(next_best, end)
        reach[i], who[i], second[i] = best, holder, next_best
    return reach, who, second


def merged(start: Integers, end: Integers) -> tuple[Integers, Integers]:
    """Unite intervals that overlap or touch; the result is sorted and apart."""
    if not len(start):
        return start, end
    order = np.argsort(start, kind="stable")
    start, reach = start[order], np.maximum.accumulate(end[order])
    opens = np.r_[True, start[1:] > reach[:-1]]
    closes = np.r_[np.flatnonzero(opens)[1:] - 1, len(start) - 1]
    return start[opens], reach[closes]


def overlapping_pairs(start: Integers, end: Integers) -> tuple[Integers, Integers]:
    """List the pairs of intervals (sorted by start) that share a point, each pair once."""
    first = np.arange(len(start))
    stop = np.searchsorted(start, end, "left")
    counts = np.maximum(stop - first - 1, 0)
    left = np.repeat(first, counts)
    skipped = np.repeat(np.cumsum(counts) - counts, counts)
    return left, left + 1 + np.arange(len(left)) - skipped
