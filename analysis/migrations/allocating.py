"""Allocation: batches with a receipt each, clusters, unequal shares, and the table of balance."""

from string import Template

from sqlite_utils import Database

from .first import migrations

_KEPT = (
    "id, wave_id, frame_sha256, within, arms, seed, rule, respondents, result_sha256,"
    " allocated_on, made_at"
)
_MOVE = Template("INSERT INTO receipt_of_batch ($columns) SELECT $columns FROM allocation_receipt")


@migrations()
def create_batches(db: Database) -> None:
    # SQLite cannot take the UNIQUE off wave_id: the table is laid anew, and its rows move.
    db.execute("""
        CREATE TABLE receipt_of_batch (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            wave_id INTEGER NOT NULL REFERENCES wave(id),
            batch INTEGER NOT NULL DEFAULT 1 CHECK (batch >= 1),
            frame_sha256 TEXT NOT NULL,
            within TEXT NOT NULL,
            cluster TEXT NOT NULL DEFAULT '',
            arms TEXT NOT NULL,
            shares TEXT NOT NULL DEFAULT '[]',
            seed INTEGER NOT NULL,
            rule TEXT NOT NULL,
            respondents INTEGER NOT NULL,
            result_sha256 TEXT NOT NULL,
            allocated_on TEXT NOT NULL,
            made_at TEXT NOT NULL,
            UNIQUE (wave_id, batch)
        ) STRICT""")
    db.execute(_MOVE.substitute(columns=_KEPT))
    db.execute("DROP TABLE allocation_receipt")
    db.execute("ALTER TABLE receipt_of_batch RENAME TO allocation_receipt")
    db.execute("ALTER TABLE allocation ADD COLUMN cluster TEXT")


@migrations()
def create_balance(db: Database) -> None:
    # Computed when the frame was there, whose columns are not kept; one row an area, and one of
    # no area for all together.
    db.execute("""
        CREATE TABLE allocation_balance (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            receipt_id INTEGER NOT NULL REFERENCES allocation_receipt(id) ON DELETE CASCADE,
            area_id INTEGER REFERENCES area(id),
            body TEXT NOT NULL
        ) STRICT""")
    db.execute("CREATE INDEX allocation_balance_of ON allocation_balance (receipt_id)")
