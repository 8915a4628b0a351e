"""The coefficients: each one less observed over expected disagreement."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .sums import Sums

Array = np.ndarray[Any, Any]
# What coders disagree, and what they would by chance; 0 / 0 where nothing can be told.
Pair = tuple[Array, Array]


def percent(sums: Sums) -> Pair:
    """Return the share of pairs of coders that differ on a unit; chance is not looked at."""
    observed = 1 - sums.agreed / sums.pairable
    return observed, np.ones_like(observed)


def cohen_kappa(sums: Sums) -> Pair:
    """Return Cohen's (1960): chance from each coder's own use of the categories; two coders."""
    chance = (sums.first * sums.second).sum(-1) / sums.pairable**2
    return 1 - sums.agreed / sums.pairable, 1 - chance


def fleiss_kappa(sums: Sums) -> Pair:
    """Return Fleiss' (1971), for missing ratings as in Gwet (2014, ch. 2): chance from all."""
    shares = sums.shares / sums.rated[..., None]
    return 1 - sums.agreed / sums.pairable, 1 - (shares**2).sum(-1)


def gwet_ac1(sums: Sums) -> Pair:
    """Return Gwet's AC1 (2008): chance only where a category is hard to tell."""
    shares = sums.shares / sums.rated[..., None]
    chance = (shares * (1 - shares)).sum(-1) / (shares.shape[-1] - 1)
    return 1 - sums.agreed / sums.pairable, 1 - chance


def krippendorff_alpha(sums: Sums) -> Pair:
    """Return Krippendorff's nominal alpha (2011): chance from the pairable values, fewer one."""
    number = sums.values.sum(-1)
    chance = (number**2 - (sums.values**2).sum(-1)) / (number * (number - 1))
    return sums.apart / number, chance


NOMINAL: dict[str, Callable[[Sums], Pair]] = {
    "percent": percent,
    "cohen_kappa": cohen_kappa,
    "fleiss_kappa": fleiss_kappa,
    "gwet_ac1": gwet_ac1,
    "krippendorff_alpha": krippendorff_alpha,
}
UNITISING = "unitising_alpha"
COEFFICIENTS = (*NOMINAL, UNITISING)


def agreed(pair: Pair) -> Array:
    """Turn disagreements into agreement, not a number where chance leaves none to expect."""
    observed, expected = pair
    with np.errstate(divide="ignore", invalid="ignore"):
        value = 1 - observed / expected
    return np.where(expected > 1e-15, value, np.nan)


def compute(sums: Sums, coefficient: str) -> Array:
    """Compute a coefficient of each of the leading axes."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return agreed(NOMINAL[coefficient](sums))


def compute_pooled(sums: Sums, coefficient: str) -> Array:
    """Compute a coefficient over the codes on the last leading axis.

    One less the sum of their observed over the sum of their expected disagreements, as De Vries
    et al. (2008, Field Methods 20(3): 272-282) pool kappa.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        observed, expected = NOMINAL[coefficient](sums)
        return agreed((np.nansum(observed, -1), np.nansum(expected, -1)))
