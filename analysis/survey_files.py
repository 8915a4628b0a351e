"""Read a survey file: values, variable labels, value labels; the tables by extension."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from .errors import BadInput

LARGEST = 200 * 1024 * 1024
# “None” and “null” are kept as words: an arm may be called so.
BLANK = ["", "NA", "NaN", "nan", "#N/A", "N/A"]


@dataclass(frozen=True)
class SurveyFile:
    """A survey as read: one row a respondent.

    Attributes
    ----------
    frame : DataFrame
        Values as stored; codes where the file has value labels; NaN where missing or declared so.
    labels : dict
        Column → the question it holds, where the file says.
    value_labels : dict
        Column → {code: label}.
    first_row : int
        The file's own number of the first row of values, for messages.
    """

    name: str
    frame: pd.DataFrame
    labels: dict[str, str] = field(default_factory=dict)
    value_labels: dict[str, dict[Any, str]] = field(default_factory=dict)
    first_row: int = 2


def read_survey(path: Path) -> SurveyFile:
    """Read csv, xlsx, sav, zsav, por or dta.

    Raises
    ------
    BadInput
        The file is of another kind, empty, damaged, too large, or has unusable column names.
    """
    path = Path(path)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise BadInput(f"{path.name} is not a survey file we read; use {', '.join(READERS)}.")
    if not path.is_file():
        raise BadInput(f"There is no file {path.name}.")
    size = path.stat().st_size
    if size == 0:
        raise BadInput(f"{path.name} is empty.")
    if size > LARGEST:
        raise BadInput(f"{path.name} has {size // 2**20} MB; the limit is 200 MB.")
    survey = reader(path)
    if survey.frame.empty:
        raise BadInput(f"{path.name} has no rows of answers.")
    return survey


def _read_csv(path: Path) -> SurveyFile:
    raw = path.read_bytes()
    if b"\x00" in raw[:65536]:
        raise BadInput(f"{path.name} is not a text file; save it as CSV (UTF-8) and try again.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    delimiter = _delimiter(text)
    top = list(csv.reader(io.StringIO(text[:200_000]), delimiter=delimiter))[:20]
    skip = _title_rows(path, top)
    _check_names(path, top[skip])
    try:
        frame = pd.read_csv(
            io.StringIO(text),
            sep=delimiter,
            skiprows=skip,
            keep_default_na=False,
            na_values=BLANK,
            low_memory=False,
            skip_blank_lines=False,
            index_col=False,
        )
    except (pd.errors.ParserError, pd.errors.ParserWarning, ValueError) as error:
        raise BadInput(f"{path.name} cannot be read as a table: {_cells(error)}.") from error
    frame.columns = [str(name).strip() for name in frame.columns]
    frame = frame.dropna(how="all")
    return SurveyFile(path.name, frame.reset_index(drop=True), first_row=skip + 2)


def _cells(error: Exception) -> str:
    found = re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", str(error))
    if not found:
        return "its rows do not have the same number of cells"
    wanted, line, saw = found.groups()
    return f"row {line} has {saw} cells where the header has {wanted}"


def _delimiter(text: str) -> str:
    lines = text.splitlines()[:10]
    return max(",;\t|", key=lambda mark: max((line.count(mark) for line in lines), default=0))


def _title_rows(path: Path, top: list[list[str]]) -> int:
    """Count the rows above the header: titles fill one cell where the table fills many."""
    filled = [sum(bool(str(cell).strip()) for cell in row) for row in top]
    if not filled or max(filled) == 0:
        raise BadInput(f"{path.name} has no header row.")
    return next(
        i for i, n in enumerate(filled) if n == max(filled) or (n > 1 and n >= max(filled) / 2)
    )


def _check_names(path: Path, names: list[str]) -> None:
    clean = [str(name).strip() for name in names]
    twice = sorted({name for name in clean if clean.count(name) > 1 and name})
    if twice:
        raise BadInput(f"{path.name} has two columns called “{twice[0]}”; rename one.")
    if any(not name for name in clean[:-1]):
        number = clean.index("") + 1
        raise BadInput(f"Column {number} of {path.name} has no name in the header; give it one.")


def _read_xlsx(path: Path) -> SurveyFile:
    from python_calamine import CalamineError, CalamineWorkbook

    _check_zip(path)
    try:
        sheet: list[list[Any]] = (
            CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        )
    except (CalamineError, IndexError, ValueError, zipfile.BadZipFile) as error:
        raise BadInput(f"{path.name} cannot be read as an Excel workbook.") from error
    top = [[str(cell) for cell in row] for row in sheet[:20]]
    skip = _title_rows(path, top)
    _check_names(path, top[skip])
    frame = pd.DataFrame(sheet[skip + 1 :], columns=[name.strip() for name in top[skip]])
    frame = frame.replace("", None).infer_objects().dropna(how="all")
    return SurveyFile(path.name, frame.reset_index(drop=True), first_row=skip + 2)


def _check_zip(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as error:
        raise BadInput(f"{path.name} is not an Excel workbook (xlsx).") from error
    total = sum(entry.file_size for entry in entries)
    swollen = any(
        e.file_size > 100 * max(e.compress_size, 1) and e.file_size > 2**20 for e in entries
    )
    if len(entries) > 2000 or total > LARGEST or swollen:
        raise BadInput(f"{path.name} unpacks to more than we open; save the sheet as CSV instead.")


def _with_pyreadstat(path: Path) -> SurveyFile:
    import pyreadstat

    readers = {
        ".sav": pyreadstat.read_sav,
        ".zsav": pyreadstat.read_sav,
        ".por": pyreadstat.read_por,
        ".dta": pyreadstat.read_dta,
    }
    try:
        frame, meta = readers[path.suffix.lower()](str(path))
    except Exception as error:
        detail = " ".join(str(error).split())[:120]
        raise BadInput(
            f"{path.name} cannot be read ({detail}); export it again, or save it as CSV."
        ) from error
    labels = {name: text for name, text in meta.column_names_to_labels.items() if text}
    return SurveyFile(path.name, frame, labels, dict(meta.variable_value_labels), first_row=1)


READERS: dict[str, Callable[[Path], SurveyFile]] = {
    ".csv": _read_csv,
    ".xlsx": _read_xlsx,
    ".sav": _with_pyreadstat,
    ".zsav": _with_pyreadstat,
    ".por": _with_pyreadstat,
    ".dta": _with_pyreadstat,
}
