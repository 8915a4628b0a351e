"""Weighted means, totals and differences with Taylor-linearised errors."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from .arms import Floats
from .blocks import check_columns, check_numbers, floats
from .errors import BadInput
from .linearised import Units


@dataclass(frozen=True)
class Sample:
    """How respondents were sampled: columns of a frame with one row a respondent.

    Parameters
    ----------
    weight : str
        Inverse of the chance to be sampled; above 0.
    strata, psu : str, optional
        Strata, and primary sampling units, numbered within strata or not.
    population : str, optional
        How many units (PSUs where there are any) the stratum has, for the finite population
        correction.
    """

    weight: str
    strata: str | None = None
    psu: str | None = None
    population: str | None = None


@dataclass(frozen=True)
class Weighted:
    """A weighted figure: its linearised error, degrees of freedom, 95% interval and base.

    `deff` is the variance beside that of a simple random sample without replacement of the same
    size (Kish); NaN for differences. `n` counts answers.
    """

    estimate: float
    std_error: float
    df: int
    ci_low: float
    ci_high: float
    deff: float
    n: int


def weighted_mean(frame: pd.DataFrame, sample: Sample, column: str) -> Weighted:
    """Mean of the answers in the population; missing answers make a domain, as in R's survey."""
    y, w, there = _read(frame, sample, column)
    mean = float(w[there] @ y[there] / w[there].sum())
    influence = np.where(there, w * (y - mean), 0.0) / w[there].sum()
    return _result(mean, influence, frame, sample, y[there], w[there], 1.0)


def weighted_total(frame: pd.DataFrame, sample: Sample, column: str) -> Weighted:
    """Total of the answers over the population."""
    y, w, there = _read(frame, sample, column)
    influence = np.where(there, w * y, 0.0)
    scale = float(w[there].sum())
    return _result(float(influence.sum()), influence, frame, sample, y[there], w[there], scale)


def weighted_difference(
    frame: pd.DataFrame, sample: Sample, column: str, by: str, weights: Sequence[tuple[str, float]]
) -> Weighted:
    """Weigh the means of domains, such as arms: ``[("none", -1), ("A", 1)]``.

    Raises
    ------
    BadInput
        As `weighted_mean`; a domain without answers.
    """
    check_columns(frame, [by])
    y, w, there = _read(frame, sample, column)
    label, estimate, influence = frame[by].astype(str).to_numpy(), 0.0, np.zeros(len(y))
    used = np.zeros(len(y), dtype=bool)
    for name, weight in weights:
        here = there & (label == name)
        if not here.any():
            raise BadInput(f"Nobody of “{name}” answered, so there is nothing to compare.")
        size, used = w[here].sum(), used | here
        mean = w[here] @ y[here] / size
        estimate += weight * float(mean)
        influence += weight * np.where(here, w * (y - mean), 0.0) / size
    found = _result(estimate, influence, frame, sample, y[used], w[used], 1.0)
    return Weighted(**{**vars(found), "deff": np.nan})


def _read(
    frame: pd.DataFrame, sample: Sample, column: str
) -> tuple[Floats, Floats, "np.ndarray[tuple[int], np.dtype[np.bool_]]"]:
    more = [name for name in (sample.strata, sample.psu, sample.population) if name]
    check_columns(frame, [column, sample.weight, *more])
    check_numbers(frame[column], "to be weighted")
    check_numbers(frame[sample.weight], "of weights")
    for name in more:
        if frame[name].isna().any():
            raise BadInput(f"A respondent has no “{name}”; every row needs it.")
    w, y = floats(frame[sample.weight]), floats(frame[column])
    if not (w > 0).all():
        raise BadInput(f"Every weight in “{sample.weight}” must be a number above 0.")
    there = ~np.isnan(y)
    if there.sum() < 2:
        raise BadInput(f"Fewer than two respondents answered “{column}”.")
    return np.where(there, y, 0.0), w, there


def _result(
    estimate: float,
    influence: Floats,
    frame: pd.DataFrame,
    sample: Sample,
    y: Floats,
    w: Floats,
    scale: float,
) -> Weighted:
    variance, df = _variance(influence, frame, sample)
    error, reach = float(np.sqrt(variance)), float(stdtrit(df, 0.975))
    n, size = len(y), float(w.sum())
    spread = float(w @ (y - w @ y / size) ** 2) / size * n / (n - 1)
    simple = spread / n * max(0.0, 1 - n / size) * scale**2
    return Weighted(
        estimate,
        error,
        df,
        estimate - reach * error,
        estimate + reach * error,
        variance / simple if simple > 0 else np.nan,
        n,
    )


def _variance(influence: Floats, frame: pd.DataFrame, sample: Sample) -> tuple[float, int]:
    """Sum influences by PSU; their variance within strata, with n/(n − 1) and the correction."""
    units = Units.of(frame, [sample.strata] if sample.strata else [], sample.psu, sample.population)
    if (units.size < 2).any():
        raise BadInput("A stratum has a single sampling unit, whose variance cannot be known.")
    return float(units.variances(influence[:, None])[0]), units.df()
