"""One writer thread a file: changes wait in line, share one commit, and are answered after it."""

import json
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from coding.errors import BadInput
from linkage.history import recording
from linkage.sqlite import sqlite3

BATCH = 64
# What SQLite says, in the low byte of its code, where the file and not the change is at fault.
UNWRITABLE = {5, 7, 8, 10, 13, 14}  # busy, no memory, read-only, disk error, full, cannot open


class NotSaved(Exception):
    """The file could not be written; nothing of the change is stored."""

    @classmethod
    def because(cls, reason: object) -> "NotSaved":
        return cls(f"The file could not be written ({reason}); nothing of your change was saved.")


@dataclass(frozen=True)
class Request:
    """A client's key for a change, so that a retry after a lost answer makes no second one."""

    key: str
    fingerprint: str


@dataclass(frozen=True)
class Change:
    """One change that waits for the writer."""

    run: Callable[[Database], Any]
    actor: str
    action: str
    kind: str = "do"
    request: Request | None = None
    answer: "Future[Any]" = field(default_factory=Future)


class Writer:
    """Owns the only writing connection of this process to a file."""

    def __init__(
        self, path: Path, open_file: Callable[[Path], Database], *, recorded: bool = True
    ) -> None:
        self._path, self._open, self._recorded = path, open_file, recorded
        self._queue: queue.SimpleQueue[Change | None] = queue.SimpleQueue()
        self._closed = False
        opened: Future[None] = Future()
        self._thread = threading.Thread(
            target=self._work, args=(opened,), name=f"writer {path.stem}", daemon=True
        )
        self._thread.start()
        opened.result()

    def submit(
        self,
        run: Callable[[Database], Any],
        *,
        actor: str = "",
        action: str = "",
        kind: str = "do",
        request: Request | None = None,
    ) -> Any:
        """Run a change and return its answer once it is on the disk; raises what it raised."""
        if self._closed:
            raise NotSaved("The server is stopping; nothing was saved. Try again in a moment.")
        change = Change(run, actor, action, kind, request)
        self._queue.put(change)
        return change.answer.result()

    def close(self) -> None:
        """Finish what is in line, then close the file."""
        self._closed = True
        self._queue.put(None)
        self._thread.join()

    def _work(self, opened: "Future[None]") -> None:
        try:
            db = self._open(self._path)
        except BaseException as error:
            opened.set_exception(error)
            raise
        opened.set_result(None)
        while batch := self._next_batch():
            self._commit(db, batch)
        db.close()

    def _next_batch(self) -> list[Change]:
        batch: list[Change] = []
        change = self._queue.get()
        while change is not None:
            batch.append(change)
            if len(batch) == BATCH or self._queue.empty():
                return batch
            change = self._queue.get()
        if batch:
            self._queue.put(None)  # stop after this last batch
        return batch

    def _commit(self, db: Database, batch: list[Change]) -> None:
        answers: list[tuple[Change, Any, BaseException | None]] = []
        try:
            db.execute("BEGIN IMMEDIATE")
            for change in batch:
                answers.append((change, *self._run(db, change)))
                if not db.conn.in_transaction:
                    # A full disk or RAISE(ROLLBACK) took the whole transaction with it.
                    raise sqlite3.OperationalError("a change that shared its commit failed")
            db.execute("COMMIT")
        except sqlite3.Error as error:
            if db.conn.in_transaction:
                db.execute("ROLLBACK")
            for change in batch:
                change.answer.set_exception(NotSaved.because(error))
            return
        for change, result, failure in answers:
            if failure is None:
                change.answer.set_result(result)
            else:
                change.answer.set_exception(failure)

    def _run(self, db: Database, change: Change) -> tuple[Any, BaseException | None]:
        try:
            with db.atomic():
                return self._answer(db, change), None
        except sqlite3.OperationalError as error:
            unwritable = getattr(error, "sqlite_errorcode", 0) & 0xFF in UNWRITABLE
            return None, NotSaved.because(error) if unwritable else error
        except BaseException as error:  # noqa: BLE001  (whatever it is, its sender must get it)
            return None, error

    def _answer(self, db: Database, change: Change) -> Any:
        earlier = _earlier_answer(db, change.request)
        if earlier is not None:
            return earlier[0]
        record = recording(db, change.actor, change.action, kind=change.kind)
        with record if self._recorded else nullcontext():
            result = change.run(db)
        if change.request:
            db.execute(
                "INSERT INTO answered_request (key, fingerprint, answer, at) VALUES (?, ?, ?, ?)",
                [
                    change.request.key,
                    change.request.fingerprint,
                    json.dumps(result),
                    datetime.now(UTC).isoformat(timespec="seconds"),
                ],
            )
        return result


def _earlier_answer(db: Database, request: Request | None) -> tuple[Any] | None:
    if request is None:
        return None
    row = db.execute(
        "SELECT fingerprint, answer FROM answered_request WHERE key = ?", [request.key]
    ).fetchone()
    if row is None:
        return None
    if row[0] != request.fingerprint:
        raise BadInput("This Idempotency-Key was used for another change; send a new one.")
    return (json.loads(row[1]),)
