"""The wide strict table of one import's answers: made, and filled in slices."""

from collections.abc import Callable
from collections.abc import Mapping as Table
from string import Template

import pandas as pd
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from .errors import BadInput
from .mapping import Mapping

SLICE = 250  # rows a transaction: who saves a coding meanwhile waits for no more than one
# Every name in these is made here. sqlite-utils would look at each value, and take thrice as long.
_INSERT = Template("INSERT INTO response_$id ($columns) VALUES ($marks)")
_SELECT = Template("SELECT * FROM response_$id ORDER BY id")


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
    for start in range(0, total, SLICE):
        part = stored.iloc[start : start + SLICE].astype(object)
        rows = part.where(part.notna(), None).to_numpy().tolist()
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
        if progress:
            progress(min(start + SLICE, total), total)


def _cause(error: Exception) -> str:
    gone = "FOREIGN KEY" in str(error)
    return "An area of this file was removed meanwhile" if gone else f"Nothing fits ({error})"


def read_table(db: Database, import_id: int) -> pd.DataFrame:
    """Return the table of an import as a frame."""
    found = db.execute(_SELECT.substitute(id=import_id))
    return pd.DataFrame(found.fetchall(), columns=[column[0] for column in found.description])


def check_still_there(db: Database, import_id: int) -> None:
    """Raise BadInput where a later import has swept this one away."""
    if not db.table("survey_import").count_where("id = ?", [import_id]):
        raise BadInput("Another import of this wave began meanwhile; import this file again.")
