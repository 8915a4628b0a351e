"""Answers over waves: what items mean, why answers are missing, earlier imports, group members."""

from sqlite_utils import Database

from .first import migrations


@migrations()
def describe_items(db: Database) -> None:
    db.execute("ALTER TABLE survey_import ADD COLUMN imported_by TEXT")
    # Labels are a list of pairs in JSON: JSON's own objects would make texts of numbers.
    db.execute("""
        CREATE TABLE survey_item (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            import_id INTEGER NOT NULL REFERENCES survey_import(id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            key TEXT NOT NULL,
            question TEXT NOT NULL,
            labels TEXT NOT NULL,
            UNIQUE (import_id, key)
        ) STRICT""")
    # Counts by area, so that who sees some areas counts these only. They come from the file that
    # the import's hash names, and have no history.
    db.execute("""
        CREATE TABLE missing_answer (
            import_id INTEGER NOT NULL REFERENCES survey_import(id) ON DELETE CASCADE,
            key TEXT NOT NULL,
            area_id INTEGER NOT NULL REFERENCES area(id),
            code TEXT NOT NULL,
            label TEXT NOT NULL,
            respondents INTEGER NOT NULL,
            PRIMARY KEY (import_id, key, area_id, code, label)
        ) STRICT""")


@migrations()
def keep_earlier_imports(db: Database) -> None:
    db.execute("""
        CREATE TABLE replaced_import (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            wave_id INTEGER NOT NULL REFERENCES wave(id),
            file_name TEXT NOT NULL,
            file_sha256 TEXT NOT NULL,
            mapping TEXT NOT NULL,
            rows INTEGER NOT NULL,
            imported_at TEXT NOT NULL,
            imported_by TEXT,
            replaced_at TEXT NOT NULL,
            replaced_by TEXT,
            difference TEXT NOT NULL
        ) STRICT""")


@migrations()
def mark_group_members(db: Database) -> None:
    # Without a column `id` there is no row history, which everybody may read: this list is
    # restricted. What was removed stays, with its day, and can be brought back.
    db.execute("""
        CREATE TABLE group_member (
            respondent TEXT PRIMARY KEY,
            added_at TEXT NOT NULL,
            added_by TEXT,
            removed_at TEXT
        ) STRICT""")
