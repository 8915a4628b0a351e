"""Which columns of a sampling frame can make blocks, clusters, or name areas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from linkage import areas

if TYPE_CHECKING:
    import pandas as pd

MANY = 100  # a column of more values cannot make blocks
SHOWN = 5


def makes_blocks(column: pd.Series[Any]) -> bool:
    """Tell columns of a few values from names and addresses, which are not even shown."""
    return bool(2 <= column.nunique() <= min(MANY, max(2, len(column) // 2)))


def makes_clusters(column: pd.Series[Any]) -> bool:
    """Whether some values occur again, so that the column may name households."""
    return 2 <= column.nunique() < len(column)


def describe(column: pd.Series[Any]) -> dict[str, Any]:
    """Say how many values a column has, and the first of them."""
    from analysis.values import written

    values = list(dict.fromkeys(filter(None, map(written, column.dropna().unique()))))
    return {"name": column.name, "values": len(values), "first": values[:SHOWN]}


def area_columns(db: Database, frame: pd.DataFrame) -> list[str]:
    """Find the first column that names an area of the study."""
    known = {str(row[name]).casefold() for row in areas.areas(db) for name in ("key", "name")}
    found = [
        str(name)
        for name in frame.columns
        if known & {str(value).strip().casefold() for value in frame[name].unique()[:MANY]}
    ]
    return found[:1]
