"""The study of this request: a steady picture to read from, and one way to change it."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, request
from flask_login import current_user
from sqlite_utils import Database

from coding.errors import NotFound
from linkage.areas import ensure_coder
from linkage.scope import PERSONAL, Scope, check_change

from .instance import Instance
from .people.members import Membership
from .roles import ABILITIES
from .writer import Request

OWNER = Membership(frozenset({"owner"}))


class CurrentStudy:
    """What a view has of its study; `db` is one consistent, read-only picture of what is theirs."""

    def __init__(self, instance: Instance, key: str, member: Membership, guid: str) -> None:
        self.key, self.member = key, member
        unseen = PERSONAL if not member.roles & set(ABILITIES["see people"].roles) else frozenset()
        self.scope = Scope(guid, member.areas, member.blind, unseen)
        self.path: Path = instance.study_path(key)
        self._instance = instance
        self._db: Database | None = None

    @property
    def eyes(self) -> Scope | None:
        """Whose eyes a drawing is for; None is anyone who sees all."""
        return None if self.scope.whole else self.scope

    @property
    def db(self) -> Database:
        if self._db is None:
            if self.scope.whole:
                self._db = self._instance.reader(self.path)
            else:
                self._db = self._instance.limited_reader(self.path, self.scope)
            self._db.execute("BEGIN")
        return self._db

    def release(self) -> None:
        """Let go of the picture; the next read sees what was committed since."""
        if self._db is not None and self._db.conn.in_transaction:
            self._db.execute("ROLLBACK")
        if self._db is not None and not self.scope.whole:
            self._db.close()
        self._db = None

    def change(self, action: str, run: Callable[[Database], Any], *, kind: str = "do") -> Any:
        """Run a change through the writer as the signed-in person; returns when it is on disk.

        Raises NotFound, with nothing stored, where it touches what is not this person's to see.
        """
        self.release()
        return self._instance.writer(self.path).submit(
            run if self.scope.whole else self._within_scope(run),
            actor=current_user.guid,
            action=action,
            kind=kind,
            request=_request_key(),
        )

    def _within_scope(self, run: Callable[[Database], Any]) -> Callable[[Database], Any]:
        def guarded(db: Database) -> Any:
            result = run(db)
            check_change(db, self.scope)
            return result

        return guarded


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


def membership(instance: Instance, key: str) -> Membership:
    """Return what the signed-in person is in a study; what is not theirs is not there."""
    if current_user.is_authenticated and current_user.token_study in (None, key):
        # Who holds the machine holds its files: an administrator is an owner everywhere.
        if current_user.administrator:
            return OWNER
        if found := instance.people.membership(current_user.id, key):
            return found
    raise NotFound(instance.no_study(key))


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
            instance: Instance = current_app.extensions["coproduce"]
            member = membership(instance, g.study_key)
            g.study = CurrentStudy(instance, g.study_key, member, current_user.guid)

    @app.teardown_request
    def close_current(error: BaseException | None) -> None:
        if "study" in g:
            g.study.release()
