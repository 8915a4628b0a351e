"""What the parts of `People` share: reading, changing, time and hashed tokens."""

import hashlib
import secrets
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlite_utils import Database

Row = dict[str, Any]


class Base:
    """One instance's catalogue, read here and changed through its writer."""

    def read(self) -> Database:
        raise NotImplementedError

    def change(self, run: Callable[[Database], Any]) -> Any:
        raise NotImplementedError

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """Return what a query finds."""
        return list(self.read().query(sql, list(values)))

    def row(self, sql: str, values: Sequence[Any] = ()) -> Row | None:
        """Return the first row that a query finds."""
        return next(iter(self.rows(sql, values)), None)

    def execute(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Change rows; returns how many."""
        return int(self.change(lambda db: db.execute(sql, list(values)).rowcount))


def stamp(lasts: timedelta | None = None) -> str:
    """Return the time, or that time from now, as it is stored."""
    return (datetime.now(UTC) + (lasts or timedelta())).isoformat(timespec="seconds")


def new_token() -> str:
    """Return a secret of 256 random bits."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """Return what is stored of a secret; it is random, so a plain hash cannot be guessed."""
    return hashlib.sha256(token.encode()).hexdigest()
