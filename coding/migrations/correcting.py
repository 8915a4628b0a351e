"""Tables of corrections: who made which version of a text, and the turns of earlier versions."""

from sqlite_utils import Database

from .first import migrations


@migrations()
def create_corrections(db: Database) -> None:
    db.execute("""
        CREATE TABLE correction (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            transcript_id INTEGER NOT NULL REFERENCES transcript(id) ON DELETE CASCADE,
            version INTEGER NOT NULL CHECK (version > 1),
            coder_id INTEGER NOT NULL REFERENCES coder(id),
            same INTEGER NOT NULL,
            changed INTEGER NOT NULL,
            lost INTEGER NOT NULL,
            made_at TEXT NOT NULL,
            UNIQUE (transcript_id, version)
        ) STRICT""")
    # Not a reference to the turn: one that was joined to another is gone and known here still.
    db.execute("""
        CREATE TABLE earlier_turn (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            transcript_id INTEGER NOT NULL REFERENCES transcript(id) ON DELETE CASCADE,
            version INTEGER NOT NULL,
            turn_number INTEGER NOT NULL,
            position INTEGER NOT NULL,
            start INTEGER NOT NULL CHECK (start >= 0),
            speech_start INTEGER NOT NULL CHECK (speech_start >= start),
            end INTEGER NOT NULL CHECK (end >= speech_start),
            speaker_id INTEGER REFERENCES speaker(id) ON DELETE SET NULL,
            issue_id INTEGER REFERENCES issue(id) ON DELETE SET NULL,
            time TEXT,
            UNIQUE (transcript_id, version, position)
        ) STRICT""")
    db.execute("CREATE INDEX earlier_turn_by_speaker ON earlier_turn (speaker_id)")
    db.execute("CREATE INDEX earlier_turn_by_issue ON earlier_turn (issue_id)")
