"""What redrawing a wave's allocation gave: nobody's work, so without a history."""

from sqlite_utils import Database

from .first import migrations


@migrations()
def create_drawn_effects(db: Database) -> None:
    # data_sha256 is of answers, design and families; key_sha256 of these with draws and seed.
    db.execute("""
        CREATE TABLE drawn_effects (
            key_sha256 TEXT PRIMARY KEY,
            serial INTEGER NOT NULL,
            wave_id INTEGER NOT NULL REFERENCES wave(id) ON DELETE CASCADE,
            data_sha256 TEXT NOT NULL,
            draws INTEGER NOT NULL,
            seed INTEGER NOT NULL,
            made_at TEXT NOT NULL,
            found TEXT NOT NULL
        ) STRICT""")
