"""Which column of a sampling frame names areas of the study, and which area each value is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from coding.errors import BadInput

from ..areas import areas, known_areas

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 5


def area_column(db: Database, frame: pd.DataFrame, within: Sequence[str]) -> str:
    """Return the first of the columns that names an area of the study."""
    known = known_areas(db)
    for column in within:
        if column not in frame.columns:
            there = ", ".join(map(str, frame.columns))
            raise BadInput(f"The frame has no column “{column}”; its columns are: {there}.")
        if any(_label(value).casefold() in known for value in frame[column].unique()):
            return column
    there = ", ".join(row["key"] for row in areas(db)) or "none yet"
    raise BadInput(
        f"None of the columns {', '.join(within) or '(none given)'} names areas of this study; "
        f"allocate within a column of areas: {there}."
    )


def area_ids(db: Database, frame: pd.DataFrame, column: str) -> dict[str, int]:
    """Return the area of each value of the column; raises BadInput where one is unknown."""
    known, ids = known_areas(db), {row["key"]: row["id"] for row in areas(db)}
    rows: dict[str, list[int]] = {}
    for number, value in enumerate(frame[column], 2):
        rows.setdefault(_label(value), []).append(number)
    unknown = [label for label in rows if label.casefold() not in known]
    if unknown:
        told = "; ".join(
            f"“{label}” in row {', '.join(map(str, rows[label][:SHOWN]))}"
            + (f" and {len(rows[label]) - SHOWN} more" if len(rows[label]) > SHOWN else "")
            for label in unknown[:SHOWN]
        )
        raise BadInput(
            f"The column “{column}” has areas unknown to this study: {told}; "
            f"there are: {', '.join(row['key'] for row in areas(db))}."
        )
    for label in rows:
        if not known[label.casefold()]:
            raise BadInput(
                f"“{label}” in the column “{column}” means several areas of this study; "
                "give each area a name of its own."
            )
    return {label: ids[known[label.casefold()]] for label in rows}


def _label(value: Any) -> str:
    """Write a frame's value as the allocation does: a file's 1.0 is the area “1”."""
    from analysis.values import written

    return written(value)
