"""Numbers, means and variances per block and arm: all that an effect needs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Cells:
    """One outcome by block (rows) and arm (columns).

    Attributes
    ----------
    n, missing : array (blocks, arms)
        Respondents with and without a value.
    mean, var : array (blocks, arms)
        Mean, and variance with n − 1; NaN where there are too few.
    """

    n: Counts
    missing: Counts
    mean: Floats
    var: Floats

    def of(self, blocks: Sequence[int] | Counts) -> "Cells":
        """Keep only some blocks."""
        rows = np.asarray(blocks, dtype=np.int64)
        return Cells(self.n[rows], self.missing[rows], self.mean[rows], self.var[rows])


def count_cells(block: Counts, arm: Counts, values: Floats, shape: tuple[int, int]) -> Cells:
    """Count one outcome by block and arm.

    Parameters
    ----------
    block, arm : array (rows,)
        Codes from 0.
    values : array (rows,)
        NaN where missing.
    shape : (blocks, arms)

    Notes
    -----
    Values are taken from the cell's first one, then squares from its mean in a second pass: sums
    of raw squares lose digits when the mean is large beside the spread, and a constant cell must
    have a variance of exactly zero.
    """
    cell = block * shape[1] + arm
    size = shape[0] * shape[1]
    seen = ~np.isnan(values)
    n = np.bincount(cell[seen], minlength=size)
    total = np.bincount(cell, minlength=size)
    where, answers = cell[seen], values[seen]
    first = np.full(size, np.nan)
    first[where[::-1]] = answers[::-1]
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        away = answers - first[where]
        mean = np.bincount(where, away, minlength=size) / n
        var = np.bincount(where, (away - mean[where]) ** 2, minlength=size) / (n - 1)
    mean, var[n < 2] = mean + first, np.nan
    return Cells(
        n.reshape(shape), (total - n).reshape(shape), mean.reshape(shape), var.reshape(shape)
    )
