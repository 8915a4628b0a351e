"""CR2 errors of differences in means from sums by cluster and cell, without a design matrix."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..arms import Cells, Counts, Floats

ZERO = 1e-12


@dataclass(frozen=True)
class Shares:
    """What each cluster has in each cell (block by arm) that it has any answers in.

    Attributes
    ----------
    cluster, block, arm : array (pairs,)
        Codes from 0.
    n : array (pairs,)
        Answers of the cluster in the cell.
    away : array (pairs,)
        Sum of their differences from the cell's mean.
    """

    cluster: Counts
    block: Counts
    arm: Counts
    n: Floats
    away: Floats

    def of(self, blocks: Counts) -> "Shares":
        """Keep only some blocks, which are then numbered in this order."""
        place = np.full(max(self.block.max(initial=-1), blocks.max(initial=-1)) + 1, -1)
        place[blocks] = np.arange(len(blocks))
        block = place[self.block]
        kept = block >= 0
        return Shares(
            self.cluster[kept], block[kept], self.arm[kept], self.n[kept], self.away[kept]
        )


def share_out(block: Counts, arm: Counts, values: Floats, clusters: Counts, cells: Cells) -> Shares:
    """Sum the answers (rows,) of each cluster by cell; NaN is no answer."""
    there = ~np.isnan(values)
    block, arm, clusters, values = block[there], arm[there], clusters[there], values[there]
    blocks, arms = cells.n.shape
    key = (clusters * blocks + block) * arms + arm
    found, which = np.unique(key, return_inverse=True)
    away = values - cells.mean[block, arm]
    cell = found % (blocks * arms)
    return Shares(
        found // (blocks * arms),
        cell // arms,
        cell % arms,
        np.bincount(which, minlength=len(found)).astype(np.float64),
        np.bincount(which, away, minlength=len(found)).astype(np.float64),
    )


def cr2(shares: Shares, cells: Cells, row_weights: Floats) -> tuple[float, float]:
    """Standard error and Satterthwaite degrees of freedom of Σ weight·answer.

    Parameters
    ----------
    shares, cells
        Of the same blocks.
    row_weights : array (blocks, arms)
        What one answer of the cell weighs.

    Notes
    -----
    Bell and McCaffrey (2002), as `analysis.regression.cr2_error`. With one indicator a cell the
    hat matrix of a cluster is 1/n within each cell, so (I − H)^(−1/2) stretches the cluster's part
    of a cell with m of its n answers by (1 − m/n)^(−1/2), and everything follows from sums.
    """
    size = cells.n[shares.block, shares.arm].astype(np.float64)
    free = 1 - shares.n / size  # 0 where a cell is one cluster: it has no residual
    with np.errstate(divide="ignore"):
        stretch = np.where(free > ZERO, 1 / np.sqrt(free), 0.0)
    u = row_weights[shares.block, shares.arm] * stretch
    number = np.unique(shares.cluster, return_inverse=True)[1]
    error = float(np.sqrt((np.bincount(number, u * shares.away) ** 2).sum()))
    own = np.bincount(number, shares.n * u**2)
    reached = shares.n * u / np.sqrt(size)
    inner = np.bincount(number, reached**2)
    cell = shares.block * cells.n.shape[1] + shares.arm
    squares = (own**2).sum() - 2 * (own * inner).sum() + _crossed(number, cell, reached)
    return error, float((own - inner).sum() ** 2 / squares) if squares > 0 else np.nan


def _crossed(cluster: Counts, cell: Counts, reached: NDArray[Any]) -> float:
    """Σ over pairs of clusters of (b_g·b_h)², b_g what a cluster reaches in each cell."""
    if len(np.unique(cluster)) == len(cluster):  # each cluster lies in one cell
        return float((np.bincount(cell, reached**2) ** 2).sum())
    from scipy.sparse import csr_array

    b = csr_array((reached, (cluster, cell)))
    return float(((b.T @ b).data ** 2).sum())
