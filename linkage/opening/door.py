"""The distrustful way into a file made elsewhere: its bytes are judged before SQLite sees them."""

import os
import stat
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from coding.errors import BadInput

from ..sqlite import sqlite3
from ..study import APPLICATION_ID

LIMIT = 8 * 1024**3
PIECE = 1024 * 1024
STEPS = 20_000  # of SQLite's machine, between looks at the clock
MAGIC = b"SQLite format 3\0"
NOT_A_STUDY = "“{}” is not a Coproduce study file."
DAMAGED = "“{}” is damaged or was cut short ({}); open another copy of it."
# Nothing but reading tables and these may be asked for, whatever the file's schema says.
PRAGMAS = {
    "trusted_schema", "cell_size_check", "mmap_size", "ignore_check_constraints", "query_only",
    "table_xinfo", "quick_check",
}  # fmt: skip


def short(label: Any) -> str:
    """Write what somebody else chose so that it fits a sentence."""
    return "".join(c if c.isprintable() else " " for c in str(label))[:80]


def take_in(file: Path, own: Path, limit: int = LIMIT) -> None:
    """Copy the file to a private place of ours, where nobody exchanges it while it is read.

    Raises BadInput where it is no ordinary file, too large, or has changes waiting beside it.
    """
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        told = "is a link; name the file itself" if file.is_symlink() else error.strerror
        raise BadInput(f"“{file.name}” cannot be read: it {told}.") from error
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode):
        os.close(descriptor)
        raise BadInput(f"“{file.name}” is not an ordinary file.")
    with os.fdopen(descriptor, "rb") as source:
        if found.st_size > limit:
            raise BadInput(f"“{file.name}” is too large: the limit is {limit // 1024**2:,} MB.")
        _nothing_waits(file)
        own.touch(mode=0o600)
        with own.open("wb") as sink:
            while piece := source.read(PIECE):
                sink.write(piece)
    _check_header(own, file.name)


def _nothing_waits(file: Path) -> None:
    for ending in ("-wal", "-journal"):
        beside = file.with_name(file.name + ending)
        if beside.exists() and beside.stat().st_size:
            raise BadInput(
                f"“{beside.name}” holds changes that “{file.name}” still lacks: the study is "
                "in use or was not closed; make the file with “coproduce study backup”."
            )


def _check_header(own: Path, name: str) -> None:
    with own.open("rb") as handle:
        head = handle.read(100)
    mark = int.from_bytes(head[68:72], "big")
    if len(head) < 100 or not head.startswith(MAGIC) or mark != APPLICATION_ID:
        raise BadInput(NOT_A_STUDY.format(name))
    page = int.from_bytes(head[16:18], "big")
    size = 65536 if page == 1 else page
    if size < 512 or size & (size - 1) or own.stat().st_size % size:
        raise BadInput(DAMAGED.format(name, "its length is not a whole number of pages"))
    if int.from_bytes(head[28:32], "big") not in (0, own.stat().st_size // size):
        raise BadInput(DAMAGED.format(name, "it has not as many pages as it says"))


@contextmanager
def reading(own: Path, name: str, seconds: float) -> Iterator[Any]:
    """Open our private copy so that nothing of its schema runs and it cannot take for ever."""
    # immutable: no journal and no WAL that somebody sent along is looked at
    address = f"file:{quote(str(own))}?mode=ro&immutable=1"
    end = time.monotonic() + seconds
    with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as conn:
        conn.set_progress_handler(lambda: time.monotonic() > end, STEPS)
        conn.set_authorizer(_may)
        try:
            conn.execute("PRAGMA trusted_schema=OFF")
            conn.execute("PRAGMA cell_size_check=ON")
            conn.execute("PRAGMA mmap_size=0")
            conn.execute("PRAGMA ignore_check_constraints=ON")  # or quick_check would run them
            conn.execute("PRAGMA query_only=ON")
            yield conn
        except sqlite3.DatabaseError as error:
            if time.monotonic() > end:
                raise BadInput(f"“{name}” takes too long to read; it was not opened.") from error
            if "disk is full" in str(error):
                raise BadInput(f"There is no room on the disk to open “{name}”.") from error
            raise BadInput(DAMAGED.format(name, short(error))) from error


def _may(action: int, first: Any, second: Any, database: Any, inside: Any) -> int:
    reads = action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ) and inside is None
    asks = action == sqlite3.SQLITE_PRAGMA and first in PRAGMAS
    return int(sqlite3.SQLITE_OK if reads or asks else sqlite3.SQLITE_DENY)
