"""Studentised contrasts of many arrangements at once, from sums by arm."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..arms import Floats
from .columns import Codes
from .units import Unit

ROUNDING = 1e-13  # what rounding leaves of a constant arm, beside all its squares


@dataclass(frozen=True)
class Sums:
    """What an arrangement makes of one block: arrays (arms, draws, outcomes).

    Attributes
    ----------
    n, total : array
        Answers, and their sum.
    error : array
        The variance of each arm's mean: HC2's, or CR2's where clusters were allocated.
    answered : array (outcomes,)
    """

    n: Floats
    total: Floats
    error: Floats
    answered: Floats

    @staticmethod
    def of(n: Floats, total: Floats, squares: Floats, answered: Floats) -> "Sums":
        """Single respondents: s²/n of each arm, from n, Σy and Σy²."""
        within = squares - total * total / np.maximum(n, 1)
        within[within < ROUNDING * squares.sum(axis=0)] = 0
        return Sums(n, total, within / (np.maximum(n - 1, 1) * np.maximum(n, 1)), answered)


def arm_sums(codes: Codes, unit: Unit, arms: int) -> Sums:
    """Sum a block's units by arm for each arrangement (draws, units)."""
    if unit.clustered:
        return _cluster_sums(codes, unit, arms)
    found, k = unit.columns.by_arm(codes, arms), len(unit.pattern)
    n = np.rint(found[:, :, 2 * k :])[:, :, unit.pattern]
    return Sums.of(n, found[:, :, :k], found[:, :, k : 2 * k], unit.answered)


def _cluster_sums(codes: Codes, unit: Unit, arms: int) -> Sums:
    """CR2 of a mean of clusters: Σ(Σy − size·mean)²/(1 − size/n) over n².

    Within an arm of one block all clusters have the same leverage for their size, so that Bell
    and McCaffrey's matrix turns to this factor, and sums by cluster size are all it needs.
    """
    found = unit.sized.by_arm(codes, arms)
    spans = np.cumsum([0, *(2 * len(unit.sizes[p]) for p in unit.pattern)])
    ends = spans[-1] + np.cumsum([0, *(len(sizes) for sizes in unit.sizes)])
    parts = []
    for outcome, pattern in enumerate(unit.pattern):
        sums = found[:, :, spans[outcome] : spans[outcome + 1]]
        clusters = np.rint(found[:, :, ends[pattern] : ends[pattern + 1]])
        parts.append(size_sums(sums, clusters, unit.sizes[pattern].astype(np.float64)))
    n, total, error = (np.stack(part, axis=-1) for part in zip(*parts, strict=True))
    return Sums(n, total, error, unit.answered)


def size_sums(sums: Floats, clusters: Floats, sizes: Floats) -> tuple[Floats, Floats, Floats]:
    """n, Σy and the variance of the mean by arm and draw, from sums by cluster size.

    Parameters
    ----------
    sums : array (arms, draws, 2·sizes)
        Σy by size, then Σ(cluster's y)².
    clusters : array (arms, draws, sizes)
        How many there are.
    sizes : array (sizes,)
        With 1 alone, clusters are respondents and the variance is HC2's.
    """
    y, squares = sums[:, :, : len(sizes)], sums[:, :, len(sizes) :]
    n, total = clusters @ sizes, y.sum(axis=-1)
    away = (total / np.maximum(n, 1))[:, :, None] * sizes
    within = squares - 2 * away * y + away**2 * clusters
    within[within < ROUNDING * squares.sum(axis=(0, 2))[None, :, None]] = 0
    free = 1 - sizes / np.maximum(n, 1)[:, :, None]
    lone = free <= 0  # a cluster alone in its arm has no residual
    error = np.where(lone, 0.0, within / np.where(lone, 1.0, free)).sum(axis=-1)
    return n, total, error / np.maximum(n, 1) ** 2


@dataclass(frozen=True)
class Parts:
    """A block's share of each contrast: arrays (contrasts, draws, outcomes)."""

    estimate: Floats
    variance: Floats
    weight: Floats


def block_parts(sums: Sums, weights: Floats) -> Parts:
    """Estimate each contrast (contrasts, arms) in one block, times the block's answers.

    A contrast with an arm of fewer than 2 answers takes nothing from the block.
    """
    arms, shape = len(sums.n), sums.n.shape[1:]
    mean = sums.total / np.maximum(sums.n, 1)
    estimate = (weights @ mean.reshape(arms, -1)).reshape(-1, *shape)
    variance = (weights**2 @ sums.error.reshape(arms, -1)).reshape(-1, *shape)
    weight: Floats = np.broadcast_to(sums.answered, estimate.shape)
    few = sums.n < 2
    if few.any():
        used = (weights != 0).astype(np.float64)
        lost = used @ few.reshape(arms, -1).astype(np.float64)
        weight = np.where(lost.reshape(estimate.shape) > 0, 0.0, weight)
    return Parts(estimate * weight, variance * weight**2, weight)


def statistic(parts: list[Parts], raw: bool = False) -> Floats:
    """Combine blocks to T = estimate / error, or to the raw estimate.

    Infinite where the arrangement leaves the error 0 but not the estimate, and where it leaves
    nothing to estimate: such a draw counts as at least as large, which errs to the safe side.
    NaN where neither estimate nor error is left: such a draw counts as 0, such data have no p.
    """
    estimate = sum(part.estimate for part in parts[1:]) + parts[0].estimate
    weight = sum(part.weight for part in parts[1:]) + parts[0].weight
    with np.errstate(invalid="ignore", divide="ignore"):
        if raw:
            found = estimate / weight
        else:
            variance = sum(part.variance for part in parts[1:]) + parts[0].variance
            found = estimate / np.sqrt(variance)
            found[(variance == 0) & (np.abs(estimate) <= 1e-12 * weight)] = np.nan
    found[weight == 0] = np.inf
    return np.asarray(found, dtype=np.float64)


Places = list[tuple[str, NDArray[np.int64]]]


def statistics(blocks: list[Sums], places: Places, weights: Floats, raw: bool) -> list[Floats]:
    """Every place's statistics: arrays (contrasts, draws, outcomes)."""
    parts = [block_parts(sums, weights) for sums in blocks]
    return [statistic([parts[i] for i in members], raw) for _, members in places]
