"""What happened last in the study, with the names of the people who did it."""

import json
from typing import Any

from sqlite_utils import Database

Row = dict[str, Any]


def recent_changes(db: Database, limit: int = 8) -> list[Row]:
    """List the newest changes, newest first: who, what, when."""
    return list(
        db.query(
            """SELECT change.id, change.at, coalesce(coder.name, change.actor) AS who, change.action
               FROM change LEFT JOIN coder ON coder.guid = change.actor
               WHERE change.hash IS NOT NULL ORDER BY change.id DESC LIMIT ?""",
            [limit],
        )
    )


def last_touch(db: Database, table: str, row_id: int) -> Row | None:
    """Return who changed a row last, and when; the name is blank for who has coded nothing."""
    found = db.query(
        """SELECT change.at, change.actor, coalesce(coder.name, '') AS who
           FROM change_row r JOIN change ON change.id = r.change_id
           LEFT JOIN coder ON coder.guid = change.actor
           WHERE r.object = ? AND r.object_id = ? AND change.hash IS NOT NULL
           ORDER BY r.id DESC LIMIT 1""",
        [table, row_id],
    )
    return next(iter(list(found)), None)


def as_it_was(db: Database, table: str, row_id: int, revision: int) -> Row | None:
    """Return a row as it stood at a revision, or None where the history does not say."""
    found = db.execute(
        """SELECT p.after FROM change_row r JOIN change_payload p ON p.change_row_id = r.id
           WHERE r.object = ? AND r.object_id = ?
             AND json_extract(p.after, '$.revision') = ? ORDER BY r.id DESC LIMIT 1""",
        [table, row_id, revision],
    ).fetchone()
    return dict(json.loads(found[0])) if found else None
