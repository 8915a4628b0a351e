"""A study file made elsewhere, opened distrustfully: nothing of its schema is run or kept.

Only ordinary tables that we know are read, and copied into a study of our own making. Damage in
the build (types, references, missing tables) refuses the file. Damage in what it says (a broken
chain of history, quotes that are not what was said) does not, since that may be all that is left
of somebody's work: it is reported, and recorded in the history from the first change on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from coding.errors import BadInput

from ..areas import study_row
from ..check import check_study
from ..settings import set_archived
from ..sqlite import connect
from ..study import finish_study, lay_tables, prepare_study, writing
from .contents import Contents, applied_migrations, look, told
from .copying import copy_tables
from .door import LIMIT, reading, take_in
from .sense import check_sense, check_texts, raise_numbers

SECONDS = 900.0


@dataclass(frozen=True)
class Opened:
    """What came of a file: the study's name, what was left behind, and what is wrong in it."""

    name: str
    dropped: list[str]
    problems: list[str]


def open_elsewhere(
    file: Path,
    draft: Path,
    actor: str,
    *,
    limit: int = LIMIT,
    seconds: float = SECONDS,
    progress: Callable[[int, int], None] | None = None,
) -> Opened:
    """Build a study of our own at `draft`, a path in a private folder, out of a foreign file.

    Raises BadInput, with what is wrong, where it cannot be; the folder is then to be removed.
    """
    own = draft.with_name("taken-in")
    take_in(file, own, limit)
    with own.open("rb") as handle:
        digest = file_digest(handle, "sha256").hexdigest()
    with reading(own, file.name, seconds) as conn:
        contents = look(conn, file.name)
        applied = applied_migrations(conn, contents, file.name)
        _fill(conn, draft, contents, applied, file.name, progress)
    own.unlink()
    db = prepare_study(draft)  # a file of an older version goes the way of every older file
    try:
        check_texts(db, file.name)
        problems = check_study(db)
        _record(db, actor, file.name, digest, problems)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        name = str(study_row(db)["name"])
    finally:
        db.close()
    return Opened(name, told(contents.dropped), told(problems))


def _fill(
    conn: Any,
    draft: Path,
    contents: Contents,
    applied: dict[str, list[str]],
    name: str,
    progress: Callable[[int, int], None] | None,
) -> None:
    draft.touch(mode=0o600)
    db = connect(draft)
    try:
        db.execute("PRAGMA foreign_keys=OFF")  # tables come in any order; all is checked at the end
        db.execute("BEGIN IMMEDIATE")
        lay_tables(db, applied)
        copy_tables(conn, db, contents, name, progress)
        if db.table("study").count != 1:
            raise BadInput(f"“{name}” holds no study.")
        raise_numbers(db)
        check_sense(db, name)
        finish_study(db, f"“{name}”")
        db.execute("COMMIT")
    finally:
        db.close()


def _record(db: Database, actor: str, name: str, digest: str, problems: list[str]) -> None:
    """Enter the opening, with the file's hash and what was wrong, as the next change."""
    wrong = f"; {len(problems):,} things were wrong in it: {' '.join(problems[:5])}"
    action = f"open {name} (sha256 {digest}), made elsewhere{wrong[:2000] if problems else ''}"
    with writing(db, actor, action, kind="fixed"):
        set_archived(db, False)
