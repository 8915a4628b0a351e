"""Respondents who sat in a focus group: a restricted list of ids, for all waves."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlite_utils import Database

from .errors import BadInput

LONGEST = 200
MOST = 10_000
Row = dict[str, Any]


def members(db: Database) -> set[str]:
    """Return the ids of those on the list."""
    return {row["respondent"] for row in db.table("group_member").rows_where("removed_at IS NULL")}


def list_members(db: Database) -> list[Row]:
    """List everybody who is on the list or was: respondent, added_at, added_by, removed_at."""
    return list(db.table("group_member").rows_where(order_by="removed_at IS NOT NULL, respondent"))


def read_ids(text: str) -> list[str]:
    """Read ids as typed or pasted, one a line; commas, semicolons and tabs part them as well.

    Raises BadInput where there is none, one is too long, or there are more than a list holds.
    """
    lines = text.replace("\ufeff", "").translate(dict.fromkeys(map(ord, ",;\t\r"), "\n"))
    ids = list(dict.fromkeys(" ".join(line.split()) for line in lines.split("\n")))
    ids = [one for one in ids if one]
    if not ids:
        raise BadInput("Type or paste the respondents’ ids, one a line.")
    wrong = next((one for one in ids if len(one) > LONGEST or not one.isprintable()), None)
    if wrong is not None:
        raise BadInput(f"“{wrong[:40]}…” is no respondent’s id; ids stand on a line each.")
    if len(ids) > MOST:
        raise BadInput(f"These are {len(ids):,} ids; the list takes {MOST:,} at once.")
    return ids


def add_members(db: Database, ids: Iterable[str], by: str | None) -> int:
    """Put respondents on the list; returns how many were not on it."""
    there, time = members(db), datetime.now(UTC).isoformat(timespec="seconds")
    new = [one for one in ids if one not in there]
    more = {"added_at": time, "added_by": by, "removed_at": None}
    db.table("group_member").upsert_all(
        [{"respondent": one, **more} for one in new], pk="respondent"
    )
    return len(new)


def remove_members(db: Database, ids: Iterable[str]) -> int:
    """Take respondents off the list, which keeps when; returns how many were on it."""
    there, time = members(db), datetime.now(UTC).isoformat(timespec="seconds")
    gone = [one for one in ids if one in there]
    for one in gone:
        db.table("group_member").update(one, {"removed_at": time})
    return len(gone)
