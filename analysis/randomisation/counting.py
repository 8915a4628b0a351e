"""Count how often re-drawn statistics are as large as the observed ones."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from ..arms import Floats

TIE = 1e-9  # statistics this close are equal: what rounding makes of a tie

# Makes the statistics of one chunk: an array (contrasts, draws, outcomes) a place.
Chunk = Callable[[int], "list[Floats]"]
Cell = tuple[int, int, int]  # place, contrast, outcome


@dataclass(frozen=True)
class Counted:
    """Draws at least as large as observed: arrays (places, contrasts, outcomes).

    `families` holds one array a family: draws whose largest |T| among a member and those with
    smaller observed |T| reaches the member's (Westfall and Young's step-down), largest first.
    """

    both: NDArray[np.int64]
    upper: NDArray[np.int64]
    lower: NDArray[np.int64]
    families: list[NDArray[np.int64]]


def count(
    chunk: Chunk, number: int, observed: Floats, families: Sequence[Sequence[Cell]]
) -> Counted:
    """Count over all chunks, on every processor; the result does not depend on how many."""
    from threadpoolctl import threadpool_limits

    one = partial(_one, chunk, observed, [sorted_by_size(observed, f) for f in families])
    with threadpool_limits(limits=1), ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        parts = list(pool.map(one, range(number)))
    return Counted(
        np.sum([p.both for p in parts], axis=0),
        np.sum([p.upper for p in parts], axis=0),
        np.sum([p.lower for p in parts], axis=0),
        [np.sum([p.families[i] for p in parts], axis=0) for i in range(len(families))],
    )


def sorted_by_size(observed: Floats, family: Sequence[Cell]) -> list[Cell]:
    """A family's members that have a statistic, the largest |T| first."""
    there = [cell for cell in family if np.isfinite(observed[cell])]
    return sorted(there, key=lambda cell: -abs(observed[cell]))


def _one(
    chunk: Chunk, observed: Floats, families: Sequence[Sequence[Cell]], number: int
) -> Counted:
    with np.errstate(over="ignore", invalid="ignore"):  # numbers too large to square
        found = [np.where(np.isnan(t), 0.0, t) for t in chunk(number)]
    both, upper, lower = (np.zeros(observed.shape, dtype=np.int64) for _ in range(3))
    for place, drawn in enumerate(found):
        seen = observed[place][:, None, :]
        both[place] = (np.abs(drawn) >= np.abs(seen) - TIE).sum(axis=1)
        upper[place] = (drawn >= seen - TIE).sum(axis=1)
        # What is undefined is infinite and counts on both sides.
        lower[place] = ((drawn <= seen + TIE) | np.isposinf(drawn)).sum(axis=1)
    return Counted(both, upper, lower, [_step_down(found, observed, f) for f in families])


def _step_down(found: list[Floats], observed: Floats, family: Sequence[Cell]) -> NDArray[np.int64]:
    if not family:
        return np.zeros(0, dtype=np.int64)
    drawn = np.abs([found[place][contrast, :, outcome] for place, contrast, outcome in family])
    largest = np.maximum.accumulate(drawn[::-1], axis=0)[::-1]
    seen = np.abs([observed[cell] for cell in family])
    return np.asarray((largest >= seen[:, None] - TIE).sum(axis=1), dtype=np.int64)
