"""Sample size before: detectable effects and power by contrast, from a formula or simulated."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri, stdtr

from .arms import Floats
from .design import Contrast
from .errors import BadInput


@dataclass(frozen=True)
class Expected:
    """What is expected of one area.

    Parameters
    ----------
    n : int
        Respondents allocated to all arms together, equally.
    response : float
        Share who will answer, above 0 to 1.
    sd : float
        Standard deviation of the outcome within arms; or give `rate`.
    rate : float, optional
        Of a binary outcome without nudge: the SD is then √(rate(1 − rate)).
    cluster_size, icc : float
        Respondents allocated together, and the correlation of their answers: the variance is
        multiplied by 1 + (cluster_size − 1)·icc.
    """

    n: float
    response: float = 1.0
    sd: float = 1.0
    rate: float | None = None
    cluster_size: float = 1.0
    icc: float = 0.0

    def __post_init__(self) -> None:
        if not (self.n > 0 and 0 < self.response <= 1 and 0 < self.sd < np.inf):
            raise BadInput(
                "Respondents and SD must be above 0, the response above 0 and at most 1."
            )
        if self.rate is not None and not 0 < self.rate < 1:
            raise BadInput("A baseline rate lies between 0 and 1.")
        if not (self.cluster_size >= 1 and 0 <= self.icc <= 1):
            raise BadInput("A cluster has at least 1 respondent, its correlation lies in 0 to 1.")

    @property
    def variance(self) -> float:
        """Of one answer, with the price of clusters."""
        plain = self.sd**2 if self.rate is None else self.rate * (1 - self.rate)
        return plain * (1 + (self.cluster_size - 1) * self.icc)


def expected_error(areas: Sequence[Expected], contrast: Contrast) -> float:
    """Standard error of a contrast pooled over areas by their answers, with equal arms."""
    if not areas:
        raise BadInput("Give at least one area.")
    answers = np.array([area.n * area.response for area in areas])
    squares = sum(weight**2 for weight in contrast.weights) * len(contrast.weights)
    own = np.array([area.variance for area in areas]) * squares / answers
    return float(np.sqrt(((answers / answers.sum()) ** 2 * own).sum()))


def detectable_effect(
    areas: Sequence[Expected], contrast: Contrast, power: float = 0.8, alpha: float = 0.05
) -> float:
    """Smallest effect found with the given power, two-sided (normal approximation)."""
    _check_share(power, "power")
    _check_share(alpha, "level")
    return float((ndtri(1 - alpha / 2) + ndtri(power)) * expected_error(areas, contrast))


def power_of(
    areas: Sequence[Expected], contrast: Contrast, effect: float, alpha: float = 0.05
) -> float:
    """Chance to find an effect of this size, two-sided (normal approximation)."""
    _check_share(alpha, "level")
    away, limit = effect / expected_error(areas, contrast), ndtri(1 - alpha / 2)
    return float(ndtr(away - limit) + ndtr(-away - limit))


def power_table(
    areas: Sequence[Expected],
    contrasts: Sequence[Contrast],
    effect: float,
    sizes: Sequence[float] = (0.5, 1.0, 1.5, 2.0),
    alpha: float = 0.05,
) -> pd.DataFrame:
    """Detectable effect and power by contrast, for multiples of the numbers expected.

    Returns
    -------
    DataFrame
        times, n, answers, contrast, std_error, mde_80, effect, power: a row a size and contrast.
    """
    rows = []
    for times in sizes:
        grown = [Expected(**{**vars(area), "n": area.n * times}) for area in areas]
        for contrast in contrasts:
            rows.append(
                {
                    "times": times,
                    "n": sum(area.n for area in grown),
                    "answers": sum(area.n * area.response for area in grown),
                    "contrast": contrast.name,
                    "std_error": expected_error(grown, contrast),
                    "mde_80": detectable_effect(grown, contrast, alpha=alpha),
                    "effect": effect,
                    "power": power_of(grown, contrast, effect, alpha),
                }
            )
    return pd.DataFrame(rows)


@dataclass(frozen=True)
class Simulated:
    """Share of simulated experiments with p below the level, and its Monte Carlo error."""

    power: float
    monte_carlo_error: float
    effect: float
    draws: int
    seed: int


def simulated_power(
    values: Floats,
    chances: Floats,
    sizes: Sequence[int],
    contrast: Contrast,
    draws: int = 2_000,
    seed: int = 0,
    alpha: float = 0.05,
) -> Simulated:
    """Simulate one area's experiment with any distribution of answers, ordinal or hours.

    Parameters
    ----------
    values : array (values,)
        The answers there are.
    chances : array (arms, values)
        Their chance in each arm, adding to 1.
    sizes : sequence of int
        Answers in each arm, at least 2.

    Returns
    -------
    Simulated
        `effect` is the contrast of true means. The test is HC2's t with N − arms degrees, as
        `estimate_effects`; samples without any variance count as not found.
    """
    values, chances = np.asarray(values, dtype=np.float64), np.asarray(chances, dtype=np.float64)
    if chances.shape != (len(contrast.weights), len(values)) or len(sizes) != len(chances):
        raise BadInput("Give a chance for every value of every arm, and a size for every arm.")
    if (chances < 0).any() or not np.allclose(chances.sum(axis=1), 1) or min(sizes) < 2:
        raise BadInput("Chances must add to 1 in every arm, and every arm has at least 2 answers.")
    rng = np.random.default_rng(seed)
    estimate, variance = np.zeros(draws), np.zeros(draws)
    for size, chance, weight in zip(sizes, chances, contrast.weights, strict=True):
        counts = rng.multinomial(size, chance / chance.sum(), draws)
        mean = counts @ values / size
        spread = (counts * (values - mean[:, None]) ** 2).sum(axis=1) / (size - 1)
        estimate, variance = estimate + weight * mean, variance + weight**2 * spread / size
    with np.errstate(divide="ignore", invalid="ignore"):
        p = 2 * stdtr(sum(sizes) - len(sizes), -np.abs(estimate / np.sqrt(variance)))
    found = float((p < alpha).mean())
    error = float(np.sqrt(found * (1 - found) / draws))
    true = float(np.asarray(contrast.weights) @ (chances @ values))
    return Simulated(found, error, true, draws, seed)


def shifted_odds(chances: Floats, log_odds: float) -> Floats:
    """Move ordinal chances (values,) by a log odds ratio, upwards where it is above 0."""
    below = np.cumsum(np.asarray(chances, dtype=np.float64))[:-1]
    moved = below / (below + (1 - below) * np.exp(log_odds))
    return np.diff(np.r_[0.0, moved, 1.0])


def _check_share(value: float, what: str) -> None:
    if not 0 < value < 1:
        raise BadInput(f"The {what} lies between 0 and 1.")
