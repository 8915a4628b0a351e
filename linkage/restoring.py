"""Bring back what a change deleted, whoever deleted it, as a new change."""

import json
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from coding.errors import BadInput
from coding.transcripts import text

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
               AND NOT EXISTS (SELECT 1 FROM change_row b JOIN change_payload q
                   ON q.change_row_id = b.id WHERE b.change_id = r.change_id
                   AND b.operation = 'delete' AND q.before IS NULL)
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
    _check_kept(db, change_id)
    rows = _deleted(db, change_id)
    if not rows:
        raise BadInput("Everything this change deleted is there already.")
    db.execute("PRAGMA defer_foreign_keys=ON")
    return _Return(db, rows).run()


def _check_kept(db: Database, change_id: int) -> None:
    gone = db.execute(
        """SELECT 1 FROM change_row r JOIN change_payload p ON p.change_row_id = r.id
           WHERE r.change_id = ? AND r.operation = 'delete' AND p.before IS NULL""",
        [change_id],
    ).fetchone()
    if gone:
        raise BadInput(
            "Part of what this change deleted was taken out of the history when names were "
            "hidden, so it cannot be brought back."
        )


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


@dataclass
class _Return:
    """Rows on their way back; what thousands of them ask for is looked up once."""

    db: Database
    rows: dict[Key, Row]
    left: set[Key] = field(default_factory=set)
    references: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    there: set[Key] = field(default_factory=set)
    texts: dict[int, str] = field(default_factory=dict)

    def run(self) -> int:
        for key, row in self.rows.items():
            owners = self.owners(key[0], row)
            if owners & self.left or (key[0] == "coding" and not self.stands(row)):
                self.left.add(key)
                continue
            for owner in sorted(owners - self.rows.keys()):
                self.check_there(key, row, owner)
            self.insert(key[0], row)
        return sum(table == "coding" for table, _ in self.left)

    def owners(self, table: str, row: Row) -> set[Key]:
        if table not in self.references:
            keys = self.db.table(table).foreign_keys
            self.references[table] = [(str(key.column), key.other_table) for key in keys]
        columns = self.references[table]
        return {(other, row[column]) for column, other in columns if row.get(column) is not None}

    def check_there(self, key: Key, row: Row, owner: Key) -> None:
        if owner in self.there:
            return
        if not self.db.table(owner[0]).count_where("id = ?", [owner[1]]):
            name = names_of(self.db, [owner])[owner]
            raise Missing(
                f"The {kind_word(key[0])} “{row_name(row)}” belonged to the "
                f"{kind_word(owner[0])} “{name}”, which was deleted too; bring that back first.",
                _deleted_by(self.db, owner),
            )
        self.there.add(owner)

    def stands(self, row: Row) -> bool:
        """Say whether the transcript still has the quote; one that comes back too has it."""
        where = row["transcript_id"]
        if ("transcript", where) in self.rows or not self.db.table("transcript").count_where(
            "id = ?", [where]
        ):
            return True
        if where not in self.texts:
            self.texts[where] = text(self.db, where)
        return bool(self.texts[where][row["start"] : row["end"]] == row["quote"])

    def insert(self, table: str, row: Row) -> None:
        try:
            self.db.table(table).insert(row)
        except sqlite3.IntegrityError as error:
            raise BadInput(
                f"There is another {kind_word(table)} “{row_name(row)}” at this place now; "
                "rename that one, then bring this one back."
            ) from error


def _deleted_by(db: Database, key: Key) -> int | None:
    found = db.execute(
        """SELECT max(change_id) FROM change_row
           WHERE object = ? AND object_id = ? AND operation = 'delete'""",
        key,
    ).fetchone()
    return int(found[0]) if found[0] else None
