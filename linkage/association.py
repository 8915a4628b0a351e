"""Association of a theme's prevalence with effects over whole areas, never over cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations
from math import factorial, prod

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coding.errors import BadInput

ENUMERATED_TO = 8
TOLERANCE = 1e-9
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class WholeAreaPermutation:
    """Kendall's τ-b over areas, its two-sided p, and the least p these ties could have given."""

    statistic: float
    p_value: float
    p_floor: float
    areas: int
    draws: int | None


def whole_area_permutation(
    prevalence: ArrayLike, effects: ArrayLike, draws: int = 9_999, seed: int = 0
) -> WholeAreaPermutation:
    """Test the association of prevalence and effects by permuting whole areas.

    Parameters
    ----------
    prevalence, effects : array_like of float, shape (areas,)
        One value an area; raw effects, never shrunken ones.
    draws, seed : int
        Used with more than 8 areas only; with up to 8 every permutation is taken.

    Returns
    -------
    WholeAreaPermutation
        `statistic` is τ-b; `p_value` is two-sided, c/k! enumerated or (c+1)/(draws+1) sampled;
        `p_floor` is the smallest p attainable with these ties; NaN where a side is constant.

    Raises
    ------
    BadInput
        Where the two sides differ in length or hold a missing value.
    """
    from scipy.stats import kendalltau  # slow to import, and only wanted here

    x, y = _checked(prevalence, effects)
    enumerated = len(x) <= ENUMERATED_TO
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        return WholeAreaPermutation(np.nan, np.nan, np.nan, len(x), None if enumerated else draws)
    scores = _scores(x, y, _orders(len(x), draws, seed))
    extreme = int(np.sum(np.abs(scores) >= abs(_score(x, y)) - TOLERANCE))
    p_value = extreme / len(scores) if enumerated else (extreme + 1) / (draws + 1)
    floor = attainable_floor(x, y)
    return WholeAreaPermutation(
        statistic=float(kendalltau(x, y).statistic),
        p_value=p_value,
        p_floor=floor if enumerated else max(floor, 1 / (draws + 1)),
        areas=len(x),
        draws=None if enumerated else draws,
    )


def attainable_floor(prevalence: ArrayLike, effects: ArrayLike) -> float:
    """Return the smallest two-sided permutation p that the observed ties allow.

    Parameters
    ----------
    prevalence, effects : array_like of float, shape (areas,)
        One value an area.

    Returns
    -------
    float
        Permutations that reach the largest |τ-b|, over all k!: .333, .083, .0167 for 3, 4 and 5
        areas without ties; NaN where a side is constant.

    Notes
    -----
    With given ties the largest τ-b is reached by one joint table only, the one without a
    discordant pair (exchanging the effects of a discordant pair raises the score), so counting
    the permutations that make this table, and its mirror image, needs no enumeration.
    """
    x, y = _checked(prevalence, effects)
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        return float("nan")
    reached = [_reached(x, side) for side in (y, -y)]
    highest = max(score for score, _ in reached)
    return sum(ways for score, ways in reached if score == highest) / factorial(len(x))


def _checked(prevalence: ArrayLike, effects: ArrayLike) -> tuple[Floats, Floats]:
    x, y = np.asarray(prevalence, dtype=float), np.asarray(effects, dtype=float)
    if x.ndim != 1 or x.shape != y.shape or not len(x):
        raise BadInput("Prevalence and effects need one value each for the same areas.")
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise BadInput("Prevalence and effects must not be missing; leave such areas out.")
    return x, y


def _reached(x: Floats, y: Floats) -> tuple[int, int]:
    """Return the score of the table without discordant pairs, and in how many ways it arises."""
    x, y = np.sort(x), np.sort(y)
    cells = np.unique(np.column_stack([x, y]), axis=0, return_counts=True)[1]
    ways = _factorials(np.unique(x, return_counts=True)[1])
    ways *= _factorials(np.unique(y, return_counts=True)[1])
    return _score(x, y), ways // _factorials(cells)


def _factorials(counts: Sequence[int] | NDArray[np.intp]) -> int:
    return prod(factorial(int(n)) for n in counts)


def _score(x: Floats, y: Floats) -> int:
    return int(_scores(x, y, np.arange(len(x))[None, :])[0])


def _scores(x: Floats, y: Floats, orders: NDArray[np.intp]) -> NDArray[np.int64]:
    """Return concordant minus discordant pairs for each order of the effects."""
    first, second = np.triu_indices(len(x), 1)
    pairs = np.sign(x[first] - x[second]).astype(np.int64)
    ranks = np.unique(y, return_inverse=True)[1][orders]
    return np.asarray(np.sign(ranks[:, first] - ranks[:, second]) @ pairs, dtype=np.int64)


def _orders(k: int, draws: int, seed: int) -> NDArray[np.intp]:
    if k <= ENUMERATED_TO:
        return np.array(list(permutations(range(k))), dtype=np.intp)
    generator = np.random.default_rng(seed)
    return generator.permuted(np.tile(np.arange(k, dtype=np.intp), (draws, 1)), axis=1)
