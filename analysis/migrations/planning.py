"""What was planned for a wave before its results, and who has seen them since when."""

from sqlite_utils import Database

from .first import migrations


@migrations()
def create_plans(db: Database) -> None:
    # The body is canonical JSON; frozen, it has a hash and never changes. An amendment is a new
    # version with a reason. What freezing found is kept: since when the wave had answers, and
    # since when somebody had seen its results.
    db.execute("""
        CREATE TABLE plan (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            wave_id INTEGER NOT NULL REFERENCES wave(id),
            version INTEGER NOT NULL,
            body TEXT NOT NULL,
            reason TEXT NOT NULL DEFAULT '',
            revision INTEGER NOT NULL DEFAULT 1,
            plan_sha256 TEXT,
            frozen_at TEXT,
            frozen_by INTEGER REFERENCES coder(id),
            answered_at TEXT,
            results_seen_at TEXT,
            created_at TEXT NOT NULL,
            UNIQUE (wave_id, version)
        ) STRICT""")
    db.execute("""
        CREATE TABLE result_seen (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            wave_id INTEGER NOT NULL REFERENCES wave(id),
            coder_id INTEGER NOT NULL REFERENCES coder(id),
            what TEXT NOT NULL,
            seen_at TEXT NOT NULL,
            UNIQUE (wave_id, coder_id, what)
        ) STRICT""")
