"""Detectable effects and power by contrast from a formula (normal approximation)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri

from ..design import Contrast
from ..errors import BadInput


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
    check_share(power, "power")
    check_share(alpha, "level")
    return float((ndtri(1 - alpha / 2) + ndtri(power)) * expected_error(areas, contrast))


def power_of(
    areas: Sequence[Expected], contrast: Contrast, effect: float, alpha: float = 0.05
) -> float:
    """Chance to find an effect of this size, two-sided (normal approximation)."""
    check_share(alpha, "level")
    away, limit = effect / expected_error(areas, contrast), ndtri(1 - alpha / 2)
    return float(ndtr(away - limit) + ndtr(-away - limit))


def power_table(
    areas: Sequence[Expected],
    contrasts: Sequence[Contrast],
    effect: float,
    sizes: Sequence[float] = (0.5, 1.0, 1.5, 2.0),
    alpha: float = 0.05,
    power: float = 0.8,
) -> pd.DataFrame:
    """Detectable effect and power by contrast, for multiples of the numbers expected.

    Returns
    -------
    DataFrame
        times, n, answers, contrast, std_error, detectable_effect (found with the chance `power`),
        effect, power (to find that effect): a row a size and contrast.
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
                    "detectable_effect": detectable_effect(grown, contrast, power, alpha),
                    "effect": effect,
                    "power": power_of(grown, contrast, effect, alpha),
                }
            )
    return pd.DataFrame(rows)


def check_share(value: float, what: str) -> None:
    if not 0 < value < 1:
        raise BadInput(f"The {what} lies between 0 and 1.")
