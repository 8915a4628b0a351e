"""Move every row that marks words to where the words stand in a text whose edits are known."""

from collections.abc import Iterable, Mapping
from string import Template
from typing import Any

from sqlite_utils import Database

from coding.pseudonyms.replacing import Replaced

from .history import recorded_tables

Row = dict[str, Any]
PLACES = {"transcript_id", "start", "end"}
_MOVE = Template('UPDATE "$table" SET $columns WHERE id = ?')
AGREED = """
    SELECT p.*, a.transcript_id FROM agreed_passage p
    JOIN adjudication a ON a.id = p.adjudication_id
    """


def marking_tables(db: Database) -> list[str]:
    """List the tables whose rows mark words of a transcript."""
    tables = [t for t in recorded_tables(db) if db.table(t).columns_dict.keys() >= PLACES]
    return [*(t for t in tables if t != "earlier_turn"), "agreed_passage"]


def shift(db: Database, texts: Mapping[int, Replaced]) -> dict[str, int]:
    """Move the rows of these transcripts; returns how many of each table now say other words."""
    said: dict[str, int] = {}
    for table in marking_tables(db):
        rows = db.query(AGREED) if table == "agreed_passage" else db.table(table).rows
        moved = [_moved(row, texts) for row in list(rows) if row["transcript_id"] in texts]
        said[table] = sum(now.get("quote", "") != row.get("quote", "") for row, now in moved)
        _store(db, table, moved)
    return said


def _moved(row: Row, texts: Mapping[int, Replaced]) -> tuple[Row, Row]:
    new = texts[row["transcript_id"]]
    now: Row = {"start": new.start(row["start"]), "end": new.end(row["end"])}
    if "speech_start" in row:
        now["speech_start"] = new.start(row["speech_start"])
    if "quote" in row:
        now["quote"] = new.text[now["start"] : now["end"]]
    return row, now


def _store(db: Database, table: str, moved: Iterable[tuple[Row, Row]]) -> None:
    changed = [
        (row, now) for row, now in moved if any(row[column] != now[column] for column in now)
    ]
    # The order of passages stays, so whoever moves on goes last first, and whoever back first.
    on = [one for one in changed if _place(one[1]) > _place(one[0])]
    back = [one for one in changed if _place(one[1]) <= _place(one[0])]
    on.sort(key=lambda one: _place(one[0]), reverse=True)
    back.sort(key=lambda one: _place(one[0]))
    for row, now in (*on, *back):
        columns = ", ".join(f'"{column}" = ?' for column in now)
        sql = _MOVE.substitute(table=table, columns=columns)
        db.execute(sql, [*now.values(), row["id"]])


def _place(row: Row) -> tuple[int, int]:
    return row["start"], row["end"]
