"""Whether what was copied holds together, beyond what SQLite itself can check."""

import json
from typing import Any

from sqlite_utils import Database

from coding.codebook import codebook
from coding.errors import BadInput
from coding.transcripts import are_whole

from ..history import recorded_tables
from .values import check_value

RECORDED = """
    SELECT r.id, r.object, p.before, p.after FROM change_payload p
    JOIN change_row r ON r.id = p.change_row_id
"""
NOBODY = "“{}” has a row {:,} in its history that Coproduce would not write; it was not opened."


def check_sense(db: Database, name: str) -> None:
    """Raise BadInput where pages could not show what was copied, or undo could not trust it."""
    if len(codebook(db)) != db.table("code").count:
        raise BadInput(f"“{name}” has codes nested in a circle; it was not opened.")
    _check_history(db, name)


def check_texts(db: Database, name: str) -> None:
    """Raise BadInput where turns do not stand in their texts, once the file is up to date."""
    if not are_whole(db):
        raise BadInput(f"“{name}” has transcripts whose turns do not stand in their texts.")


def _check_history(db: Database, name: str) -> None:
    # Undo writes these values back, so they must be such as may stand in their tables.
    columns = {table: set(db.table(table).columns_dict) for table in recorded_tables(db)}
    for number, table, *sides in db.execute(RECORDED):
        if table not in columns or not all(_fits(table, columns[table], side) for side in sides):
            raise BadInput(NOBODY.format(name, number))


def _fits(table: str, columns: set[str], side: Any) -> bool:
    if side is None:
        return True
    try:
        found = json.loads(side)
    except (TypeError, ValueError, RecursionError):
        return False
    return (
        isinstance(found, dict)
        and found.keys() <= columns
        and all(check_value(table, column, value) for column, value in found.items())
    )


def raise_numbers(db: Database) -> None:
    """Let no new row take the number of one that only the history still knows."""
    rows = db.execute("SELECT object, max(object_id) FROM change_row GROUP BY object").fetchall()
    known = {name for (name,) in db.execute("SELECT name FROM sqlite_sequence").fetchall()}
    for table, last in rows:
        if table in known:
            db.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", [last, table])
        else:
            db.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", [table, last])
