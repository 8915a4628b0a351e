"""What a file itself declares to be missing: taken out of the values, and kept beside them."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

Reread = Callable[[list[str]], pd.DataFrame]


def take_declared(frame: pd.DataFrame, meta: Any, reread: Reread) -> dict[str, "pd.Series[Any]"]:
    """Empty what is declared missing in a frame read with its codes; returns the codes.

    Parameters
    ----------
    frame : DataFrame
        As pyreadstat reads it with ``user_missing``; changed in place.
    meta : metadata of pyreadstat
        ``missing_ranges`` (SPSS), ``missing_user_values`` (letters of Stata and SAS).
    reread : callable
        Reads columns anew without their codes: dates, which a code had been turned into as well.

    Returns
    -------
    dict
        Column → a Series of the codes, as written, at the rows where one stood.
    """
    found: dict[str, pd.Series[Any]] = {}
    dates = []
    for name, ranges in meta.missing_ranges.items():
        column = frame[name]
        if pd.api.types.is_numeric_dtype(column) or pd.api.types.is_string_dtype(column):
            _take(frame, name, _within(column, ranges), found)
        else:
            dates.append(name)
    for name, letters in meta.missing_user_values.items():
        _take(frame, name, frame[name].isin(letters).to_numpy(), found)
        frame[name] = pd.to_numeric(frame[name])
    if dates:
        frame[dates] = reread(dates)[dates]
    return found


def _take(frame: pd.DataFrame, name: str, gone: Any, found: dict[str, "pd.Series[Any]"]) -> None:
    if gone.any():
        found[name] = frame.loc[gone, name]
        frame[name] = frame[name].mask(gone)


def _within(column: "pd.Series[Any]", ranges: list[dict[str, Any]]) -> "np.ndarray[Any, Any]":
    gone = np.zeros(len(column), dtype=bool)
    for ends in ranges:
        low, high = ends["lo"], ends["hi"]
        if isinstance(low, str) != pd.api.types.is_string_dtype(column):
            continue
        if isinstance(low, str):  # SPSS pads words with blanks
            words = column.fillna("").str.rstrip()
            gone |= ((words >= low.rstrip()) & (words <= high.rstrip())).to_numpy(dtype=bool)
        else:
            gone |= ((column >= low) & (column <= high)).to_numpy(dtype=bool)
    return gone
