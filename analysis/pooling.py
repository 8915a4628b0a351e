"""Do effects differ between areas? Heterogeneity, and effects shrunken towards their mean."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.special import chdtrc, chdtri, fdtrc

from .arms import Floats
from .blocks import POOLED

KEYS = ["wave", "issue", "outcome", "contrast"]
WARNING = (
    "How much effects vary between areas (τ) is hardly known from a handful of areas: with four "
    "alike areas it is estimated as 0 in about half of samples, and all shrunken effects tie. "
    "They are shown beside the raw effects and used nowhere else."
)


@dataclass(frozen=True)
class Heterogeneity:
    """How k independent effects differ.

    Attributes
    ----------
    areas : int
    q, q_p : float
        Cochran's Q, which is Wald's statistic of equal effects, and its chi-square p (k − 1).
    f, f_df, f_p : float
        Q/(k − 1) as F with the areas' own degrees of freedom together.
    i2 : float
        Share of the variation that is not sampling error, 0 to 1 (Higgins and Thompson 2002).
    tau2, tau2_low, tau2_high : float
        Variance of true effects: DerSimonian and Laird (1986); 95% interval by Q-profile
        (Viechtbauer 2007), in the squared unit of the outcome.
    """

    areas: int
    q: float
    q_p: float
    f: float
    f_df: float
    f_p: float
    i2: float
    tau2: float
    tau2_low: float
    tau2_high: float


def measure(estimate: Floats, error: Floats, df: Floats) -> Heterogeneity:
    """Measure heterogeneity of two or more effects with their errors and degrees of freedom."""
    k, weight = len(estimate), 1 / error**2
    q, free = _q(0.0, estimate, error), k - 1
    spread = weight.sum() - (weight**2).sum() / weight.sum()
    together = float(df.sum())
    return Heterogeneity(
        areas=k,
        q=q,
        q_p=float(chdtrc(free, q)),
        f=q / free,
        f_df=together,
        f_p=float(fdtrc(free, together, q / free)),
        i2=max(0.0, (q - free) / q) if q else 0.0,
        tau2=max(0.0, float((q - free) / spread)),
        tau2_low=_profile(float(chdtri(free, 0.025)), estimate, error),
        tau2_high=_profile(float(chdtri(free, 0.975)), estimate, error),
    )


def heterogeneity(effects: pd.DataFrame) -> pd.DataFrame:
    """Measure heterogeneity across areas for every outcome and contrast of an effects frame.

    Returns
    -------
    DataFrame
        wave, issue, outcome, contrast, the attributes of `Heterogeneity`, and `note` where fewer
        than two areas have an effect.
    """
    rows = []
    for keys, part in _groups(effects):
        values, errors, df = part[["estimate", "std_error", "df"]].to_numpy(dtype=np.float64).T
        found: dict[str, Any] = {"areas": len(part), "note": "fewer than two areas have an effect"}
        if len(part) > 1:
            found = {**vars(measure(values, errors, df)), "note": ""}
        rows.append({**keys, **found})
    columns = [*KEYS, *Heterogeneity.__dataclass_fields__, "note"]
    return pd.DataFrame(rows, columns=columns)


def shrink(effects: pd.DataFrame) -> pd.DataFrame:
    """Shrink the areas' effects towards their mean by empirical Bayes, for display only.

    Returns
    -------
    DataFrame
        wave, issue, outcome, contrast, area, estimate, shrunken, shrunken_low, shrunken_high,
        towards_mean (0 to 1), warning. With B = se²/(se² + τ²) the shrunken effect is
        (1 − B)·estimate + B·μ, its variance (1 − B)·se² + B²·var(μ) (Morris 1983).
    """
    rows = [
        {**keys, **row}
        for keys, part in _groups(effects)
        if len(part) > 1
        for row in _shrunken(part)
    ]
    numbers = ["estimate", "shrunken", "shrunken_low", "shrunken_high", "towards_mean", "warning"]
    return pd.DataFrame(rows, columns=[*KEYS, "area", *numbers])


def _shrunken(part: pd.DataFrame) -> Iterator[dict[str, Any]]:
    values, errors, df = part[["estimate", "std_error", "df"]].to_numpy(dtype=np.float64).T
    tau2 = measure(values, errors, df).tau2
    weight = 1 / (errors**2 + tau2)
    mean = float(weight @ values / weight.sum())
    b = errors**2 * weight
    shrunken = (1 - b) * values + b * mean
    reach = 1.959963984540054 * np.sqrt((1 - b) * errors**2 + b**2 / weight.sum())
    for i, area in enumerate(part["area"]):
        yield {
            "area": area,
            "estimate": values[i],
            "shrunken": shrunken[i],
            "shrunken_low": shrunken[i] - reach[i],
            "shrunken_high": shrunken[i] + reach[i],
            "towards_mean": b[i],
            "warning": WARNING,
        }


def _groups(effects: pd.DataFrame) -> Iterator[tuple[dict[str, Any], pd.DataFrame]]:
    areas = effects[effects["area"] != POOLED]
    for values, part in areas.groupby(KEYS, sort=False, dropna=False):
        yield dict(zip(KEYS, values, strict=True)), part[part["estimate"].notna()]


def _q(tau2: float, estimate: Floats, error: Floats) -> float:
    weight = 1 / (error**2 + tau2)
    mean = weight @ estimate / weight.sum()
    return float(weight @ (estimate - mean) ** 2)


def _profile(target: float, estimate: Floats, error: Floats) -> float:
    """The τ² at which Q falls to the target; 0 where it is below it at once."""
    if _q(0.0, estimate, error) <= target:
        return 0.0
    high = float(np.ptp(estimate) ** 2 + error.max() ** 2)
    while _q(high, estimate, error) > target:
        high *= 2
    return float(brentq(lambda t: _q(t, estimate, error) - target, 0.0, high, xtol=1e-14))
