"""What happened last in the study, with the names of the people who did it."""

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
