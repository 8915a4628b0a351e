"""Tables of people: one person in several groups, what is recorded of speakers, their memos."""

from sqlite_utils import Database

from .first import migrations


@migrations()
def create_people(db: Database) -> None:
    # Who came to several groups is a speaker of each, and one person.
    db.execute("CREATE TABLE person (id INTEGER PRIMARY KEY AUTOINCREMENT) STRICT")
    db.execute("ALTER TABLE speaker ADD COLUMN person_id INTEGER REFERENCES person(id)")
    db.execute("""
        CREATE TABLE attribute (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL COLLATE NOCASE UNIQUE,
            kind TEXT NOT NULL CHECK (kind IN ('text', 'number', 'date', 'choice')),
            levels TEXT NOT NULL DEFAULT '',
            position INTEGER NOT NULL DEFAULT 0
        ) STRICT""")
    db.execute("""
        CREATE TABLE consent_rule (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            unrecorded TEXT NOT NULL CHECK (unrecorded IN ('once kept', 'out', 'in'))
        ) STRICT""")


@migrations()
def widen_memos(db: Database) -> None:
    db.execute("""
        ALTER TABLE memo ADD COLUMN speaker_id INTEGER REFERENCES speaker(id) ON DELETE CASCADE
        CHECK (speaker_id IS NULL
            OR (transcript_id IS NULL AND code_id IS NULL AND coding_id IS NULL))""")
    db.execute("ALTER TABLE memo ADD COLUMN title TEXT")
    db.execute("""
        ALTER TABLE memo ADD COLUMN type TEXT
        CHECK (type IN ('theoretical', 'methodological', 'reflexive'))""")
