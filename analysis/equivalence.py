"""Equivalence: is an effect smaller than the smallest one of interest?"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import stdtr

from .arms import Floats
from .errors import BadInput


def equivalence_p(estimate: Floats, error: Floats, df: Floats, sesoi: Floats) -> Floats:
    """p of two one-sided t tests (Schuirmann 1987) that |effect| is less than `sesoi`.

    Arrays of one shape, NaN where there is no estimate; the larger of both one-sided p-values.
    """
    above = stdtr(df, -(estimate + sesoi) / error)
    below = stdtr(df, (estimate - sesoi) / error)
    return np.asarray(np.maximum(above, below), dtype=np.float64)


def with_equivalence(
    found: pd.DataFrame, sesoi: float | Mapping[str, float] | None
) -> pd.DataFrame:
    """Add `sesoi` and `p_equivalence` to an effects frame; empty where none was declared."""
    margin = found["outcome"].map(lambda key: _margin(sesoi, key)).astype(np.float64)
    columns = found.assign(sesoi=margin)[["estimate", "std_error", "df", "sesoi"]]
    value, error, df, limit = columns.to_numpy(dtype=np.float64).T
    p = equivalence_p(value, error, df, limit)
    return found.assign(sesoi=margin, p_equivalence=p)


def _margin(sesoi: Any, key: str) -> float:
    given = sesoi.get(key) if isinstance(sesoi, Mapping) else sesoi
    if given is None:
        return np.nan
    if not 0 < given < np.inf:
        raise BadInput("The smallest effect of interest must be a number above 0.")
    return float(given)
