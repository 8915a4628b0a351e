"""The wide strict table of one import's answers: made, and filled in slices."""

import time
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Table
from string import Template
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from .errors import BadInput
from .mapping import Mapping

# Who saves a coding meanwhile waits for no more than one transaction: some ten milliseconds.
CELLS, FEWEST = 40_000, 50  # cells of one, and rows however wide the table is
READ = 500  # rows read at once: they stay in the cache
TELL = 0.1  # seconds between two tellings of progress
# Every name in these is made here. sqlite-utils would look at each value, and take thrice as long.
_INSERT = Template("INSERT INTO response_$id ($columns) VALUES ($marks)")
_SELECT = Template("SELECT $columns FROM response_$id ORDER BY id")


def columns_of(mapping: Mapping) -> dict[str, str]:
    """Map the name of a value to its column in the table; file columns may be called anything."""
    outcomes = [entry.outcome.key for entry in mapping.outcomes]
    others = [name for name in mapping.others if name not in outcomes]
    return {
        **{key: f"o{i}" for i, key in enumerate(outcomes, 1)},
        **{name: f"x{i}" for i, name in enumerate(others, 1)},
    }


def table_name(import_id: int) -> str:
    """Name the table of an import's answers."""
    return f"response_{import_id}"


def as_stored(frame: pd.DataFrame, mapping: Mapping, area_ids: Table[str, int]) -> pd.DataFrame:
    """Lay a frame of answers out as its table holds them."""
    columns = columns_of(mapping)
    stored = frame[["respondent"]].copy()
    stored["area_id"] = frame["area"].map(area_ids)
    stored["arm"], stored["arm_reported"] = frame["arm"], frame["arm_reported"]
    stored["weight"] = frame.get("weight")
    return stored.assign(**{column: frame[name] for name, column in columns.items()})


def create_table(db: Database, import_id: int, stored: pd.DataFrame) -> None:
    """Make the table of an import, empty."""
    kinds: dict[str, type] = {"id": int, "respondent": str, "area_id": int, "arm": str}
    kinds |= {"arm_reported": str, "weight": float}
    for name in stored.columns:
        numeric = pd.api.types.is_numeric_dtype(stored[name])
        kinds.setdefault(str(name), float if numeric else str)
    areas = [("area_id", "area", "id")]
    db.table(table_name(import_id)).create(kinds, pk="id", foreign_keys=areas, strict=True)


def fill_table(
    db: Database,
    import_id: int,
    stored: pd.DataFrame,
    progress: Callable[[int, int], None] | None,
) -> None:
    """Fill the table slice by slice, each in a transaction of its own."""
    total, names = len(stored), list(stored.columns)
    insert = _INSERT.substitute(
        id=import_id, columns=", ".join(names), marks=", ".join("?" * len(names))
    )
    columns, size = [_plain(stored[name]) for name in names], max(FEWEST, CELLS // len(names))
    told = 0.0
    for start in range(0, total, size):
        rows = zip(*(column[start : start + size].tolist() for column in columns), strict=True)
        db.execute("BEGIN IMMEDIATE")
        try:
            check_still_there(db, import_id)
            db.conn.executemany(insert, rows)
            db.execute("COMMIT")
        except sqlite3.IntegrityError as error:
            db.rollback()
            raise BadInput(f"{_cause(error)}; import this file again.") from error
        except BaseException:
            db.rollback()
            raise
        done = min(start + size, total)
        if progress and (done == total or time.monotonic() > told + TELL):
            progress(done, total)
            told = time.monotonic()


def _plain(column: "pd.Series[Any]") -> NDArray[Any]:
    """Values as SQLite takes them; it stores NaN as NULL."""
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "biuf":
        return column.to_numpy()
    values: NDArray[Any] = column.to_numpy(dtype=object).copy()
    values[column.isna().to_numpy()] = None
    return values


def _cause(error: Exception) -> str:
    gone = "FOREIGN KEY" in str(error)
    return "An area of this file was removed meanwhile" if gone else f"Nothing fits ({error})"


def read_table(db: Database, import_id: int) -> pd.DataFrame:
    """Return the table of an import as a frame, its numbers read apart: a row holds many."""
    kinds = db.table(table_name(import_id)).columns_dict
    numbers = [name for name, kind in kinds.items() if kind is float]
    others = [name for name in kinds if name not in numbers]
    rows = _select(db, import_id, others)
    texts = pd.DataFrame([row for part in rows for row in part], columns=others)
    matrix, at = np.empty((len(numbers), len(texts))), 0
    for part in _select(db, import_id, numbers) if numbers else ():
        matrix[:, at : at + len(part)] = np.array(part, dtype=np.float64).T  # None becomes NaN
        at += len(part)
    frame = pd.concat([texts, pd.DataFrame(matrix.T, columns=numbers)], axis=1)
    return frame[list(kinds)]


def _select(db: Database, import_id: int, names: list[str]) -> Iterator[list[tuple[Any, ...]]]:
    found = db.execute(_SELECT.substitute(id=import_id, columns=", ".join(names)))
    while rows := found.fetchmany(READ):
        yield rows


def check_still_there(db: Database, import_id: int) -> None:
    """Raise BadInput where a later import has swept this one away."""
    if not db.table("survey_import").count_where("id = ?", [import_id]):
        raise BadInput("Another import of this wave began meanwhile; import this file again.")
