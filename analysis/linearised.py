"""Taylor linearisation: the variance of what is a sum over sampled units, and intervals from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtrit

from .arms import Counts, Floats
from .blocks import floats
from .errors import BadInput

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Units:
    """Primary sampling units of a frame: respondents where nothing else was sampled.

    Attributes
    ----------
    unit : array (rows,)
        The unit of each row.
    stratum : array (units,)
    size, fraction : array (strata,)
        How many units were sampled, and which share of all there are.
    """

    unit: Counts
    stratum: Counts
    size: Counts
    fraction: Floats

    @classmethod
    def of(
        cls,
        frame: pd.DataFrame,
        strata: Sequence[str] = (),
        psu: str | None = None,
        population: str | None = None,
    ) -> Units:
        """Number the units; `population` is a column of how many the stratum has."""
        stratum = _codes(frame, strata)
        unit = _codes(frame, [*strata, psu]) if psu else np.arange(len(frame))
        first = np.unique(unit, return_index=True)[1]
        of = stratum[first]
        size, fraction = np.bincount(of), np.zeros(int(of.max(initial=-1)) + 1)
        if population:
            fraction[of] = size[of] / floats(frame[population])[first]
            if (fraction > 1).any():
                raise BadInput(f"“{population}” is smaller than the sample in some stratum.")
        return cls(unit, of, size, fraction)

    def variances(self, influence: Floats) -> Floats:
        """Variances of the sums of columns (rows, k): units within strata, with n/(n − 1).

        A stratum of one unit counts by its distance from the mean of all units, as R's survey
        does under ``lonely.psu = "adjust"``.
        """
        return self.domain().variances(influence)

    def df(self, here: Mask | None = None) -> int:
        """Units less strata, of those that hold any of the rows (R's ``degf`` of a subset)."""
        return self.domain(here).df

    def domain(self, here: Mask | None = None) -> Domain:
        """Part of the rows; who is not in it is sampled all the same, and counts with nothing."""
        rows = np.arange(len(self.unit)) if here is None else np.flatnonzero(here)
        used, unit = self.unit[rows], np.arange(len(rows))
        if len(self.stratum) < len(self.unit):  # else each row is a unit of its own
            used, unit = np.unique(used, return_inverse=True)
        return Domain(rows, unit, self.stratum[used], self)


@dataclass(frozen=True)
class Domain:
    """Rows of a frame that a figure is of.

    Attributes
    ----------
    rows : array (m,)
    unit : array (m,)
        Their units, numbered within the domain.
    stratum : array (units of the domain,)
    """

    rows: Counts
    unit: Counts
    stratum: Counts
    of: Units

    @property
    def df(self) -> int:
        return len(self.stratum) - int((np.bincount(self.stratum) > 0).sum())

    def error(self, influence: Floats) -> float:
        """The standard error of the sum of what each row adds (m,)."""
        return float(np.sqrt(self.variances(influence[:, None])[0]))

    def variances(self, influence: Floats) -> Floats:
        """Variances of the sums of columns (m, k)."""
        size, lone = self.of.size, self.of.size == 1
        factor = (1 - self.of.fraction) * np.where(lone, 1, size / np.maximum(size - 1, 1))
        outside = size - np.bincount(self.stratum, minlength=len(size))
        found = np.empty(influence.shape[1])
        alone = len(self.stratum) == len(self.rows)
        for column in range(influence.shape[1]):
            own = influence[:, column]
            sums = own if alone else np.bincount(self.unit, own, len(self.stratum))
            middle = np.bincount(self.stratum, sums, minlength=len(size)) / size
            middle = np.where(lone, sums.sum() / len(self.of.stratum), middle)
            away = (sums - middle[self.stratum]) ** 2
            squares = np.bincount(self.stratum, away, minlength=len(size)) + outside * middle**2
            found[column] = factor @ squares
        return found


def around(estimate: float, std_error: float, df: float) -> tuple[float, float]:
    """The 95% interval by t: NaN without degrees of freedom or without an error."""
    reach = float(stdtrit(df, 0.975)) * std_error if df > 0 else np.nan
    return estimate - reach, estimate + reach


def share_interval(share: float, std_error: float, df: int, size: float) -> tuple[float, float]:
    """The 95% interval of a share: Wilson's, on the effective number of answers.

    That number is share·(1 − share)/SE² or, where everybody or nobody says so, `size`; t takes
    the place of z (Franco, Little, Louis and Slud 2019). It stays between 0 and 1.
    """
    if df < 1:
        return np.nan, np.nan
    n = share * (1 - share) / std_error**2 if std_error > 0 else size
    t2 = float(stdtrit(df, 0.975)) ** 2
    middle = (share + t2 / (2 * n)) / (1 + t2 / n)
    reach = np.sqrt(t2 * (share * (1 - share) / n + t2 / (4 * n**2))) / (1 + t2 / n)
    return (
        float(middle - reach) if share > 0 else 0.0,
        float(middle + reach) if share < 1 else 1.0,
    )


def _codes(frame: pd.DataFrame, columns: Sequence[Any]) -> Counts:
    if not columns:
        return np.zeros(len(frame), dtype=np.int64)
    groups = frame.groupby(list(dict.fromkeys(columns)), sort=True, dropna=False)
    return np.asarray(groups.ngroup(), dtype=np.int64)
