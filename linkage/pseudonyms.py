"""The key's file, and the long work on it: searching a study for names, and hiding them."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from coding.pseudonyms import key_file
from coding.pseudonyms.grouping import spot
from coding.pseudonyms.proposals import propose

from .areas import ensure_coder
from .erasing import finish_erasing
from .hiding import ACTION, hide
from .sqlite import sqlite3
from .study import writing

Row = dict[str, Any]
Progress = Callable[[int, int], object]


@contextmanager
def opened_key(path: Path) -> Iterator[Database]:
    """Open the key of a study, made readable for its owner only where there is none yet.

    It keeps a rollback journal: nothing of it waits in a log beside it.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    conn = sqlite3.connect(str(path), timeout=30, isolation_level=None)
    conn.execute("PRAGMA journal_mode=delete")
    conn.execute("PRAGMA synchronous=FULL")
    conn.execute("PRAGMA foreign_keys=ON")
    key = Database(conn)
    try:
        key_file.prepare_key(key)
        yield key
    finally:
        key.close()


@contextmanager
def changing_key(path: Path) -> Iterator[Database]:
    """Open the key for one change, which is on the disk at the end or not made at all."""
    with opened_key(path) as key:
        key.execute("BEGIN IMMEDIATE")
        try:
            yield key
            key.execute("COMMIT")
        except BaseException:
            if key.conn.in_transaction:
                key.execute("ROLLBACK")
            raise


def search_names(db: Database, *, key_path: str, progress: Progress | None = None) -> Row:
    """Search all transcripts for what identifies people, and put it into the key's file.

    The roster that was left there for this search is gone afterwards, however it ends.
    """
    from coding.pseudonyms.finding import find_identifiers

    path = Path(key_path)
    with changing_key(path) as key:
        roster = [row["name"] for row in key.query("SELECT name FROM roster")]
        key.execute("DELETE FROM roster")
    rows = find_identifiers(db, roster=roster, progress=progress)
    with changing_key(path) as key:
        propose(key, db, [spot(row) for row in rows])
        names, places = key.execute(
            "SELECT count(DISTINCT name_id), count(*) FROM occurrence"
        ).fetchone()
    return {"names": names, "places": places}


def leave_roster(path: Path, names: list[str]) -> None:
    """Leave the participants' names in the key's file for the next search alone."""
    with changing_key(path) as key:
        key.execute("DELETE FROM roster")
        key.conn.executemany("INSERT OR IGNORE INTO roster VALUES (?)", [(name,) for name in names])


def hide_names(
    db: Database,
    *,
    key_path: str,
    actor: str,
    name: str,
    guid: str | None = None,
    seen: str | None = None,
    progress: Progress | None = None,
) -> Row:
    """Hide the decided names in one change, then rewrite the file; says whether all is erased."""
    with opened_key(Path(key_path)) as key:
        with writing(db, actor, ACTION, kind="fixed"):
            told: Row = dict(hide(db, key, ensure_coder(db, name, guid), seen))
        key.execute("DELETE FROM occurrence WHERE leave = 0 AND name_id IN"
                    " (SELECT id FROM name WHERE decision = 'hide')")  # fmt: skip
    return {**told, "erased": finish_erasing(db)}


def erase(db: Database, *, progress: Progress | None = None) -> Row:
    """Rewrite the file once more, where somebody read an older picture of it meanwhile."""
    return {"erased": finish_erasing(db)}
