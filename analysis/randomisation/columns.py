"""Columns summed by arm: one-hot matrices times what is summed, in half the width where exact."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..arms import Counts, Floats

Codes = NDArray[np.uint8]
SLICE = 4096  # units multiplied together: their one-hot matrix stays in the cache
EXACT = 2**24  # whole numbers below this are exact in half the width


@dataclass(frozen=True)
class Columns:
    """What is summed over the units of a block.

    Attributes
    ----------
    narrow : array (units, a) of float32
        Columns of whole numbers whose sums over a slice of units are exact, and twice as quick.
    wide : array (units, b) of float64
        The others.
    place : array (columns,)
        Where a column stands among those of narrow, then of wide.
    whole : array (a + b,)
        Each column's sum over all units.
    """

    narrow: NDArray[np.float32]
    wide: Floats
    place: Counts
    whole: Floats

    @staticmethod
    def of(found: Floats) -> "Columns":
        """Lay columns (units, columns) out."""
        largest = np.abs(found).max(axis=0, initial=0.0)
        exact = largest < EXACT / min(SLICE, max(len(found), 1))
        for column in np.flatnonzero(exact):
            exact[column] = bool((found[:, column] == np.rint(found[:, column])).all())
        order = np.r_[np.flatnonzero(exact), np.flatnonzero(~exact)]
        place = np.empty(len(order), dtype=np.int64)
        place[order] = np.arange(len(order))
        narrow = found[:, exact].astype(np.float32)
        return Columns(narrow, found[:, ~exact], place, found.sum(axis=0)[order])

    def take(self, columns: Counts) -> "Columns":
        """Keep some columns, in this order."""
        kept = np.unique(self.place[columns])
        a = self.narrow.shape[1]
        return Columns(
            self.narrow[:, kept[kept < a]],
            self.wide[:, kept[kept >= a] - a],
            np.searchsorted(kept, self.place[columns]).astype(np.int64),
            self.whole[kept],
        )

    def by_arm(self, codes: Codes, arms: int) -> Floats:
        """Sum by arm for each arrangement (draws, units): (arms, draws, columns).

        Every unit is in some arm, so the last arm is what the others leave.
        """
        draws, a = len(codes), self.narrow.shape[1]
        found = np.zeros((arms, draws, len(self.whole)))
        for start in range(0, codes.shape[1], SLICE):
            part = slice(start, start + SLICE)
            here = codes[:, part]
            chosen = np.stack([here == arm for arm in range(arms - 1)])
            found[:-1, :, :a] += _product(chosen, self.narrow[part])
            if self.wide.shape[1]:
                found[:-1, :, a:] += _product(chosen, self.wide[part])
        found[-1] = self.whole - found[:-1].sum(axis=0)
        return found[:, :, self.place]


def _product(chosen: NDArray[np.bool_], columns: NDArray[Any]) -> NDArray[Any]:
    arms, draws, units = chosen.shape
    one_hot = chosen.reshape(-1, units).astype(columns.dtype)
    found: NDArray[Any] = one_hot @ columns
    return found.reshape(arms, draws, columns.shape[1])
