"""What has left the study, for later tables to be compared with."""

from sqlite_utils import Database

from .first import migrations


@migrations()
def create_releases(db: Database) -> None:
    db.execute("""
        CREATE TABLE release_rule (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            threshold INTEGER NOT NULL CHECK (threshold BETWEEN 2 AND 1000)
        ) STRICT""")
    db.execute("""
        CREATE TABLE release (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            what TEXT NOT NULL,
            title TEXT NOT NULL,
            form TEXT NOT NULL,
            rows INTEGER NOT NULL,
            cells INTEGER NOT NULL,
            hidden INTEGER NOT NULL,
            reasons TEXT NOT NULL,
            threshold INTEGER NOT NULL,
            table_sha256 TEXT NOT NULL,
            coder_id INTEGER NOT NULL REFERENCES coder(id),
            released_at TEXT NOT NULL,
            withdrawn_at TEXT,
            withdrawn_because TEXT NOT NULL DEFAULT ''
        ) STRICT""")
    # The cells as they left, none of them below the threshold; named by the hash in `release`, so
    # without a history of their own, and there once however often the table leaves.
    db.execute("""
        CREATE TABLE released_table (
            table_sha256 TEXT PRIMARY KEY,
            body TEXT NOT NULL
        ) STRICT""")
