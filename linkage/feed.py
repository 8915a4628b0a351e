"""What changed since a given change, whole changes only, for live pages and scripts."""

import json
from typing import Any

from sqlite_utils import Database

from .history import changes_since

Row = dict[str, Any]


def last_change(db: Database) -> int:
    """Return the number of the newest change."""
    found = db.execute("SELECT max(id) FROM change WHERE hash IS NOT NULL").fetchone()
    return int(found[0] or 0)


def changed_objects(db: Database, since: int) -> list[str]:
    """Name the kinds of rows that changed after change `since`."""
    rows = db.execute(
        """SELECT DISTINCT r.object FROM change_row r JOIN change ON change.id = r.change_id
           WHERE r.change_id > ? AND change.hash IS NOT NULL ORDER BY r.object""",
        [since],
    ).fetchall()
    return [str(name) for (name,) in rows]


def last_hash(db: Database) -> tuple[int, str] | None:
    """Return the number and hash of the newest change."""
    found = db.execute(
        "SELECT id, hash FROM change WHERE hash IS NOT NULL ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return (int(found[0]), str(found[1])) if found else None


def read_feed(db: Database, since: int, limit: int = 500) -> tuple[int, list[Row]]:
    """Return the last change read and its and the earlier rows, before and after as values.

    A change is never cut: where the limit falls into one, it waits for the next call.
    """
    rows = changes_since(db, since, limit)
    if len(rows) == limit:
        whole = [row for row in rows if row["change"] != rows[-1]["change"]]
        if not whole:
            return read_feed(db, since, limit * 4)
        rows = whole
    for row in rows:
        for side in ("before", "after"):
            row[side] = json.loads(row[side]) if row[side] else None
    return (rows[-1]["change"] if rows else min(since, last_change(db))), rows
