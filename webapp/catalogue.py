"""The instance's own tables: studies and jobs here, people in `people`."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database, Migrations

from linkage.sqlite import connect

from . import anchors
from .people import migrations as people_migrations

if TYPE_CHECKING:
    from .instance import Instance

Row = dict[str, Any]
migrations = Migrations("catalogue")


@migrations()
def create_people(db: Database) -> None:
    db.execute("""
        CREATE TABLE user (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            guid TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL UNIQUE,
            created_at TEXT NOT NULL
        ) STRICT""")
    for table in ("session", "sign_in_link"):
        db.execute(f"""
            CREATE TABLE {table} (
                token_sha256 TEXT PRIMARY KEY,
                user_id INTEGER NOT NULL REFERENCES user(id) ON DELETE CASCADE,
                expires_at TEXT NOT NULL
            ) STRICT""")
    db.execute("""
        CREATE TABLE study (
            key TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            created_at TEXT NOT NULL
        ) STRICT""")


@migrations()
def create_jobs(db: Database) -> None:
    db.execute("""
        CREATE TABLE job (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            study_key TEXT NOT NULL,
            user_guid TEXT NOT NULL,
            task TEXT NOT NULL,
            arguments TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN
                ('waiting', 'running', 'done', 'failed', 'cancelled', 'interrupted')),
            done INTEGER NOT NULL DEFAULT 0,
            total INTEGER NOT NULL DEFAULT 0,
            result TEXT,
            error TEXT,
            created_at TEXT NOT NULL,
            finished_at TEXT
        ) STRICT""")


@migrations()
def add_archiving(db: Database) -> None:
    # A mirror of what the study file says, so that the list need not open every file.
    db.execute("ALTER TABLE study ADD COLUMN archived_at TEXT")


SETS = (migrations, people_migrations, anchors.migrations)


def prepare_catalogue(path: Path) -> Database:
    """Make the catalogue or bring it up to date, and open it."""
    path.touch(mode=0o600)
    db = connect(path)
    if any(each.pending(db) for each in SETS):
        db.execute("BEGIN IMMEDIATE")
        for each in SETS:
            each.apply(db)
        db.execute("COMMIT")
    return db


def now() -> datetime:
    return datetime.now(UTC)


def stamp(moment: datetime | None = None) -> str:
    return (moment or now()).isoformat(timespec="seconds")


class Catalogue:
    """Reads and changes the lists of studies and jobs."""

    def __init__(self, instance: "Instance") -> None:
        self._instance = instance

    def _read(self) -> Database:
        return self._instance.reader(self._instance.catalogue_path)

    def change(self, run: Any) -> Any:
        """Run a change through the catalogue's writer."""
        return self._instance.writer(self._instance.catalogue_path).submit(run)

    def list_study(self, key: str, name: str) -> None:
        """Enter a study in the list."""
        # Not REPLACE: it would delete the row first, and the memberships with it.
        sql = (
            "INSERT INTO study (key, name, created_at) VALUES (?, ?, ?)"
            " ON CONFLICT (key) DO UPDATE SET name = excluded.name"
        )
        self.change(lambda db: db.execute(sql, [key, name, stamp()]).rowcount)

    def update_study(self, key: str, **values: Any) -> None:
        """Note in the list what changed in a study: its name, or since when it is archived."""
        self.change(lambda db: db.table("study").update(key, values).last_pk)

    def studies(self) -> list[Row]:
        """List the studies by name."""
        return list(self._read().table("study").rows_where(order_by="name"))

    def add_job(self, study_key: str, user_guid: str, task: str, arguments: Row) -> int:
        """Put a job in line."""
        row = {
            "study_key": study_key,
            "user_guid": user_guid,
            "task": task,
            "arguments": json.dumps(arguments),
            "created_at": stamp(),
        }
        return int(self.change(lambda db: db.table("job").insert(row).last_pk))

    def job(self, job_id: int) -> Row | None:
        """Return a job's row."""
        try:
            return next(self._read().table("job").rows_where("id = ?", [job_id]), None)
        except OverflowError:
            return None

    def unfinished_job(self, study_key: str, task: str) -> Row | None:
        """Return the newest job of a study's task that waits or runs."""
        where = "study_key = ? AND task = ? AND state IN ('waiting', 'running')"
        found = self._read().table("job").rows_where(where, [study_key, task], order_by="id DESC")
        return next(iter(list(found)), None)

    def update_job(self, job_id: int, **values: Any) -> None:
        """Note how a job goes."""
        self.change(lambda db: db.table("job").update(job_id, values).last_pk)

    def interrupt_jobs(self) -> None:
        """Mark the jobs that a stopped server left behind."""
        self.change(
            lambda db: (
                db.execute(
                    "UPDATE job SET state = 'interrupted', finished_at = ?"
                    " WHERE state IN ('waiting', 'running')",
                    [stamp()],
                ).rowcount
            )
        )
