"""Power by simulating the experiment many times, with any distribution of answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import stdtr

from ..arms import Floats
from ..design import Contrast
from ..errors import BadInput
from .formula import check_share

SLICE = 500  # experiments at a time, each slice with a seed of its own
SMALL_CELL = 20  # as in `analysis.effects`: below this Satterthwaite's degrees of freedom
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Simulated:
    """Share of simulated experiments with p below the level, and its Monte Carlo error."""

    power: float
    monte_carlo_error: float
    effect: float
    draws: int
    seed: int


def simulate_contrasts(
    values: Floats,
    chances: Floats,
    sizes: Any,
    contrasts: Sequence[Contrast],
    draws: int = 2_000,
    seed: int = 0,
    alpha: float = 0.05,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Simulate an experiment in several areas and estimate as `estimate_effects` would, pooled.

    Parameters
    ----------
    values : array (values,)
        The answers there are.
    chances : array (areas, arms, values)
        Their chance in each arm of each area, adding to 1.
    sizes : array (areas, arms)
        Answers in each, at least 2.

    Returns
    -------
    DataFrame
        contrast, effect (of the true means, pooled by size), power (the share of draws with p below
        `alpha`), monte_carlo_error √(p(1 − p)/draws), draws, seed. Samples without any variance
        count as not found.
    """
    values, chances, sizes = _checked(values, chances, sizes, contrasts)
    check_share(alpha, "level")
    if not 1 <= draws <= 1_000_000:
        raise BadInput("Experiments are simulated 1 to 1,000,000 times.")
    weights = np.array([contrast.weights for contrast in contrasts], dtype=np.float64)
    found = np.zeros(len(weights))
    starts = range(0, draws, SLICE)
    seeds = np.random.SeedSequence(seed).spawn(len(starts))
    for start, own in zip(starts, seeds, strict=True):
        count = min(SLICE, draws - start)
        mean, variance = _experiments(values, chances, sizes, count, np.random.default_rng(own))
        found += (_p_values(mean, variance, sizes, weights) < alpha).sum(axis=0)
        if progress:
            progress(start + count, draws)
    power = found / draws
    share = sizes.sum(axis=1) / sizes.sum()
    return pd.DataFrame(
        {
            "contrast": [contrast.name for contrast in contrasts],
            "effect": weights @ (share @ (chances @ values)),
            "power": power,
            "monte_carlo_error": np.sqrt(power * (1 - power) / draws),
            "draws": draws,
            "seed": seed,
        }
    )


def simulated_power(
    values: Floats,
    chances: Floats,
    sizes: Sequence[int],
    contrast: Contrast,
    draws: int = 2_000,
    seed: int = 0,
    alpha: float = 0.05,
) -> Simulated:
    """Simulate one area and one contrast: chances (arms, values), sizes (arms,)."""
    given = np.asarray(chances, dtype=np.float64)[None], np.asarray(sizes)[None]
    row = simulate_contrasts(values, *given, [contrast], draws, seed, alpha).iloc[0]
    power, error, effect = (float(row[n]) for n in ("power", "monte_carlo_error", "effect"))
    return Simulated(power, error, effect, draws, seed)


def _checked(
    values: Floats, chances: Floats, sizes: Any, contrasts: Sequence[Contrast]
) -> tuple[Floats, Floats, Any]:
    values, chances = np.asarray(values, dtype=np.float64), np.asarray(chances, dtype=np.float64)
    sizes = np.asarray(sizes, dtype=np.int64)
    fits = chances.ndim == 3 and sizes.ndim == 2 and chances.shape[2] == len(values)
    if not fits or sizes.shape != chances.shape[:2]:
        raise BadInput("Give a chance for every value of every arm, and a size for every arm.")
    if any(len(contrast.weights) != sizes.shape[1] for contrast in contrasts):
        raise BadInput("A contrast has a weight for every arm.")
    if (chances < 0).any() or not np.allclose(chances.sum(axis=2), 1) or sizes.min() < 2:
        raise BadInput("Chances must add to 1 in every arm, and every arm has at least 2 answers.")
    return values, chances / chances.sum(axis=2, keepdims=True), sizes


def _experiments(
    values: Floats, chances: Floats, sizes: Any, count: int, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Draw means and variances (n − 1) of every arm of every area: (count, areas, arms) each."""
    mean = np.empty((count, *sizes.shape))
    variance = np.empty_like(mean)
    for place in np.ndindex(sizes.shape):
        n, chance = int(sizes[place]), chances[place]
        centre = float(chance @ values)  # subtracted first, so that no digits are lost
        counts = rng.multinomial(n, chance, count)
        first, second = counts @ (values - centre) / n, counts @ (values - centre) ** 2 / n
        mean[(slice(None), *place)] = first + centre
        variance[(slice(None), *place)] = np.maximum(second - first**2, 0) * n / (n - 1)
    return mean, variance


def _p_values(mean: Floats, variance: Floats, sizes: Any, weights: Floats) -> Floats:
    """Two-sided p of every contrast of every experiment, pooled over areas by size."""
    share = sizes.sum(axis=1) / sizes.sum()
    estimate = np.einsum("dba,b,ca->dc", mean, share, weights)
    each = variance / sizes * share[:, None] ** 2
    squared = np.einsum("dba,ca->dc", each, weights**2)
    # Without any variance nothing is found, whatever the estimate.
    error = np.sqrt(np.where(squared > 1e-24, squared, np.inf))
    p = 2 * stdtr(_degrees(each, squared, sizes, weights), -np.abs(estimate) / error)
    return np.asarray(p)


def _degrees(each: Floats, squared: Floats, sizes: Any, weights: Floats) -> Floats:
    df = np.full(squared.shape, float(sizes.sum() - sizes.size))
    total = sizes.sum(axis=0)
    for number, row in enumerate(weights):
        if total[row != 0].min() < SMALL_CELL:
            below = np.einsum("dba,a->d", each**2 / (sizes - 1), row**4)
            with np.errstate(divide="ignore", invalid="ignore"):
                found = squared[:, number] ** 2 / below
            df[:, number] = np.where(np.isfinite(found), found, 1.0)
    return df
