"""Topics found, which are kept until words change; topics dismissed, which are somebody's work."""

from sqlite_utils import Database

from .first import migrations


@migrations()
def create_topics(db: Database) -> None:
    # Nobody's work: no column `id`, so no history. `only_area` 0 is all areas; it is no foreign
    # key, so that what was found of all areas is hidden from who sees some.
    db.execute("""
        CREATE TABLE topics_found (
            key_sha256 TEXT PRIMARY KEY,
            serial INTEGER NOT NULL,
            only_area INTEGER NOT NULL,
            asked TEXT NOT NULL,
            model TEXT NOT NULL,
            codes_sha256 TEXT NOT NULL,
            found_at TEXT NOT NULL,
            found TEXT NOT NULL
        ) STRICT""")
    db.execute("""
        CREATE TABLE topic_dismissal (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            only_area INTEGER NOT NULL,
            name TEXT NOT NULL,
            coder_id INTEGER NOT NULL REFERENCES coder(id),
            dismissed_at TEXT NOT NULL
        ) STRICT""")
