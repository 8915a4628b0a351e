"""The framework matrix: what somebody or a group says of a theme, in a coder's words."""

from sqlite_utils import Database

from .first import migrations


@migrations()
def create_framework(db: Database) -> None:
    db.execute("""
        CREATE TABLE framework_summary (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            speaker_id INTEGER REFERENCES speaker(id) ON DELETE CASCADE,
            focus_group_id INTEGER REFERENCES focus_group(id) ON DELETE CASCADE,
            code_id INTEGER NOT NULL REFERENCES code(id) ON DELETE CASCADE,
            coder_id INTEGER NOT NULL REFERENCES coder(id),
            summary TEXT NOT NULL,
            written_at TEXT NOT NULL,
            revision INTEGER NOT NULL DEFAULT 1,
            CHECK ((speaker_id IS NULL) <> (focus_group_id IS NULL))
        ) STRICT""")
    db.execute("""
        CREATE UNIQUE INDEX framework_cell ON framework_summary
        (coalesce(speaker_id, 0), coalesce(focus_group_id, 0), code_id)""")
    db.execute("CREATE INDEX framework_by_code ON framework_summary (code_id)")
