"""Tables of the numbers. Responses live in one wide strict table a wave, made at import."""

from sqlite_utils import Database, Migrations

migrations = Migrations("analysis")


@migrations()
def create_allocation(db: Database) -> None:
    db.execute("""
        CREATE TABLE allocation_receipt (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            wave_id INTEGER NOT NULL UNIQUE REFERENCES wave(id),
            frame_sha256 TEXT NOT NULL,
            within TEXT NOT NULL,
            arms TEXT NOT NULL,
            seed INTEGER NOT NULL,
            rule TEXT NOT NULL,
            respondents INTEGER NOT NULL,
            result_sha256 TEXT NOT NULL,
            allocated_on TEXT NOT NULL,
            made_at TEXT NOT NULL
        ) STRICT""")
    db.execute("""
        CREATE TABLE allocation (
            id INTEGER PRIMARY KEY,
            receipt_id INTEGER NOT NULL REFERENCES allocation_receipt(id) ON DELETE CASCADE,
            respondent TEXT NOT NULL,
            area_id INTEGER REFERENCES area(id),
            block TEXT NOT NULL,
            arm TEXT NOT NULL,
            UNIQUE (receipt_id, respondent)
        ) STRICT""")


@migrations()
def create_responses(db: Database) -> None:
    # A wave's answers stand in a table response_<import id>, one row a respondent; this row names
    # it and says how the file was read. Only a row in state 'complete' is ever shown.
    db.execute("""
        CREATE TABLE survey_import (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            wave_id INTEGER NOT NULL REFERENCES wave(id),
            state TEXT NOT NULL CHECK (state IN ('importing', 'complete')),
            file_name TEXT NOT NULL,
            file_sha256 TEXT NOT NULL,
            mapping TEXT NOT NULL,
            rows INTEGER NOT NULL,
            report TEXT NOT NULL,
            imported_at TEXT NOT NULL
        ) STRICT""")
    db.execute(
        "CREATE UNIQUE INDEX one_import_a_wave ON survey_import (wave_id) WHERE state = 'complete'"
    )
    db.execute("""
        CREATE TABLE outcome (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            import_id INTEGER NOT NULL REFERENCES survey_import(id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            key TEXT NOT NULL,
            source_column TEXT NOT NULL,
            issue_id INTEGER REFERENCES issue(id),
            measure TEXT NOT NULL,
            scale TEXT NOT NULL
                CHECK (scale IN ('binary', 'ordinal', 'count', 'hours', 'continuous')),
            asked TEXT NOT NULL CHECK (asked IN ('before', 'after')),
            refers_to TEXT NOT NULL CHECK (refers_to IN ('past', 'present', 'future')),
            UNIQUE (import_id, key)
        ) STRICT""")
