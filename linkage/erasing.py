"""Rewrite a study file so that its free pages and its log keep nothing of what was taken out."""

from pathlib import Path

from sqlite_utils import Database

from .sqlite import sqlite3


def is_due(db: Database) -> bool:
    """Say whether something was taken out and the file not yet rewritten."""
    return bool(db.execute("SELECT 1 FROM erasing").fetchone())


def finish_erasing(db: Database) -> bool:
    """Rewrite the file if it is due, outside of any transaction; returns whether all is gone.

    Somebody who still reads an older picture keeps the log as it is: then it is due again.
    """
    if not is_due(db):
        return True
    try:
        db.execute("VACUUM")
        if not _log_is_empty(db):
            return False
        db.execute("DELETE FROM erasing")
        return _log_is_empty(db)
    except sqlite3.OperationalError:  # locked, or no room for a second copy: it stays due
        return False


def _log_is_empty(db: Database) -> bool:
    busy = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    return not busy


def upgrade_copies(study: Path) -> list[Path]:
    """List the copies that upgrades of the file left beside it; they hold what it held then."""
    return sorted(study.parent.glob(f"{study.stem}.before-upgrade-*.db"))
