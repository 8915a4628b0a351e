"""Is a study file whole? SQLite's own checks, references, codes, the history, every quote."""

from sqlite_utils import Database

from analysis.answered import areas_answered
from coding.codebook import looped_codes

from .history import verify

QUOTES = """
    SELECT 'coding' AS what, c.id, c.start, c.end, c.quote, x.text FROM coding c
    JOIN transcript t ON t.id = c.transcript_id
    JOIN transcript_text x ON x.transcript_id = t.id AND x.version = t.text_version
    UNION ALL
    SELECT 'story quote', q.id, q.start, q.end, q.quote, x.text FROM story_quote q
    JOIN transcript t ON t.id = q.transcript_id
    JOIN transcript_text x ON x.transcript_id = t.id AND x.version = t.text_version
"""


def check_study(db: Database) -> list[str]:
    """Return a sentence for each thing that is wrong; none when all is well."""
    checks = (_integrity, _references, _answers, _nesting, verify, _quotes)
    return [sentence for check in checks for sentence in check(db)]


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


def _quotes(db: Database) -> list[str]:
    return [
        f"The quote of {what} {row_id} is not what its transcript says at {start}–{end}."
        for what, row_id, start, end, quote, text in db.execute(QUOTES).fetchall()
        if text[start:end] != quote
    ]
