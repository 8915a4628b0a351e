"""Whether a cell that reads as a number would be written otherwise: an id such as 007, a +5."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

PIECE = 2**22  # bytes looked at together
LONGEST = 1e15  # a number of more digits is an id
ZERO, NINE, POINT, MINUS, PLUS, QUOTE, SPACE, LINE = (ord(mark) for mark in '09.-+" \n')
Bytes = NDArray[np.uint8]


def could_change(raw: bytes, delimiter: str) -> bool:
    """Whether any cell of a text may begin with 0 and a digit or with +, or end with a point.

    Looks at bytes, so it also finds such among words, which costs time and nothing else.
    """
    if raw.endswith(b"."):
        return True
    data = np.frombuffer(raw, dtype=np.uint8)
    starts = np.zeros(256, dtype=np.bool_)
    starts[[LINE, QUOTE, SPACE, ord(delimiter)]] = True
    return any(
        _changes(data[max(at - 2, 0) : at + PIECE + 1], starts) for at in range(0, len(data), PIECE)
    )


def _changes(data: Bytes, starts: NDArray[np.bool_]) -> bool:
    before, here, after = data[:-2], data[1:-1], data[2:]
    digit = after - np.uint8(ZERO) <= NINE - ZERO
    places = np.flatnonzero((here == ZERO) & digit)
    if _begins(data, places, starts).any():
        return True
    places = np.flatnonzero((here == POINT) & ~digit)
    if (before[places] - np.uint8(ZERO) <= NINE - ZERO).any():
        return True
    return bool(starts[before[np.flatnonzero(here == PLUS)]].any())


def _begins(data: Bytes, places: NDArray[np.int64], starts: NDArray[np.bool_]) -> Any:
    """Whether a cell begins at these places, a minus set aside."""
    first = data[places]
    signed = first == MINUS
    return starts[first] | (signed & starts[data[np.maximum(places - 1, 0)]])


def suspects(column: "pd.Series[Any]") -> bool:
    """Whether a column that was read as numbers holds what may have been words."""
    if pd.api.types.is_bool_dtype(column) or column.dtype == np.dtype(object):
        return True
    if not pd.api.types.is_numeric_dtype(column):
        return False
    return bool((np.abs(column.to_numpy(dtype=np.float64)) >= LONGEST).any())
