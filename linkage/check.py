"""Is a study file whole? SQLite's own checks, references, the history's chain, every quote."""

from collections.abc import Sequence

from sqlite_utils import Database

from .history import missing_triggers
from .sqlite import sqlite3
from .verifying import Anchor, verify

QUOTES = """
    SELECT 'coding' AS what, c.id, c.start, c.end, c.quote, x.text FROM coding c
    JOIN transcript t ON t.id = c.transcript_id
    JOIN transcript_text x ON x.transcript_id = t.id AND x.version = t.text_version
    UNION ALL
    SELECT 'story quote', q.id, q.start, q.end, q.quote, x.text FROM story_quote q
    JOIN transcript t ON t.id = q.transcript_id
    JOIN transcript_text x ON x.transcript_id = t.id AND x.version = t.text_version
"""


def check_study(db: Database, anchors: Sequence[Anchor] = ()) -> list[str]:
    """Return a sentence for each thing that is wrong; none when all is well."""
    try:
        history = [*_triggers(db), *verify(db, anchors)]
        return [*_integrity(db), *_references(db), *history, *_quotes(db)]
    except sqlite3.DatabaseError as error:
        return [f"The file cannot be read to its end: {error}."]


def _integrity(db: Database) -> list[str]:
    rows = [str(row[0]) for row in db.execute("PRAGMA integrity_check").fetchall()]
    return [] if rows == ["ok"] else [f"SQLite: {row}." for row in rows]


def _references(db: Database) -> list[str]:
    rows = db.execute("PRAGMA foreign_key_check").fetchall()
    return [f"{row[0]} {row[1]} refers to a {row[2]} that is not there." for row in rows]


def _triggers(db: Database) -> list[str]:
    missing = missing_triggers(db)
    if not missing:
        return []
    named = ", ".join(missing[:3]) + (" and others" if len(missing) > 3 else "")
    return [f"Changes are no longer recorded as they should be: {named} were altered or removed."]


def _quotes(db: Database) -> list[str]:
    return [
        f"The quote of {what} {row_id} is not what its transcript says at {start}–{end}."
        for what, row_id, start, end, quote, text in db.execute(QUOTES).fetchall()
        if text[start:end] != quote
    ]
