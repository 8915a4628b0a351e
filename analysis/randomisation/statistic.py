"""Studentised contrasts of many arrangements at once, from n, Σy and Σy² by arm."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..arms import Floats
from .units import Codes, Unit

SLICE = 8192  # units multiplied together: their one-hot matrix stays in the cache


@dataclass(frozen=True)
class Sums:
    """n, Σy, Σy² of one block: arrays (arms, draws, outcomes), and the answers (outcomes,)."""

    n: Floats
    total: Floats
    squares: Floats
    answered: Floats


def arm_sums(codes: Codes, unit: Unit, arms: int) -> Sums:
    """Sum a block's units by arm: one-hot matrices times [Y, Y², answered].

    Every unit is in some arm, so the last arm is what the others leave.
    """
    dtype, draws = unit.sums.dtype, len(codes)
    numbers = np.arange(arms - 1, dtype=np.uint8)[:, None, None]
    found = np.zeros(((arms - 1) * draws, unit.sums.shape[1]), dtype=dtype)
    for start in range(0, codes.shape[1], SLICE):
        one_hot = (codes[None, :, start : start + SLICE] == numbers).astype(dtype)
        found += one_hot.reshape(len(found), -1) @ unit.sums[start : start + SLICE]
    first = found.astype(np.float64).reshape(arms - 1, draws, -1)
    whole = unit.sums.sum(axis=0, dtype=np.float64)
    every = np.concatenate([first, (whole - first.sum(axis=0))[None]])
    k = len(unit.pattern)
    n = np.rint(every[:, :, 2 * k :])[:, :, unit.pattern]
    return Sums(n, every[:, :, :k], every[:, :, k : 2 * k], unit.answered)


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
    n = np.maximum(sums.n, 1)
    within = sums.squares - sums.total * sums.total / n
    # What rounding leaves of a constant arm is no variance.
    within[within < 1e-13 * sums.squares.sum(axis=0)] = 0
    error = within / (np.maximum(sums.n - 1, 1) * n)
    estimate = (weights @ (sums.total / n).reshape(arms, -1)).reshape(-1, *shape)
    variance = (weights**2 @ error.reshape(arms, -1)).reshape(-1, *shape)
    weight: Floats = np.broadcast_to(sums.answered, estimate.shape)
    few = sums.n < 2
    if few.any():
        used = (weights != 0).astype(np.float64)
        lost = used @ few.reshape(arms, -1).astype(np.float64)
        weight = np.where(lost.reshape(estimate.shape) > 0, 0.0, weight)
    return Parts(estimate * weight, variance * weight**2, weight)


def statistic(parts: list[Parts], raw: bool = False) -> Floats:
    """Combine blocks to T = estimate / HC2 error, or to the raw estimate.

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
