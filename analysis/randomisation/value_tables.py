"""Outcomes of few values: their value-by-arm tables are drawn, so respondents need not be."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..arms import Counts, Floats
from .statistic import Sums
from .units import Unit

FEW = 50
DRAW, MOVE, TIMES = 115.0, 6.0, 0.3  # ns: a hypergeometric; shuffling, multiplying one unit


@dataclass(frozen=True)
class Values:
    """One outcome in one block: how many respondents have each value, and how big the arms are.

    Attributes
    ----------
    value, square : array (values,)
        The value less the block's mean, and its square; 0 for missing.
    counts : array (values,)
    missing : array (values,) of bool
    sizes : array (arms,)
    """

    value: Floats
    square: Floats
    counts: Counts
    missing: NDArray[np.bool_]
    sizes: Counts


def tabulate(unit: Unit, outcome: int, arms: int) -> Values:
    """Count the values of one outcome in a block of single respondents."""
    k = len(unit.pattern)
    answered = unit.sums[:, 2 * k + unit.pattern[outcome]]
    pairs = np.column_stack([answered, unit.sums[:, outcome]]).astype(np.float64)
    found, counts = np.unique(pairs, axis=0, return_counts=True)
    order = np.argsort(counts, kind="stable")  # the largest, last, is what the others leave
    found, counts = found[order], counts[order]
    sizes = np.bincount(unit.arm, minlength=arms).astype(np.int64)
    return Values(found[:, 1], found[:, 1] ** 2, counts, found[:, 0] == 0, sizes)


def is_cheaper(units: list[Unit], outcomes: list[int], arms: int) -> bool:
    """Whether drawing tables costs less than shuffling the respondents of all blocks."""
    draws = shuffling = 0.0
    for unit in units:
        shuffling += len(unit.arm) * (MOVE + TIMES * len(outcomes))
        draws += sum(_distinct(unit, o) - 1 for o in outcomes) * (arms - 1) * DRAW
    return draws < shuffling


def has_few(units: list[Unit], outcome: int) -> bool:
    """Whether an outcome has few different values in every block."""
    return all(_distinct(unit, outcome) <= FEW for unit in units)


def _distinct(unit: Unit, outcome: int) -> int:
    missing = unit.answered[outcome] < len(unit.arm)
    return len(np.unique(unit.sums[:, outcome])) + int(missing)


def draw_sums(rng: np.random.Generator, values: Values, draws: int) -> Sums:
    """Draw n, Σy, Σy² by arm from the multivariate hypergeometric of the value-by-arm table."""
    arms = len(values.sizes)
    n, total, squares = (np.zeros((arms, draws)) for _ in range(3))
    left = np.repeat(values.sizes[:, None], draws, axis=1)
    for i in range(len(values.counts)):
        last = i == len(values.counts) - 1
        taken = left if last else _spread(rng, left, int(values.counts[i]))
        left = left - taken
        if not values.missing[i]:
            n += taken
            total += taken * values.value[i]
            squares += taken * values.square[i]
    answered = np.asarray([values.counts[~values.missing].sum()], dtype=np.float64)
    return Sums(n[:, :, None], total[:, :, None], squares[:, :, None], answered)


def _spread(rng: np.random.Generator, left: Counts, count: int) -> Counts:
    """Put `count` respondents of one value into the arms' places that are left."""
    taken = np.empty_like(left)
    remaining = np.full(left.shape[1], count, dtype=np.int64)
    others = left.sum(axis=0)
    for arm in range(len(left) - 1):
        others = others - left[arm]
        taken[arm] = rng.hypergeometric(left[arm], others, remaining)
        remaining = remaining - taken[arm]
    taken[-1] = remaining
    return taken
