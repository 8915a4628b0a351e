"""Bring back what a change deleted, whoever deleted it, as a new change."""

import json
from typing import Any

from sqlite_utils import Database

from coding.codings import check_passage
from coding.errors import BadInput, Conflict

from .object_words import kind_word, names_of, row_name
from .sqlite import sqlite3

Row = dict[str, Any]
Key = tuple[str, int]


class Missing(BadInput):
    """Something it belonged to is deleted too; `change_id` is the change that deleted that."""

    def __init__(self, message: str, change_id: int | None) -> None:
        super().__init__(message)
        self.change_id = change_id


def deletions(db: Database, change_ids: list[int]) -> dict[int, list[str]]:
    """Name what each change deleted that can be brought back and has not come back since."""
    rows = db.execute(
        """SELECT r.change_id, r.object, p.before FROM change_row r
           JOIN change_payload p ON p.change_row_id = r.id
           WHERE r.change_id IN (SELECT value FROM json_each(?)) AND r.operation = 'delete'
               AND r.object IN ('code', 'transcript', 'story') AND p.before IS NOT NULL
               AND r.id = (SELECT max(id) FROM change_row
                   WHERE object = r.object AND object_id = r.object_id)
           ORDER BY r.id DESC""",
        [json.dumps(change_ids)],
    ).fetchall()
    named: dict[int, list[str]] = {}
    for change_id, table, before in rows:
        told = f"{kind_word(table)} “{row_name(json.loads(before))}”"
        named.setdefault(change_id, []).append(told)
    return named


def restore(db: Database, change_id: int) -> int:
    """Put back every row the change deleted; returns how many codings were left out.

    A coding is left out where its transcript says something else by now. Raises Missing where
    something the rows belonged to is gone, and BadInput where their name is taken.
    """
    rows = _deleted(db, change_id)
    if not rows:
        raise BadInput("Everything this change deleted is there already.")
    db.execute("PRAGMA defer_foreign_keys=ON")
    left: set[Key] = set()
    transcripts = {key for key in rows if key[0] == "transcript"}
    for key, row in rows.items():
        owners = _owners(db, key[0], row)
        if owners & left:
            left.add(key)
            continue
        _check_there(db, key, row, owners - rows.keys())
        if key[0] == "coding" and owners.isdisjoint(transcripts) and not _stands(db, row):
            left.add(key)
        else:
            _insert(db, key[0], row)
    return sum(table == "coding" for table, _ in left)


def _deleted(db: Database, change_id: int) -> dict[Key, Row]:
    """Return the rows, owners before what they own, since deletes cascade upwards."""
    found = db.execute(
        """SELECT object, object_id, before FROM change_row r
           JOIN change_payload p ON p.change_row_id = r.id
           WHERE change_id = ? AND operation = 'delete' AND before IS NOT NULL
               AND NOT EXISTS (SELECT 1 FROM change_row n WHERE n.object = r.object
                   AND n.object_id = r.object_id AND n.id > r.id)
           ORDER BY r.id DESC""",
        [change_id],
    ).fetchall()
    return {(table, row_id): json.loads(before) for table, row_id, before in found}


def _owners(db: Database, table: str, row: Row) -> set[Key]:
    references = [(str(key.column), key.other_table) for key in db.table(table).foreign_keys]
    return {(other, row[column]) for column, other in references if row.get(column) is not None}


def _check_there(db: Database, key: Key, row: Row, owners: set[Key]) -> None:
    for other, row_id in sorted(owners):
        if db.table(other).count_where("id = ?", [row_id]):
            continue
        name = names_of(db, [(other, row_id)])[other, row_id]
        raise Missing(
            f"The {kind_word(key[0])} “{row_name(row)}” belonged to the "
            f"{kind_word(other)} “{name}”, which was deleted too; bring that back first.",
            _deleted_by(db, other, row_id),
        )


def _deleted_by(db: Database, table: str, row_id: int) -> int | None:
    found = db.execute(
        """SELECT max(change_id) FROM change_row
           WHERE object = ? AND object_id = ? AND operation = 'delete'""",
        [table, row_id],
    ).fetchone()
    return int(found[0]) if found[0] else None


def _stands(db: Database, row: Row) -> bool:
    try:
        check_passage(db, row["transcript_id"], row["start"], row["end"], row["quote"])
    except (BadInput, Conflict):
        return False
    return True


def _insert(db: Database, table: str, row: Row) -> None:
    try:
        db.table(table).insert(row)
    except sqlite3.IntegrityError as error:
        raise BadInput(
            f"There is another {kind_word(table)} “{row_name(row)}” at this place now; "
            "rename that one, then bring this one back."
        ) from error
