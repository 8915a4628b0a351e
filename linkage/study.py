"""The study file: made, upgraded and opened here, and written to only through `writing`."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database, Migrations

from analysis.migrations import migrations as analysis_migrations
from coding.errors import BadInput
from coding.migrations import migrations as coding_migrations

from . import history
from .migrations import base
from .migrations import migrations as linkage_migrations
from .scope import Scope, limit
from .sqlite import connect, read_only, sqlite3

APPLICATION_ID = 0x436F7072  # "Copr"
SETS: tuple[Migrations, ...] = (base, coding_migrations, analysis_migrations, linkage_migrations)


def prepare_study(path: Path, name: str | None = None) -> Database:
    """Make the study file or bring it up to date, and open it.

    Raises BadInput where the file is not a study, or comes from a newer version.
    """
    path = Path(path)
    if path.exists() and path.stat().st_size:
        _check_file(path)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    db = connect(path)
    try:
        _upgrade(db, path, name or path.stem)
    except BaseException:
        db.close()
        raise
    return db


def open_study(path: Path) -> Database:
    """Open a study file that exists, for reading and, inside `writing`, for changes."""
    path = Path(path)
    if not path.exists():
        raise BadInput(f"There is no study file {path.name}; make one with “coproduce study new”.")
    return prepare_study(path)


def read_study(path: Path, scope: Scope | None = None) -> Database:
    """Open a prepared study file for reading only, and only what a scope holds."""
    return read_only(path, prepare=lambda db: limit(db, scope) if scope else None)


@contextmanager
def writing(db: Database, actor: str, action: str, *, kind: str = "do") -> Iterator[Database]:
    """Hold the write lock, record every row changed under `action`, and commit at the end."""
    db.execute("BEGIN IMMEDIATE")
    try:
        with history.recording(db, actor, action, kind=kind):
            yield db
        db.execute("COMMIT")
    except BaseException:
        if db.conn.in_transaction:
            db.execute("ROLLBACK")
        raise


def _check_file(path: Path) -> None:
    try:
        db = read_only(path)
        mark = db.execute("PRAGMA application_id").fetchone()[0]
        known = {(s.name, m.name) for s in SETS for m in s.pending(Database(memory=True))}
        applied = {(s.name, m.name) for s in SETS for m in s.applied(db)}
        db.close()
    except sqlite3.DatabaseError as error:
        raise BadInput(f"{path.name} is not a Coproduce study file.") from error
    if mark != APPLICATION_ID:
        raise BadInput(f"{path.name} is not a Coproduce study file.")
    if applied - known:
        raise BadInput(
            f"{path.name} was written by a newer version of Coproduce; upgrade to open it."
        )


def _upgrade(db: Database, path: Path, name: str) -> None:
    pending = any(s.pending(db) for s in SETS)
    if not pending:
        return
    if db.table("study").exists():
        _copy_before_upgrade(db, path)
    db.execute("PRAGMA foreign_keys=OFF")
    db.execute("BEGIN IMMEDIATE")
    try:
        for migration_set in SETS:
            migration_set.apply(db)
        _name_study(db, name)
        finish_study(db, path.name)
        db.execute("COMMIT")
    except BaseException:
        if db.conn.in_transaction:
            db.execute("ROLLBACK")
        raise
    db.execute("PRAGMA foreign_keys=ON")


def lay_tables(db: Database, applied: Mapping[str, Sequence[str]]) -> None:
    """Make the tables of an earlier version in an empty file: those of these migrations alone."""
    for migration_set in SETS:
        wanted = applied.get(migration_set.name, ())
        later = [step.name for step in migration_set.pending(db) if step.name not in wanted]
        migration_set.apply(db, stop_before=later)


def finish_study(db: Database, name: str) -> None:
    """Give a filled study its triggers and its mark, once every reference in it holds."""
    history.install(db)
    _check_foreign_keys(db, name)
    db.execute(f"PRAGMA application_id={APPLICATION_ID}")


def _name_study(db: Database, name: str) -> None:
    if not db.table("study").count:
        db.execute(
            "INSERT INTO study (id, name, created_at) VALUES (1, ?, ?)",
            [name, datetime.now(UTC).isoformat(timespec="seconds")],
        )


def _check_foreign_keys(db: Database, name: str) -> None:
    broken = db.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise BadInput(
            f"{name} holds {len(broken):,} rows that refer to nothing; it was left as it was."
        )


def _copy_before_upgrade(db: Database, path: Path) -> None:
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    copy = path.with_name(f"{path.stem}.before-upgrade-{moment}.db")
    copy.touch(mode=0o600)
    db.execute("VACUUM INTO ?", [str(copy)])
