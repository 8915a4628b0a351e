"""The table of the study's own names: places, groups and people that somebody listed."""

from sqlite_utils import Database

from .first import migrations


@migrations()
def create_gazetteer(db: Database) -> None:
    db.execute("""
        CREATE TABLE gazetteer_entry (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE COLLATE NOCASE,
            kind TEXT NOT NULL CHECK (kind IN ('PLACE', 'GROUP', 'PERSON')),
            added_at TEXT NOT NULL
        ) STRICT""")
