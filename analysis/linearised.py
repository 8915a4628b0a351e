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
        k, lone = influence.shape[1], self.size == 1
        found = np.empty(k)
        factor = (1 - self.fraction) * np.where(lone, 1, self.size / np.maximum(self.size - 1, 1))
        for column in range(k):
            sums = np.bincount(self.unit, influence[:, column], minlength=len(self.stratum))
            middle = np.bincount(self.stratum, sums) / self.size
            middle = np.where(lone, sums.mean() if len(sums) else 0, middle)
            away = (sums - middle[self.stratum]) ** 2
            found[column] = factor @ np.bincount(self.stratum, away)
        return found

    def df(self, rows: Mask | None = None) -> int:
        """Units less strata, of those that hold any of the rows (R's ``degf`` of a subset)."""
        used = np.unique(self.unit if rows is None else self.unit[rows])
        return len(used) - len(np.unique(self.stratum[used]))


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
