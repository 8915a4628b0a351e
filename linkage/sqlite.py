"""The one door to SQLite: pysqlite3's bundled copy, never the system's beside it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3 as _picked  # type: ignore[attr-defined]

sqlite3: Any = _picked  # pysqlite3, the copy that sqlite-utils picks before the system's

WAL_IS_SAFE = sqlite3.sqlite_version_info >= (3, 51, 3)

__all__ = ["WAL_IS_SAFE", "connect", "read_only", "sqlite3"]


def connect(path: Path, *, timeout: float = 30) -> Database:
    """Open a file for reading and writing; every transaction is begun by us, none by the driver."""
    conn = sqlite3.connect(str(path), timeout=timeout, isolation_level=None)
    db = Database(conn)
    # Before 3.51.3 SQLite could corrupt a file in WAL mode, so it keeps the rollback journal.
    conn.execute(f"PRAGMA journal_mode={'wal' if WAL_IS_SAFE else 'delete'}")
    conn.execute("PRAGMA synchronous=FULL")
    # Each checkpoint waits for the disk three times more; a later one writes most pages once.
    conn.execute("PRAGMA wal_autocheckpoint=4000")
    conn.execute("PRAGMA foreign_keys=ON")
    return db


def read_only(
    path: Path, *, timeout: float = 5, prepare: Callable[[Database], None] | None = None
) -> Database:
    """Open a file that this connection cannot change, once what is temporary is prepared."""
    conn = sqlite3.connect(
        f"file:{quote(str(path))}?mode=ro", uri=True, timeout=timeout, isolation_level=None
    )
    db = Database(conn)
    if prepare:
        prepare(db)
    conn.execute("PRAGMA query_only=ON")
    return db
