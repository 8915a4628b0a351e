"""Regressions that share nothing between cells, fitted cell by cell."""

from dataclasses import dataclass

import numpy as np

from .arms import Counts, Floats
from .regression import hc_error, least_squares


@dataclass(frozen=True)
class CellFits:
    """The mean of each cell (block by arm) where its covariates are at the block's mean.

    Attributes
    ----------
    intercept, variance : array (blocks, arms)
        NaN where a cell has too few answers for its covariates, or they depend on each other.
    """

    intercept: Floats
    variance: Floats


def fit_cells(
    y: Floats, covariates: Floats, block: Counts, arm: Counts, shape: tuple[int, int], kind: str
) -> CellFits:
    """Fit y (rows,) on covariates (rows, q), centred within block, in each cell by itself.

    Parameters
    ----------
    kind : {'HC2', 'HC0'}
        Errors. As one regression with everything interacted, at a cell's cost.
    """
    centred, cell = centre(covariates, block), block * shape[1] + arm
    order = np.argsort(cell, kind="stable")
    ends = np.cumsum(np.bincount(cell, minlength=shape[0] * shape[1]))
    intercept, variance = np.full((2, shape[0] * shape[1]), np.nan)
    for number, rows in enumerate(np.split(order, ends[:-1])):
        x = np.column_stack([np.ones(len(rows)), centred[rows]])
        fit = least_squares(x, y[rows]) if len(rows) > x.shape[1] else None
        if fit is not None:
            first = np.zeros(x.shape[1])
            first[0] = 1
            intercept[number] = fit.beta[0]
            variance[number] = hc_error(fit, first, kind) ** 2
    return CellFits(intercept.reshape(shape), variance.reshape(shape))


def centre(covariates: Floats, block: Counts) -> Floats:
    """Subtract from each covariate (rows, q) its mean in the block."""
    centred = np.empty_like(covariates)
    for number in np.unique(block):
        here = block == number
        centred[here] = covariates[here] - covariates[here].mean(axis=0)
    return centred
