"""Outcomes of few values: their value-by-arm tables are drawn, so respondents need not be."""

import numpy as np

from ..arms import Counts
from .statistic import Sums
from .units import Unit, Values

# Nanoseconds: one hypergeometric; shuffling one unit; multiplying it for one outcome.
DRAW, MOVE, TIMES = 130.0, 2.5, 0.5


def are_cheaper(units: list[Unit], outcomes: list[int], arms: int) -> list[int]:
    """The outcomes whose tables cost less to draw than their share of shuffled respondents.

    The more values, the dearer; those left over share one shuffle, so the cheapest go first.
    """
    people = sum(len(unit.arm) for unit in units)
    cost = {
        o: sum(len(u.values(o).counts) - 1 for u in units) * (arms - 1) * DRAW for o in outcomes
    }
    order = sorted(outcomes, key=lambda o: cost[o])
    drawn = np.cumsum([0.0, *(cost[o] for o in order)])
    left = np.arange(len(order), -1, -1)
    shuffled = people * (MOVE * (left > 0) + TIMES * left)
    best = int(np.argmin(drawn + shuffled))
    return sorted(order[:best])


def draw_sums(rng: np.random.Generator, unit: Unit, outcome: int, arms: int, draws: int) -> Sums:
    """Draw n, Σy, Σy² by arm from the multivariate hypergeometric of the value-by-arm table."""
    values, sizes = unit.values(outcome), np.bincount(unit.arm, minlength=arms).astype(np.int64)
    n, total, squares = (np.zeros((arms, draws)) for _ in range(3))
    left = np.repeat(sizes[:, None], draws, axis=1)
    for i in range(len(values.counts)):
        last = i == len(values.counts) - 1
        taken = left if last else _spread(rng, left, int(values.counts[i]))
        left = left - taken
        if not values.missing[i]:
            n += taken
            total += taken * values.value[i]
            squares += taken * values.value[i] ** 2
    answered = _answered(values)
    return Sums.of(n[:, :, None], total[:, :, None], squares[:, :, None], answered)


def _answered(values: Values) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    return np.asarray([values.counts[~values.missing].sum()], dtype=np.float64)


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
