"""Tables of code suggestions: open ones are made anew each time, decided ones are kept.

An open suggestion is nobody's work and has no history; a decision is somebody's, and is a row
that undo takes back, with what was suggested then: model, fit, probability and reasons.
"""

from sqlite_utils import Database

from .first import migrations


@migrations()
def create_suggestions(db: Database) -> None:
    # One fit at a time: which words and codings it learned from, by a digest, and how well.
    db.execute("""
        CREATE TABLE suggestion_fit (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            fit_sha256 TEXT NOT NULL,
            model TEXT NOT NULL,
            fitted_at TEXT NOT NULL,
            quality TEXT NOT NULL
        ) STRICT""")
    db.execute("""
        CREATE TABLE open_suggestion (
            transcript_id INTEGER NOT NULL REFERENCES transcript(id) ON DELETE CASCADE,
            code_id INTEGER NOT NULL REFERENCES code(id) ON DELETE CASCADE,
            start INTEGER NOT NULL CHECK (start >= 0),
            end INTEGER NOT NULL CHECK (end > start),
            probability REAL NOT NULL CHECK (probability BETWEEN 0 AND 1),
            reasons TEXT NOT NULL,
            PRIMARY KEY (transcript_id, start, end, code_id)
        ) STRICT""")
    db.execute("CREATE INDEX open_suggestion_by_code ON open_suggestion (code_id, probability)")
    db.execute("""
        CREATE TABLE suggestion_decision (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            transcript_id INTEGER NOT NULL REFERENCES transcript(id) ON DELETE CASCADE,
            code_id INTEGER NOT NULL REFERENCES code(id) ON DELETE CASCADE,
            start INTEGER NOT NULL CHECK (start >= 0),
            end INTEGER NOT NULL CHECK (end > start),
            quote TEXT NOT NULL,
            model TEXT NOT NULL,
            fit_sha256 TEXT NOT NULL,
            probability REAL NOT NULL CHECK (probability BETWEEN 0 AND 1),
            reasons TEXT NOT NULL,
            decision TEXT NOT NULL CHECK (decision IN ('accepted', 'rejected')),
            coding_id INTEGER REFERENCES coding(id) ON DELETE SET NULL,
            coder_id INTEGER NOT NULL REFERENCES coder(id),
            decided_at TEXT NOT NULL,
            UNIQUE (transcript_id, code_id, start, end)
        ) STRICT""")
    db.execute("CREATE INDEX suggestion_decision_by_code ON suggestion_decision (code_id)")
    db.execute("CREATE INDEX suggestion_decision_by_coding ON suggestion_decision (coding_id)")


@migrations()
def index_codings_by_code_and_place(db: Database) -> None:
    # Whether a code stands on some words already is asked of every open suggestion.
    db.execute('CREATE INDEX coding_by_place ON coding (transcript_id, code_id, start, "end")')
