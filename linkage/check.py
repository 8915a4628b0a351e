"""Is a study file whole? SQLite's own checks, references, codes, history, quotes, frozen plans."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from sqlite_utils import Database

from analysis.answered import areas_answered
from coding.codebook import looped_codes
from coding.transcripts import text

from .history import missing_triggers
from .plans import altered_plans
from .releases import damaged_tables
from .sqlite import sqlite3
from .verifying import Anchor, verify

QUOTES = """
    SELECT transcript_id, 'coding' AS what, id, start, "end", quote FROM coding
    UNION ALL
    SELECT transcript_id, 'story quote', id, start, "end", quote FROM story_quote
    ORDER BY 1, 2, 3
"""


def check_study(db: Database, anchors: Sequence[Anchor] = ()) -> list[str]:
    """Return a sentence for each thing that is wrong; none when all is well."""
    try:
        history = [*_triggers(db), *verify(db, anchors)]
        return [
            *_integrity(db),
            *_references(db),
            *_answers(db),
            *_nesting(db),
            *_released(db),
            *history,
            *_quotes(db),
            *altered_plans(db),
        ]
    except sqlite3.DatabaseError as error:
        return [f"The file cannot be read to its end: {error}."]


def _integrity(db: Database) -> list[str]:
    rows = [str(row[0]) for row in db.execute("PRAGMA integrity_check").fetchall()]
    return [] if rows == ["ok"] else [f"SQLite: {row}." for row in rows]


def _references(db: Database) -> list[str]:
    rows = db.execute("PRAGMA foreign_key_check").fetchall()
    return [f"{row[0]} {row[1]} refers to a {row[2]} that is not there." for row in rows]


def _answers(db: Database) -> list[str]:
    known = {row[0] for row in db.execute("SELECT id FROM area")}
    return [
        f"{table} holds answers of an area {area_id} that is not there."
        for table, found in areas_answered(db).items()
        for area_id in sorted(found - known)
    ]


def _nesting(db: Database) -> list[str]:
    return [f"The code “{row['name']}” is nested under itself." for row in looped_codes(db)]


def _released(db: Database) -> list[str]:
    return [
        f"The table {digest[:8]}… that left is missing or not what its hash says."
        for digest in damaged_tables(db)
    ]


def _triggers(db: Database) -> list[str]:
    missing = missing_triggers(db)
    if not missing:
        return []
    named = ", ".join(missing[:3]) + (" and others" if len(missing) > 3 else "")
    return [f"Changes are no longer recorded as they should be: {named} were altered or removed."]


def _quotes(db: Database) -> list[str]:
    problems: list[str] = []
    quotes = db.execute(QUOTES).fetchall()
    for transcript_id, rows in groupby(quotes, key=itemgetter(0)):
        whole = text(db, transcript_id)
        problems += [
            f"The quote of {what} {row_id} is not what its transcript says at {start}–{end}."
            for _, what, row_id, start, end, quote in rows
            if whole[start:end] != quote
        ]
    return problems
