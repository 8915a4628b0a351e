"""Passages that may tell a story, as last found; and those that somebody said tell none.

What was found is nobody's work and has no history; saying that a passage tells no story is, and
undo takes it back.
"""

from sqlite_utils import Database

from .first import migrations


@migrations()
def create_story_candidates(db: Database) -> None:
    db.execute("""
        CREATE TABLE story_search (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            key_sha256 TEXT NOT NULL,
            model TEXT NOT NULL,
            weights TEXT NOT NULL,
            quality TEXT NOT NULL,
            found_at TEXT NOT NULL
        ) STRICT""")
    db.execute("""
        CREATE TABLE story_candidate (
            transcript_id INTEGER NOT NULL REFERENCES transcript(id) ON DELETE CASCADE,
            start INTEGER NOT NULL CHECK (start >= 0),
            end INTEGER NOT NULL CHECK (end > start),
            issue_id INTEGER NOT NULL REFERENCES issue(id) ON DELETE CASCADE,
            rank INTEGER NOT NULL,
            score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
            cues TEXT NOT NULL,
            PRIMARY KEY (transcript_id, start, end)
        ) STRICT""")
    db.execute("""
        CREATE TABLE story_rejection (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            transcript_id INTEGER NOT NULL REFERENCES transcript(id) ON DELETE CASCADE,
            start INTEGER NOT NULL CHECK (start >= 0),
            end INTEGER NOT NULL CHECK (end > start),
            quote TEXT NOT NULL,
            coder_id INTEGER NOT NULL REFERENCES coder(id),
            rejected_at TEXT NOT NULL,
            UNIQUE (transcript_id, start, end)
        ) STRICT""")
