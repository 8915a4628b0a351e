"""Tables of hidden names: what stands in their place, never what stood there before.

The names themselves are in the key, a file of its own (`coding/pseudonyms/key_file.py`).
"""

from sqlite_utils import Database

from .first import migrations


@migrations()
def create_pseudonyms(db: Database) -> None:
    db.execute("""
        CREATE TABLE pseudonym (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            pseudonym TEXT NOT NULL COLLATE NOCASE UNIQUE,
            kind TEXT NOT NULL,
            hidden_at TEXT NOT NULL
        ) STRICT""")
    # Where the words of a change held a name, the history was sealed anew from there to there.
    db.execute("""
        CREATE TABLE pseudonymisation (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            coder_id INTEGER NOT NULL REFERENCES coder(id),
            names INTEGER NOT NULL,
            places INTEGER NOT NULL,
            blanked INTEGER NOT NULL,
            resealed_from INTEGER,
            resealed_to INTEGER,
            before_sha256 TEXT,
            made_at TEXT NOT NULL,
            CHECK ((resealed_from IS NULL) = (resealed_to IS NULL)),
            CHECK ((resealed_from IS NULL) = (before_sha256 IS NULL))
        ) STRICT""")
    db.execute("""
        CREATE TABLE key_use (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            use TEXT NOT NULL CHECK (use IN ('revealed', 'exported', 'deleted', 'brought back')),
            pseudonym_id INTEGER REFERENCES pseudonym(id),
            coder_id INTEGER NOT NULL REFERENCES coder(id),
            used_at TEXT NOT NULL,
            CHECK ((use = 'revealed') = (pseudonym_id IS NOT NULL))
        ) STRICT""")
    # Until the file is rewritten, its free pages may still hold what was taken out.
    db.execute("CREATE TABLE erasing (only INTEGER PRIMARY KEY CHECK (only = 1)) STRICT")
