"""Every change before and after, written by row triggers so that no function can forget it."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from string import Template
from typing import Any

from sqlite_utils import Database

from coding.checks import CONTROL
from coding.codebook_closing import check_open
from coding.errors import BadInput

Row = dict[str, Any]
LONGEST_ACTION = 300
FROZEN = {"code", "coding"}  # while the coding is frozen, whoever writes and however
ARCHIVED = (
    "This study is archived, so nothing in it can be changed; bring it back in its settings first."
)

# Bulk tables whose whole content is named by a recorded hash, and the history itself.
UNRECORDED = {"change", "change_row", "change_payload", "answered_request", "allocation"}

_TRIGGER = Template("""
CREATE TRIGGER "history_${table}_${operation}" AFTER ${operation} ON "${table}" BEGIN
    SELECT RAISE(ABORT, 'a change to ${table} was made outside of writing()')
    WHERE coalesce((SELECT hash IS NOT NULL FROM change ORDER BY id DESC LIMIT 1), 1);
    INSERT INTO change_row (change_id, object, object_id, operation)
    VALUES ((SELECT max(id) FROM change), '${table}', ${row}.id, '${operation}');
    INSERT INTO change_payload (change_row_id, salt, before, after)
    VALUES (last_insert_rowid(), randomblob(16), ${before}, ${after});
END""")

OPERATIONS = ("insert", "update", "delete")
_APPEND_ONLY = {
    "change_sealed_update": "BEFORE UPDATE ON change WHEN old.hash IS NOT NULL",
    "change_sealed_delete": "BEFORE DELETE ON change WHEN old.hash IS NOT NULL",
    "change_row_sealed_update": "BEFORE UPDATE ON change_row WHEN old.digest IS NOT NULL",
    "change_row_kept": "BEFORE DELETE ON change_row",
    "change_payload_fixed": "BEFORE UPDATE ON change_payload"
    " WHEN new.before IS NOT NULL OR new.after IS NOT NULL",
    "change_payload_kept": "BEFORE DELETE ON change_payload",
}


def recorded_tables(db: Database) -> list[str]:
    """List the tables whose rows people edit."""
    return sorted(
        name
        for name in db.table_names()
        if name not in UNRECORDED
        and not name.startswith(("sqlite_", "_", "response_"))
        and "id" in db.table(name).columns_dict
    )


def trigger_names(tables: Iterable[str]) -> set[str]:
    """Name the triggers that stand on these tables in a study file."""
    rows = {f"history_{table}_{what}" for table in tables for what in OPERATIONS}
    return rows | set(_APPEND_ONLY)


def install(db: Database) -> None:
    """Write the triggers anew; a transformed table has lost its own."""
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        db.execute(f'DROP TRIGGER "{name}"')
    for sql in _triggers(db).values():
        db.execute(sql)


def missing_triggers(db: Database) -> list[str]:
    """Name the triggers that are not there, or not as they were written."""
    found = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    there = dict(found)
    return [name for name, sql in _triggers(db).items() if there.get(name) != sql]


def _triggers(db: Database) -> dict[str, str]:
    refuse = "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
    guards = {name: f"CREATE TRIGGER {name} {on} {refuse}" for name, on in _APPEND_ONLY.items()}
    for table in recorded_tables(db):
        guards |= _recorders(db, table)
    return guards


def _recorders(db: Database, table: str) -> dict[str, str]:
    columns = list(db.table(table).columns_dict)

    def as_json(row: str) -> str:
        return "json_object(" + ", ".join(f"'{c}', {row}.\"{c}\"" for c in columns) + ")"

    sides = {
        "insert": ("new", "NULL", as_json("new")),
        "update": ("new", as_json("old"), as_json("new")),
        "delete": ("old", as_json("old"), "NULL"),
    }
    return {
        f"history_{table}_{operation}": _TRIGGER.substitute(
            table=table, operation=operation, row=row, before=before, after=after
        ).strip()
        for operation, (row, before, after) in sides.items()
    }


@contextmanager
def recording(db: Database, actor: str, action: str, *, kind: str = "do") -> Iterator[int]:
    """Open a change inside the caller's transaction and seal it; yields its number.

    `kind="fixed"` marks a change that undo passes over (an import, an allocation).
    """
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    cursor = db.execute(
        "INSERT INTO change (at, actor, action, kind) VALUES (?, ?, ?, ?)",
        [at, actor, _clean(action), kind],
    )
    change_id = int(cursor.lastrowid or 0)
    yield change_id
    _seal(db, change_id)


def _clean(action: str) -> str:
    """Keep of an action's words what can be stored: they hold a name before it is checked."""
    return CONTROL.sub(" ", action)[:LONGEST_ACTION]


