"""The study of this request: a steady picture to read from, and one way to change it."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, request
from flask_login import current_user
from sqlite_utils import Database

from linkage.areas import ensure_coder

from .instance import Instance
from .writer import Request


class CurrentStudy:
    """What a view has of its study; `db` is one consistent, read-only picture."""

    def __init__(self, instance: Instance, key: str) -> None:
        self.key = key
        self.path: Path = instance.study_path(key)
        self._instance = instance
        self._db: Database | None = None

    @property
    def db(self) -> Database:
        if self._db is None:
            self._db = self._instance.reader(self.path)
            self._db.execute("BEGIN")
        return self._db

    def release(self) -> None:
        """Let go of the picture; the next read sees what was committed since."""
        if self._db is not None and self._db.conn.in_transaction:
            self._db.execute("ROLLBACK")
        self._db = None

    def change(self, action: str, run: Callable[[Database], Any], *, kind: str = "do") -> Any:
        """Run a change through the writer as the signed-in person; returns when it is on disk."""
        self.release()
        return self._instance.writer(self.path).submit(
            run, actor=current_user.guid, action=action, kind=kind, request=_request_key()
        )


def as_coder(run: Callable[[Database, int], Any]) -> Callable[[Database], Any]:
    """Hand a change the signed-in person's coder; the writer's thread knows of no request."""
    name, guid = current_user.name, current_user.guid
    return lambda db: run(db, ensure_coder(db, name, guid))


def _request_key() -> Request | None:
    key = request.headers.get("Idempotency-Key")
    if not key:
        return None
    body = hashlib.sha256(request.get_data(cache=True)).hexdigest()
    return Request(f"{current_user.guid} {key[:200]}", f"{request.method} {request.path} {body}")


def study() -> CurrentStudy:
    """Return this request's study."""
    found: CurrentStudy = g.study
    return found


def init_app(app: Flask) -> None:
    @app.url_value_preprocessor
    def find_study(endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values and "study_key" in values:
            g.study_key = values.pop("study_key")

    @app.url_defaults
    def fill_study(endpoint: str, values: dict[str, Any]) -> None:
        key = g.get("study_key")
        if key and app.url_map.is_endpoint_expecting(endpoint, "study_key"):
            values.setdefault("study_key", key)

    @app.before_request
    def open_current() -> None:
        if "study_key" in g:
            g.study = CurrentStudy(current_app.extensions["coproduce"], g.study_key)

    @app.teardown_request
    def close_current(error: BaseException | None) -> None:
        if "study" in g:
            g.study.release()
