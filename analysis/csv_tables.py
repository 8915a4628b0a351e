"""Read a table from CSV: find the mark that parts its cells, and its header."""

import csv
import io
import re
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from .csv_numbers import could_change, suspects
from .errors import BadInput
from .tables import BLANK, TOP, Read, column_names, name_columns, numbers_or_text, title_rows

CELLS = 20_000_000  # read as words at once; a word takes a hundred bytes
# Before 3.1 pandas rounded numbers unless told not to; since then it must not be told.
_OLD = tuple(int(part) for part in pd.__version__.split(".")[:2]) < (3, 1)
EXACT: dict[str, Any] = {"float_precision": "round_trip"} if _OLD else {}


def read_csv(path: Path) -> Read:
    """Read a table; in a file parted by semicolons a comma is the decimal mark, as a point is."""
    raw = _bytes(path)
    try:
        delimiter, top = _split_top(raw)
    except csv.Error as error:
        raise BadInput(f"{path.name} cannot be read as a table; save it as CSV again.") from error
    skip = title_rows(path, top)
    names = column_names(path, top[skip])
    # As wide as any row at the top, and one more: pandas drops what a first row has beyond this.
    width = max(len(row) for row in top[skip:]) + 1
    try:
        frame = _Table(raw, delimiter, skip, width).frame(len(names))
    except pd.errors.EmptyDataError as error:
        raise BadInput(f"{path.name} has no rows of answers.") from error
    except (pd.errors.ParserError, ValueError, OverflowError) as error:
        raise BadInput(f"{path.name} cannot be read as a table: {_cells(error)}.") from error
    beyond = frame.iloc[:, len(names) :].notna().any(axis=1).to_numpy()
    if beyond.any():
        row = int(np.flatnonzero(beyond)[0]) + skip + 2
        raise BadInput(f"Row {row} of {path.name} has more cells than the header; correct it.")
    return Read(name_columns(path, frame[[*range(len(names))]], names), skip + 2, _mark(delimiter))


class _Table:
    """The rows below a header, each column numbers or words as they are written."""

    def __init__(self, raw: bytes, delimiter: str, skip: int, width: int) -> None:
        self._raw, self._delimiter, self._skip, self._width = raw, delimiter, skip, width

    def frame(self, named: int) -> pd.DataFrame:
        """Read as numbers what pandas takes for such, and again as words what that might change."""
        every = [*range(self._width)]
        if self._delimiter == ";" or could_change(self._raw, self._delimiter):
            return pd.DataFrame(self._words(every, named), columns=every)
        found = self._read([])
        columns = {name: found.pop(name) for name in every}
        again = [name for name in every[:named] if suspects(columns[name])]
        kept = [name for name in every[:named] if name not in again]
        columns |= {name: self._settled(columns[name]) for name in kept}
        columns |= self._words(again, named)
        return pd.DataFrame(columns, columns=every)

    def _settled(self, column: "pd.Series[Any]") -> "pd.Series[Any]":
        if pd.api.types.is_numeric_dtype(column):
            return column.astype(np.float64 if column.notna().any() else object)
        return numbers_or_text(column.astype(object), _mark(self._delimiter))

    def _words(self, columns: list[int], named: int) -> dict[int, "pd.Series[Any]"]:
        """Read columns as written, as many at once as the memory is meant to hold."""
        at_once = max(1, CELLS // (self._raw.count(b"\n") + 1))
        found: dict[int, pd.Series[Any]] = {}
        for start in range(0, len(columns), at_once):
            group = columns[start : start + at_once]
            part = self._read(group)
            for name in group:
                column = part[name]
                found[name] = (
                    numbers_or_text(column, _mark(self._delimiter)) if name < named else column
                )
        return found

    def _read(self, words: list[int]) -> "pd.DataFrame":
        found: pd.DataFrame = pd.read_csv(
            io.BytesIO(self._raw),
            sep=self._delimiter,
            header=None,
            names=[*range(self._width)],
            dtype=dict.fromkeys(words, object),
            skiprows=self._skip + 1,
            keep_default_na=False,
            na_values=BLANK,
            skip_blank_lines=False,
            index_col=False,
            low_memory=False,
            **EXACT,
        )
        return found


def _mark(delimiter: str) -> str:
    return "," if delimiter == ";" else "."


def _bytes(path: Path) -> bytes:
    """The text in UTF-8, its lines ended by line feeds."""
    raw = path.read_bytes()
    if b"\x00" in raw:
        raise BadInput(f"{path.name} is not a text file; save it as CSV (UTF-8) and try again.")
    try:
        raw.decode()
    except UnicodeDecodeError:
        raw = raw.decode("cp1252", errors="replace").encode()
    if b"\r" in raw:
        raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return raw.removeprefix(b"\xef\xbb\xbf")


def _split_top(raw: bytes) -> tuple[str, list[list[str]]]:
    """Choose the delimiter that cuts the most rows alike, and cut the first rows by it."""
    start = raw[:1_000_000].decode(errors="ignore")
    best = max(",;\t|", key=lambda mark: _alike(_top_rows(start, mark)))
    return best, _top_rows(start, best)


def _top_rows(text: str, delimiter: str) -> list[list[str]]:
    return list(islice(csv.reader(io.StringIO(text, newline=None), delimiter=delimiter), TOP))


def _alike(rows: list[list[str]]) -> tuple[int, int]:
    widths = [len(row) for row in rows if len(row) > 1]
    if not widths:
        return (0, 0)
    width = max(set(widths), key=lambda w: (widths.count(w), w))
    return widths.count(width), width


def _cells(error: Exception) -> str:
    found = re.search(r"Expected \d+ fields in line (\d+)", str(error))
    if found:
        return f"line {found[1]} has more cells than the header"
    return "its rows do not have the same number of cells"
