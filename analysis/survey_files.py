"""Read a survey file: values, variable labels, value labels; the tables by extension."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from .apart import read_apart
from .csv_tables import read_csv
from .declared import take_declared
from .errors import BadInput
from .tables import Read, read_xlsx

LARGEST = 1024 * 1024 * 1024


@dataclass(frozen=True)
class SurveyFile:
    """A survey as read: one row a respondent.

    Attributes
    ----------
    frame : DataFrame
        Values as stored; codes where the file has value labels; NaN where missing or declared so.
        The index counts the rows below the header, so it skips blank ones.
    labels : dict
        Column → the question it holds, where the file says.
    value_labels : dict
        Column → {code: label}.
    first_row : int
        The file's own number of row 0 of the index, for messages.
    decimal : str
        What its numbers are written with where they stand among words: "." or ",".
    declared : dict
        Column → the codes that the file declares missing, at the rows where they stood.
    """

    name: str
    frame: pd.DataFrame
    labels: dict[str, str] = field(default_factory=dict)
    value_labels: dict[str, dict[Any, str]] = field(default_factory=dict)
    first_row: int = 2
    decimal: str = "."
    declared: dict[str, "pd.Series[Any]"] = field(default_factory=dict)


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
        raise BadInput(f"{path.name} has {size // 2**20} MB; the limit is {LARGEST // 2**20:,} MB.")
    survey = reader(path) if path.suffix.lower() == ".csv" else read_apart(path)
    if survey.frame.empty:
        raise BadInput(f"{path.name} has no rows of answers.")
    return survey


def _as_table(read: Callable[[Path], Read]) -> Callable[[Path], SurveyFile]:
    def reader(path: Path) -> SurveyFile:
        table = read(path)
        return SurveyFile(path.name, table.frame, first_row=table.first_row, decimal=table.decimal)

    return reader


def _with_pyreadstat(path: Path) -> SurveyFile:
    import pyreadstat

    readers: dict[str, Callable[[str], Any]] = {
        ".sav": pyreadstat.read_sav,
        ".zsav": pyreadstat.read_sav,
        ".por": pyreadstat.read_por,
        ".dta": pyreadstat.read_dta,
    }
    read: Callable[..., Any] = readers[path.suffix.lower()]
    # The codes that a file declares missing are wanted too; a portable file tells of none.
    coded: dict[str, Any] = {} if path.suffix.lower() == ".por" else {"user_missing": True}
    try:
        frame, meta = read(str(path), **coded)
        declared = take_declared(frame, meta, lambda names: read(str(path), usecols=names)[0])
    except Exception as error:
        detail = " ".join(str(error).split())[:120]
        raise BadInput(
            f"{path.name} cannot be read ({detail}); export it again, or save it as CSV."
        ) from error
    for name in frame:  # Stata's integers, where one is missing
        if pd.api.types.infer_dtype(frame[name], skipna=True) in ("integer", "mixed-integer-float"):
            frame[name] = frame[name].astype(float)
    labels = {name: text for name, text in meta.column_names_to_labels.items() if text}
    words = dict(meta.variable_value_labels)
    return SurveyFile(path.name, frame, labels, words, first_row=1, declared=declared)


READERS: dict[str, Callable[[Path], SurveyFile]] = {
    ".csv": _as_table(read_csv),
    ".xlsx": _as_table(read_xlsx),
    ".sav": _with_pyreadstat,
    ".zsav": _with_pyreadstat,
    ".por": _with_pyreadstat,
    ".dta": _with_pyreadstat,
}