def _seal(db: Database, change_id: int) -> None:
    rows = db.execute(
        "SELECT r.id, object, object_id, operation, digest, salt, before, after FROM change_row r"
        " JOIN change_payload p ON p.change_row_id = r.id WHERE r.change_id = ? ORDER BY r.id",
        [change_id],
    ).fetchall()
    if not rows:  # nothing was changed, so there is nothing to remember
        db.execute("DELETE FROM change WHERE id = ?", [change_id])
        return
    _refuse_archived(db, rows)
    if any(row[1] in FROZEN for row in rows) and _is_frozen(db):
        raise BadInput("The coding is frozen; an owner can lift the freeze in the settings.")
    if any(row[1] == "code" for row in rows):  # undo and what comes back write rows themselves
        check_open(db)
    marked = [(payload_digest(*row[5:]), row[0]) for row in rows]
    db.conn.executemany("UPDATE change_row SET digest = ? WHERE id = ?", marked)
    previous = db.execute(
        "SELECT hash FROM change WHERE id < ? ORDER BY id DESC LIMIT 1", [change_id]
    ).fetchone()
    facts = db.execute(
        "SELECT id, at, actor, action, kind, target_id FROM change WHERE id = ?", [change_id]
    ).fetchone()
    objects = [(*row[1:4], digest) for row, (digest, _) in zip(rows, marked, strict=True)]
    sealed = link(previous[0] if previous else "", facts, objects)
    db.execute("UPDATE change SET hash = ? WHERE id = ?", [sealed, change_id])


def _is_frozen(db: Database) -> bool:
    found = db.execute("SELECT 1 FROM freeze WHERE lifted_at IS NULL").fetchone()
    return found is not None


def check_not_archived(db: Database) -> None:
    """Raise BadInput in an archived study, for work whose tables are not recorded."""
    if db.execute("SELECT archived_at FROM study").fetchone()[0]:
        raise BadInput(ARCHIVED)


def _refuse_archived(db: Database, rows: list[tuple[Any, ...]]) -> None:
    """Let an archived study take one change only, that of being archived or brought back."""
    archived = db.execute("SELECT archived_at FROM study").fetchone()[0]
    before = [json.loads(row[6] or "{}") for row in rows if archived and row[1] == "study"]
    if archived and all(row.get("archived_at") == archived for row in before):
        raise BadInput(ARCHIVED)


def payload_digest(salt: bytes, before: str | None, after: str | None) -> str:
    """Digest a row before and after; the salt keeps a blanked one from being guessed."""
    return hashlib.sha256(salt + json.dumps([before, after]).encode()).hexdigest()


def link(previous: str, facts: tuple[Any, ...], objects: list[tuple[Any, ...]]) -> str:
    """Hash a change, its rows and their digests onto the hash of the change before."""
    return hashlib.sha256(json.dumps([previous, facts, objects]).encode()).hexdigest()


def changes_since(db: Database, since: int, limit: int = 500) -> list[Row]:
    """List the rows changed after change `since`, oldest first."""
    return list(
        db.query(
            "SELECT c.id AS change, c.at, c.actor, c.action, r.object, r.object_id, r.operation,"
            " p.before, p.after FROM change c JOIN change_row r ON r.change_id = c.id"
            " JOIN change_payload p ON p.change_row_id = r.id"
            " WHERE c.id > ? AND c.hash IS NOT NULL ORDER BY r.id LIMIT ?",
            [since, limit],
        )
    )
