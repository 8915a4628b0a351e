"""The codebook as it was after a change: the history of codes and codings, walked backwards."""

import json
from collections import Counter
from typing import Any

from sqlite_utils import Database

from coding.codebook import arrange
from coding.codebook import codebook as codebook_now

Row = dict[str, Any]


def codebook_at(db: Database, change_id: int) -> list[Row]:
    """List the codes as they were after a change, as `coding.codebook.codebook` lists them."""
    codes = {row["id"]: row for row in codebook_now(db)}
    counts = Counter({row["id"]: row["own_codings"] for row in codes.values()})
    for code_id, operation, before in _codes_since(db, change_id):
        if operation == "insert":
            codes.pop(code_id, None)
        elif before:  # an erased payload leaves the code as it is
            codes[code_id] = {**codes.get(code_id, {}), **json.loads(before)}
    for code_before, code_after in _codings_since(db, change_id):
        counts[code_after] -= 1
        counts[code_before] += 1
    rows = [{**row, "own_codings": counts[row["id"]]} for row in codes.values()]
    return arrange(sorted(rows, key=lambda row: (row["position"], row["id"])))


def _codes_since(db: Database, change_id: int) -> list[tuple[int, str, str | None]]:
    return db.execute(
        """SELECT r.object_id, r.operation, p.before FROM change_row r
           JOIN change_payload p ON p.change_row_id = r.id
           WHERE r.object = 'code' AND r.change_id > ? ORDER BY r.id DESC""",
        [change_id],
    ).fetchall()


def _codings_since(db: Database, change_id: int) -> list[tuple[int | None, int | None]]:
    return db.execute(
        # Of a coding that was taken out of the history, what it is now says of which code it is.
        """SELECT p.before ->> 'code_id', coalesce(p.after ->> 'code_id',
               CASE WHEN p.before IS NULL AND r.operation = 'insert' THEN
                   (SELECT code_id FROM coding WHERE id = r.object_id) END)
           FROM change_row r JOIN change_payload p ON p.change_row_id = r.id
           WHERE r.object = 'coding' AND r.change_id > ?""",
        [change_id],
    ).fetchall()
