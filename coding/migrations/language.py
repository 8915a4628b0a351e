"""The table of parsed transcripts: kept, never a person's work, so it has no history.

Without a column `id` no trigger records it; a study file from elsewhere brings none.
"""

from sqlite_utils import Database

from .first import migrations


@migrations()
def create_parsed_transcripts(db: Database) -> None:
    db.execute("""
        CREATE TABLE parsed_transcript (
            transcript_id INTEGER PRIMARY KEY REFERENCES transcript(id) ON DELETE CASCADE,
            key_sha256 TEXT NOT NULL,
            model TEXT NOT NULL,
            docs BLOB NOT NULL
        ) STRICT""")
