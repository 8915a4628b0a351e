"""Hashes of studies' last changes, kept outside of the study: a history cut short is found."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlite_utils import Database, Migrations

from coding.checks import now
from linkage.feed import last_hash
from linkage.resealing import last_resealed
from linkage.verifying import Anchor

if TYPE_CHECKING:
    from .instance import Instance

migrations = Migrations("catalogue.anchors")
FORGET = "DELETE FROM anchor WHERE study_key = ? AND change_id <= ?"
NOTE = "INSERT OR IGNORE INTO anchor (study_key, change_id, hash, at) VALUES (?, ?, ?, ?)"


@migrations()
def create_anchors(db: Database) -> None:
    db.execute("""
        CREATE TABLE anchor (
            study_key TEXT NOT NULL,
            change_id INTEGER NOT NULL,
            hash TEXT NOT NULL,
            at TEXT NOT NULL,
            PRIMARY KEY (study_key, change_id)
        ) STRICT""")


def drop_anchor(instance: "Instance", study: Path) -> None:
    """Note the last change of a study file; what was noted before is never written over."""
    last = instance.writer(study).submit(last_hash)
    if last:
        # Where the history was sealed anew, an older hash would only help to guess at a name.
        sealed = instance.writer(study).submit(last_resealed)
        instance.catalogue.change(lambda db: db.execute(FORGET, [study.stem, sealed]).rowcount)
        row = [study.stem, *last, now()]
        instance.catalogue.change(lambda db: db.execute(NOTE, row).rowcount)


def anchors_of(instance: "Instance", key: str) -> list[Anchor]:
    """List what was noted of a study, oldest change first."""
    return (
        instance.reader(instance.catalogue_path)
        .execute("SELECT change_id, hash FROM anchor WHERE study_key = ? ORDER BY 1", [key])
        .fetchall()
    )


def forget_anchors(instance: "Instance", key: str) -> None:
    """Forget what was noted of a study, as when another file takes its place."""
    instance.catalogue.change(
        lambda db: db.execute("DELETE FROM anchor WHERE study_key = ?", [key]).rowcount
    )
