"""Named snapshots: a name for the study as it was after a certain change."""

from typing import Any

from sqlite_utils import Database

from coding.checks import check_name, check_text, get, insert, now
from coding.errors import BadInput, NotFound

from .feed import last_change

Row = dict[str, Any]


def add_snapshot(db: Database, name: str, note: str = "", coder_id: int | None = None) -> int:
    """Name the study as it is before the open change; raises BadInput where the name is taken."""
    name = check_name(name, "a snapshot")
    if db.table("snapshot").count_where("name = ?", [name]):
        raise BadInput(f"There is a snapshot “{name}” already; choose another name.")
    row = {"name": name, "change_id": last_change(db), "coder_id": coder_id}
    note = check_text(note, "The note", 2_000)
    return insert(db, "snapshot", {**row, "note": note, "created_at": now()})


def snapshots(db: Database) -> list[Row]:
    """List the snapshots, newest first, with who made them."""
    return list(
        db.query(
            """SELECT snapshot.*, coder.name AS coder FROM snapshot
               LEFT JOIN coder ON coder.id = snapshot.coder_id ORDER BY snapshot.id DESC"""
        )
    )


def get_snapshot(db: Database, snapshot_id: int) -> Row:
    """Return one snapshot."""
    return get(db, "snapshot", snapshot_id, "snapshot")


def find_snapshot(db: Database, name: str) -> Row:
    """Find a snapshot by name; says which there are where it is unknown."""
    rows = snapshots(db)
    for row in rows:
        if row["name"].casefold() == name.strip().casefold():
            return row
    there_are = ", ".join(f"“{row['name']}”" for row in rows) or "none yet"
    raise NotFound(f"There is no snapshot “{name[:80]}” in this study; there are: {there_are}.")
