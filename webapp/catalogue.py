"""The instance's own tables: people, sessions, sign-in links, studies and jobs."""

import hashlib
import json
import secrets
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database, Migrations

from linkage.sqlite import connect

from . import anchors

if TYPE_CHECKING:
    from .instance import Instance

Row = dict[str, Any]
migrations = Migrations("catalogue")
LINK_LASTS = timedelta(hours=12)
SESSION_LASTS = timedelta(days=30)


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


def prepare_catalogue(path: Path) -> Database:
    """Make the catalogue or bring it up to date, and open it."""
    path.touch(mode=0o600)
    db = connect(path)
    sets = [each for each in (migrations, anchors.migrations) if each.pending(db)]
    if sets:
        db.execute("BEGIN IMMEDIATE")
        for each in sets:
            each.apply(db)
        db.execute("COMMIT")
    return db


def now() -> datetime:
    return datetime.now(UTC)


def stamp(moment: datetime | None = None) -> str:
    return (moment or now()).isoformat(timespec="seconds")


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class Catalogue:
    """Reads and changes the catalogue; tokens are kept only as hashes."""

    def __init__(self, instance: "Instance") -> None:
        self._instance = instance

    def _read(self) -> Database:
        return self._instance.reader(self._instance.catalogue_path)

    def change(self, run: Any) -> Any:
        """Run a change through the catalogue's writer."""
        return self._instance.writer(self._instance.catalogue_path).submit(run)

    def ensure_user(self, name: str) -> Row:
        """Return the person of that name, adding them where they are new."""
        row = {"guid": str(uuid.uuid4()), "name": name, "created_at": stamp()}
        self.change(lambda db: db.table("user").insert(row, ignore=True).last_rowid)
        return next(self._read().table("user").rows_where("name = ?", [name]))

    def make_sign_in_link(self, user_id: int) -> str:
        """Return a token that signs this person in once, within twelve hours."""
        return self._new_token("sign_in_link", user_id, LINK_LASTS)

    def use_sign_in_link(self, token: str) -> str | None:
        """Spend a link and return a new session's token, or None where it is spent or unknown."""

        def spend(db: Database) -> int | None:
            rows = list(_valid(db, "sign_in_link", token))
            db.table("sign_in_link").delete_where("token_sha256 = ?", [_hashed(token)])
            return int(rows[0]["user_id"]) if rows else None

        user_id = self.change(spend)
        return None if user_id is None else self._new_token("session", user_id, SESSION_LASTS)

    def session_user(self, token: str) -> Row | None:
        """Return whose session this is, or None where it has ended."""
        rows = list(_valid(self._read(), "session", token))
        return dict(self._read().table("user").get(rows[0]["user_id"])) if rows else None

    def end_session(self, token: str) -> None:
        """End a session for good."""
        self.change(
            lambda db: db.table("session").delete_where("token_sha256 = ?", [_hashed(token)]).name
        )

    def _new_token(self, table: str, user_id: int, lasts: timedelta) -> str:
        token = secrets.token_urlsafe(32)
        row = {
            "token_sha256": _hashed(token),
            "user_id": user_id,
            "expires_at": stamp(now() + lasts),
        }
        self.change(lambda db: db.table(table).insert(row).last_rowid)
        return token

    def list_study(self, key: str, name: str) -> None:
        """Enter a study in the list."""
        row = {"key": key, "name": name, "created_at": stamp()}
        self.change(lambda db: db.table("study").insert(row, replace=True).last_rowid)

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
        return next(self._read().table("job").rows_where("id = ?", [job_id]), None)

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


def _valid(db: Database, table: str, token: str) -> Any:
    return db.table(table).rows_where(
        "token_sha256 = ? AND expires_at > ?", [_hashed(token), stamp()]
    )
