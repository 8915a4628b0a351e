"""The history as a list of changes, newest first, narrowed to what somebody looks for."""

import json
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from sqlite_utils import Database

from coding.errors import NotFound

Row = dict[str, Any]


@dataclass(frozen=True)
class Wanted:
    """What to look for; `actor` is the guid or name that changes are stored under."""

    actor: str | None = None
    kind: str | None = None
    object_id: int | None = None
    text: str = ""
    since: date | None = None
    until: date | None = None


# The text is looked for in whole payloads first, since taking each apart is slow; what is found
# there may be the name of a field, so the values are looked through after.
LIST = """
    SELECT c.id, c.at, c.actor, coalesce(coder.name, c.actor) AS who, c.action, c.kind, c.target_id
    FROM change c LEFT JOIN coder ON coder.guid = c.actor
    WHERE c.hash IS NOT NULL
        AND (:before IS NULL OR c.id < :before)
        AND (:actor IS NULL OR c.actor = :actor)
        AND (:since IS NULL OR c.at >= :since)
        AND (:until IS NULL OR c.at < :until)
        AND (:kind IS NULL OR c.id IN (
            SELECT change_id FROM change_row WHERE object = :kind AND object_id
            BETWEEN coalesce(:object_id, 0) AND coalesce(:object_id, 9e18)))
        AND (:text = '' OR c.action LIKE :like ESCAPE '!' OR EXISTS (
            SELECT 1 FROM change_row r JOIN change_payload p ON p.change_row_id = r.id
            WHERE r.change_id = c.id AND (
                p.after LIKE :written ESCAPE '!' AND EXISTS (
                    SELECT 1 FROM json_each(p.after) WHERE value LIKE :like ESCAPE '!')
                OR p.before LIKE :written ESCAPE '!' AND EXISTS (
                    SELECT 1 FROM json_each(p.before) WHERE value LIKE :like ESCAPE '!'))))
    ORDER BY c.id DESC LIMIT :limit
    """


def list_changes(
    db: Database, wanted: Wanted, before: int | None = None, limit: int = 50
) -> list[Row]:
    """List changes, newest first; `before` is the number of the last change already seen."""
    return list(
        db.query(
            LIST,
            {
                **asdict(wanted),
                "since": wanted.since and wanted.since.isoformat(),
                "until": wanted.until and (wanted.until + timedelta(days=1)).isoformat(),
                "like": _containing(wanted.text),
                "written": _containing(json.dumps(wanted.text, ensure_ascii=False)[1:-1]),
                "before": before,
                "limit": limit,
            },
        )
    )


def get_change(db: Database, change_id: int) -> Row:
    """Return one change."""
    found = list_changes(db, Wanted(), before=change_id + 1, limit=1)
    if not found or found[0]["id"] != change_id:
        raise NotFound(f"There is no change {change_id} in this study.")
    return found[0]


# These two look behind the views of a limited connection (`scope`): who works here and on what
# kinds of things is no secret, and asking about every row of a long history is slow.


def people(db: Database) -> list[tuple[str, str]]:
    """List who has changed anything: what they are stored under, and their name."""
    return db.execute(
        """SELECT actor, coalesce(coder.name, actor) FROM (SELECT DISTINCT actor FROM main.change)
           LEFT JOIN coder ON coder.guid = actor ORDER BY 2"""
    ).fetchall()


def kinds(db: Database) -> list[str]:
    """List the kinds of objects that were ever changed."""
    return [row[0] for row in db.execute("SELECT DISTINCT object FROM main.change_row").fetchall()]


def tally(db: Database, change_ids: list[int]) -> dict[int, list[Row]]:
    """Count what each change did to which kind of object."""
    rows = db.query(
        """SELECT change_id, object, operation, count(*) AS rows FROM change_row
           WHERE change_id IN (SELECT value FROM json_each(?))
           GROUP BY change_id, object, operation ORDER BY min(id)""",
        [json.dumps(change_ids)],
    )
    counted: dict[int, list[Row]] = {change_id: [] for change_id in change_ids}
    for row in rows:
        counted[row["change_id"]].append(row)
    return counted


def _containing(text: str) -> str:
    for sign in "!%_":
        text = text.replace(sign, f"!{sign}")
    return f"%{text}%"
