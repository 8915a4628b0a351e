"""The table of the codebook's closings: who closed it when, and who opened it again."""

from sqlite_utils import Database

from .first import migrations


@migrations()
def create_codebook_closings(db: Database) -> None:
    db.execute("""
        CREATE TABLE codebook_closing (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            closed_at TEXT NOT NULL,
            closed_by INTEGER NOT NULL REFERENCES coder(id),
            opened_at TEXT,
            opened_by INTEGER REFERENCES coder(id),
            CHECK ((opened_at IS NULL) = (opened_by IS NULL))
        ) STRICT""")
    db.execute(
        "CREATE UNIQUE INDEX one_closing ON codebook_closing (opened_at IS NULL)"
        " WHERE opened_at IS NULL"
    )
