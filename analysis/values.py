"""Single values of a survey: written as text, read as numbers, looked up once each."""

import re
from collections.abc import Callable, Collection
from typing import Any

import numpy as np
import pandas as pd

# A comma parts thousands, unless the file says otherwise; “2,5” might be 2.5 or 25.
_NUMBER = re.compile(
    r"[-+]?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?(e[-+]?\d{1,3})?", re.ASCII | re.IGNORECASE
)
_WORDS = {"true": 1.0, "false": 0.0}


def written(value: Any) -> str:
    """Write a value as a person would: 1.0 as “1”, nothing where it is missing."""
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return ""
    if isinstance(value, float | np.floating) and float(value).is_integer():
        value = int(value)
    return str(value).strip()


def number(value: Any, decimal: str = ".") -> float:
    """Return a number, NaN for a blank, infinity for what is no number.

    Where a file writes decimals with a comma, it parts no thousands; a point will do as well.
    """
    text = written(value).replace("\u2212", "-").replace("£", "").strip()
    if not text:
        return np.nan
    if decimal == ",":
        text = text.replace(",", ".")
    if text.casefold() in _WORDS:
        return _WORDS[text.casefold()]
    if not _NUMBER.fullmatch(text) or not any(sign.isdigit() for sign in text):
        return np.inf
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return np.inf


def numbers_by_value(
    column: "pd.Series[Any]",
    find: Callable[[Any], float],
    named: Collection[float],
    otherwise: float | None = None,
) -> "np.ndarray[Any, np.dtype[np.float64]]":
    """Turn each distinct value into a number once; `find` is given None for a missing one.

    Of a column of numbers, which may all differ, only those `named` are looked up; the others stay
    as they are, or become what is said `otherwise`.
    """
    if pd.api.types.is_numeric_dtype(column):
        found = column.to_numpy(dtype=np.float64, na_value=np.nan).copy()
        rows = np.flatnonzero(np.isin(found, list(named)))
        if otherwise is not None:
            found[:] = otherwise
        found[rows] = _looked_up(column.iloc[rows], find)
        return found
    return _looked_up(column, find)


def _looked_up(
    column: "pd.Series[Any]", find: Callable[[Any], float]
) -> "np.ndarray[Any, np.dtype[np.float64]]":
    codes, distinct = pd.factorize(column, use_na_sentinel=False)
    values = zip(distinct.tolist(), distinct.isna(), strict=True)
    found = [find(None if missing else value) for value, missing in values]
    return np.array(found, dtype=np.float64)[codes]


def by_value(column: "pd.Series[Any]", find: Callable[[Any], Any]) -> "pd.Series[Any]":
    """Apply a function once to each distinct value; it is given None for a missing one."""
    codes, distinct = pd.factorize(column, use_na_sentinel=False)
    found = np.empty(len(distinct), dtype=object)
    for i, (value, missing) in enumerate(zip(distinct.tolist(), distinct.isna(), strict=True)):
        found[i] = find(None if missing else value)
    return pd.Series(found[codes], index=column.index, dtype=object)
