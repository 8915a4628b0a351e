"""Read a table from CSV or Excel: find the header, and tell numbers from text by every value."""

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from .errors import BadInput
from .values import written

UNPACKED = 200 * 1024 * 1024
TOP = 20  # rows among which the header is looked for
# “None” and “null” are kept as words: an arm may be called so.
BLANK = ["", "NA", "NaN", "nan", "#N/A", "N/A"]
# Leading zeros and long digits are ids, which a number would change.
_NOT_A_NUMBER = re.compile(
    r"^(?! *-?(?:0|[1-9]\d{0,14}|(?=\.\d))(?:\.\d+)?(?:e[-+]?\d{1,3})? *$)",
    re.ASCII | re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True)
class Read:
    """A table; its index counts the rows below the header, the first of which has a number."""

    frame: pd.DataFrame
    first_row: int
    decimal: str = "."


def read_csv(path: Path) -> Read:
    """Read a table; in a file parted by semicolons a comma is the decimal mark, as a point is."""
    text = _decode(path)
    try:
        delimiter, top = _split_top(text)
    except csv.Error as error:
        raise BadInput(f"{path.name} cannot be read as a table; save it as CSV again.") from error
    skip = _title_rows(path, top)
    names = _names(path, top[skip])
    # As wide as any row at the top, and one more: pandas drops what a first row has beyond this.
    width = max(len(row) for row in top[skip:]) + 1
    try:
        frame = pd.read_csv(
            io.StringIO(text, newline=None),
            sep=delimiter,
            header=None,
            names=[*range(width)],
            skiprows=skip + 1,
            dtype=object,
            keep_default_na=False,
            na_values=BLANK,
            skip_blank_lines=False,
            index_col=False,
        )
    except pd.errors.EmptyDataError as error:
        raise BadInput(f"{path.name} has no rows of answers.") from error
    except (pd.errors.ParserError, ValueError, OverflowError) as error:
        raise BadInput(f"{path.name} cannot be read as a table: {_cells(error)}.") from error
    beyond = frame.iloc[:, len(names) :].notna().any(axis=1).to_numpy()
    if beyond.any():
        row = int(np.flatnonzero(beyond)[0]) + skip + 2
        raise BadInput(f"Row {row} of {path.name} has more cells than the header; correct it.")
    decimal = "," if delimiter == ";" else "."
    columns = {n: _numbers_or_text(frame[n], decimal) for n in range(len(names))}
    return Read(_named(path, pd.DataFrame(columns), names), skip + 2, decimal)


def read_xlsx(path: Path) -> Read:
    """Return the first sheet as `read_csv` returns a file."""
    from python_calamine import CalamineError, CalamineWorkbook

    _check_zip(path)
    try:
        sheet: list[list[Any]] = (
            CalamineWorkbook.from_path(str(path))
            .get_sheet_by_index(0)
            .to_python(skip_empty_area=False)
        )
    except (CalamineError, IndexError, ValueError, zipfile.BadZipFile) as error:
        raise BadInput(f"{path.name} cannot be read as an Excel workbook.") from error
    top = [[written(cell) for cell in row] for row in sheet[:TOP]]
    skip = _title_rows(path, top)
    rows = [[None if cell in BLANK else cell for cell in row] for row in sheet[skip + 1 :]]
    if not rows:
        raise BadInput(f"{path.name} has no rows of answers.")
    columns = {
        i: pd.Series(cells).infer_objects() for i, cells in enumerate(zip(*rows, strict=True))
    }
    return Read(_named(path, pd.DataFrame(columns), _names(path, top[skip])), skip + 2)


def _decode(path: Path) -> str:
    raw = path.read_bytes()
    if b"\x00" in raw:
        raise BadInput(f"{path.name} is not a text file; save it as CSV (UTF-8) and try again.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _split_top(text: str) -> tuple[str, list[list[str]]]:
    """Choose the delimiter that cuts the most rows alike, and cut the first rows by it."""
    start = text[:1_000_000]
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


def _title_rows(path: Path, top: list[list[str]]) -> int:
    """Count the rows above the header: titles fill one cell where the table fills many."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in top]
    if not filled or max(filled) == 0:
        raise BadInput(f"{path.name} has no header row.")
    return next(
        i for i, n in enumerate(filled) if n == max(filled) or (n > 1 and n >= max(filled) / 2)
    )


def _names(path: Path, header: list[str]) -> list[str]:
    names = [name.strip() for name in header]
    twice = [name for name in names if name and names.count(name) > 1]
    if twice:
        raise BadInput(f"{path.name} has two columns called “{twice[0]}”; rename one.")
    return names


def _named(path: Path, frame: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Name the columns; one without a name may stand only where it is blank throughout."""
    for number, name in enumerate(names):
        if not name and frame[number].notna().any():
            raise BadInput(
                f"Column {number + 1} of {path.name} has no name in the header; give it one."
            )
    frame = frame[[number for number, name in enumerate(names) if name]]
    frame.columns = pd.Index([name for name in names if name])
    return frame.dropna(how="all")


def _numbers_or_text(column: "pd.Series[Any]", decimal: str) -> "pd.Series[Any]":
    codes, distinct = pd.factorize(column)
    lines = "\n".join(distinct.tolist())
    if decimal == ",":
        lines = lines.replace(",", ".")
    if _NOT_A_NUMBER.search(lines):  # one search, where a match a value takes seconds
        return column
    try:
        numbers = np.array([*map(float, lines.split("\n") if len(distinct) else []), np.nan])
    except ValueError:
        return column
    if len(numbers) != len(distinct) + 1:
        return column
    return pd.Series(numbers[codes], index=column.index)


def _check_zip(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise BadInput(f"{path.name} is not an Excel workbook (xlsx).") from error
    total = sum(entry.file_size for entry in entries)
    swollen = any(
        e.file_size > 100 * max(e.compress_size, 1) and e.file_size > 2**20 for e in entries
    )
    if len(entries) > 2000 or total > UNPACKED or swollen:
        raise BadInput(f"{path.name} unpacks to more than we open; save the sheet as CSV instead.")
