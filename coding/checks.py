"""Checks at the edge: names, dates, and that what is referred to exists."""

import re
from datetime import UTC, date, datetime
from functools import cache
from string import Template
from typing import Any

from sqlite_utils import Database

from .errors import BadInput, NotFound

Row = dict[str, Any]
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
# In longer texts, only line breaks and tabs may stand.
CONTROL_IN_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def now() -> str:
    """Return the time as it is stored."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def check_name(name: str, what: str, limit: int = 200) -> str:
    """Return a name on one line, or say what a name is."""
    name = " ".join(name.split())
    if not 1 <= len(name) <= limit:
        raise BadInput(f"The name of {what} must have 1 to {limit} characters.")
    if CONTROL.search(name):
        raise BadInput(f"The name of {what} holds a control character; type it again.")
    return name


def check_text(text: str, what: str, limit: int = 20_000) -> str:
    """Return a text of several lines, or say what is wrong with it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > limit:
        raise BadInput(f"{what} has {len(text)} characters and may have {limit}; shorten it.")
    if CONTROL_IN_TEXT.search(text):
        raise BadInput(f"{what} holds a control character; type it again.")
    return text


def check_date(text: str | None, what: str) -> str | None:
    """Return a date as 2026-05-31; blank is no date."""
    if not text or not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise BadInput(
            f"{what} is “{text[:40]}”; write it as year-month-day, such as 2026-05-31."
        ) from None


# sqlite-utils asks the schema several times for every row it gets or inserts.
_GET = Template('SELECT * FROM "$table" WHERE id = ?')
_INSERT = Template('INSERT INTO "$table" ($columns) VALUES ($places)')


def insert(db: Database, table: str, row: Row) -> int:
    """Insert a row and return its number."""
    return int(db.execute(_inserting(table, tuple(row)), list(row.values())).lastrowid or 0)


def get(db: Database, table: str, row_id: int, what: str) -> Row:
    """Return a row by its number; raises NotFound with the name a person knows it by."""
    # Not table.get(): where a view of a person's scope stands for the table, it has no key.
    try:
        return next(db.query(_getting(table), [row_id]))
    except (StopIteration, OverflowError):
        raise NotFound(f"There is no {what} {row_id} in this study.") from None


@cache
def _getting(table: str) -> str:
    return _GET.substitute(table=table)


@cache
def _inserting(table: str, columns: tuple[str, ...]) -> str:
    return _INSERT.substitute(
        table=table,
        columns=", ".join(f'"{column}"' for column in columns),
        places=", ".join("?" for _ in columns),
    )
