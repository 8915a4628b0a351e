"""Tables of text: find the header, tell numbers from text by every value; and Excel's."""

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from .errors import BadInput
from .values import written

UNPACKED = 200 * 1024 * 1024
TOP = 20  # rows among which the header is looked for
# “None” and “null” are kept as words: an arm may be called so.
BLANK = ["", "NA", "NaN", "nan", "#N/A", "N/A", "#NULL!"]  # the last is SPSS's
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
    skip = title_rows(path, top)
    rows = [[None if cell in BLANK else cell for cell in row] for row in sheet[skip + 1 :]]
    if not rows:
        raise BadInput(f"{path.name} has no rows of answers.")
    columns = {
        i: pd.Series(cells).infer_objects() for i, cells in enumerate(zip(*rows, strict=True))
    }
    return Read(name_columns(path, pd.DataFrame(columns), column_names(path, top[skip])), skip + 2)


def title_rows(path: Path, top: list[list[str]]) -> int:
    """Count the rows above the header: titles fill one cell where the table fills many."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in top]
    if not filled or max(filled) == 0:
        raise BadInput(f"{path.name} has no header row.")
    return next(
        i for i, n in enumerate(filled) if n == max(filled) or (n > 1 and n >= max(filled) / 2)
    )


def column_names(path: Path, header: list[str]) -> list[str]:
    names = [name.strip() for name in header]
    twice = [name for name in names if name and names.count(name) > 1]
    if twice:
        raise BadInput(f"{path.name} has two columns called “{twice[0]}”; rename one.")
    return names


def name_columns(path: Path, frame: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Name the columns; one without a name may stand only where it is blank throughout."""
    for number, name in enumerate(names):
        if not name and frame[number].notna().any():
            raise BadInput(
                f"Column {number + 1} of {path.name} has no name in the header; give it one."
            )
    frame = frame[[number for number, name in enumerate(names) if name]]
    frame.columns = pd.Index([name for name in names if name])
    return frame.dropna(how="all")


def numbers_or_text(column: "pd.Series[Any]", decimal: str) -> "pd.Series[Any]":
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
