"""Tables of double coding: who finished what, which transcripts were drawn, what was decided."""

from sqlite_utils import Database

from .first import migrations


@migrations()
def create_double_coding(db: Database) -> None:
    # Without a row here, a coder without codings in a transcript is missing, not silent.
    db.execute("""
        CREATE TABLE finished_coding (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            transcript_id INTEGER NOT NULL REFERENCES transcript(id) ON DELETE CASCADE,
            coder_id INTEGER NOT NULL REFERENCES coder(id),
            finished_at TEXT NOT NULL,
            UNIQUE (transcript_id, coder_id)
        ) STRICT""")
    db.execute("""
        CREATE TABLE double_coding (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            transcript_id INTEGER NOT NULL UNIQUE REFERENCES transcript(id) ON DELETE CASCADE,
            seed INTEGER NOT NULL,
            coder_id INTEGER NOT NULL REFERENCES coder(id),
            chosen_at TEXT NOT NULL
        ) STRICT""")


@migrations()
def create_adjudications(db: Database) -> None:
    # A decision holds for the codings it was made on: their digest, free of where they stand.
    db.execute("""
        CREATE TABLE adjudication (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            transcript_id INTEGER NOT NULL REFERENCES transcript(id) ON DELETE CASCADE,
            code_id INTEGER NOT NULL REFERENCES code(id) ON DELETE CASCADE,
            start INTEGER NOT NULL CHECK (start >= 0),
            end INTEGER NOT NULL CHECK (end > start),
            seen_sha256 TEXT NOT NULL,
            decision TEXT NOT NULL CHECK (decision IN ('one', 'all', 'none', 'edited')),
            taken_id INTEGER REFERENCES coder(id),
            note TEXT NOT NULL DEFAULT '',
            coder_id INTEGER NOT NULL REFERENCES coder(id),
            decided_at TEXT NOT NULL,
            CHECK ((decision = 'one') = (taken_id IS NOT NULL)),
            UNIQUE (transcript_id, code_id, start, seen_sha256)
        ) STRICT""")
    db.execute("CREATE INDEX adjudication_by_code ON adjudication (code_id)")
    # Apart from the codings, so that no count takes an agreed passage for a coder's.
    db.execute("""
        CREATE TABLE agreed_passage (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            adjudication_id INTEGER NOT NULL REFERENCES adjudication(id) ON DELETE CASCADE,
            start INTEGER NOT NULL CHECK (start >= 0),
            end INTEGER NOT NULL CHECK (end > start),
            quote TEXT NOT NULL,
            coder_id INTEGER NOT NULL REFERENCES coder(id),
            UNIQUE (adjudication_id, start, end)
        ) STRICT""")
