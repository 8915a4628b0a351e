"""Figures of time that a message used."""

from sqlite_utils import Database

from .first import migrations


@migrations()
def create_time_use_figures(db: Database) -> None:
    # Each version of a message holds its own figures, as they were when it was written.
    db.execute("""
        CREATE TABLE time_use_figure (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            message_version_id INTEGER NOT NULL REFERENCES message_version(id) ON DELETE CASCADE,
            kind TEXT NOT NULL CHECK (kind IN ('answers', 'external')),
            wave_id INTEGER REFERENCES wave(id),
            area_id INTEGER REFERENCES area(id),
            issue_id INTEGER REFERENCES issue(id),
            given TEXT NOT NULL CHECK (given IN ('alone', 'with others', 'alone and with others')),
            statistic TEXT NOT NULL
                CHECK (statistic IN ('mean', 'trimmed mean', 'median', 'any')),
            value REAL NOT NULL CHECK (value >= 0),
            ci_low REAL,
            ci_high REAL,
            base INTEGER CHECK (base >= 0),
            weighted INTEGER NOT NULL DEFAULT 0 CHECK (weighted IN (0, 1)),
            period TEXT NOT NULL CHECK (period IN ('week', 'month', 'year')),
            shown TEXT NOT NULL,
            rounding TEXT NOT NULL,
            population TEXT NOT NULL DEFAULT '',
            source TEXT NOT NULL DEFAULT '',
            answers_sha256 TEXT,
            coder_id INTEGER NOT NULL REFERENCES coder(id),
            used_at TEXT NOT NULL
        ) STRICT""")
    db.execute("CREATE INDEX time_use_figure_by_version ON time_use_figure (message_version_id)")
