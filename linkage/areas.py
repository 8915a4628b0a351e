"""Areas, issues, waves and coders: what every other table refers to."""

import re
import uuid
from typing import Any

from sqlite_utils import Database

from coding.checks import insert
from coding.errors import BadInput, NotFound

Row = dict[str, Any]
KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


def check_key(key: str, what: str) -> str:
    """Return a key fit for addresses and file names, or say what a key is."""
    if not KEY.fullmatch(key):
        raise BadInput(
            f"“{key[:80]}” cannot be the key of {what}: "
            "use lower-case letters, digits, “-” and “_”, at most 64."
        )
    return key


def key_from(name: str) -> str:
    """Make a key out of a name: “Wyre Fold” gives “wyre-fold”."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:64] or "x"


def add_area(db: Database, key: str, name: str, kind: str = "") -> int:
    """Add an area; raises BadInput where the key is taken, or means all areas together."""
    if key == "pooled":
        raise BadInput("“pooled” names all areas together in the effects; choose another key.")
    return _add(db, "area", key, {"name": _named(name, "an area"), "kind": kind.strip()})


def add_issue(db: Database, key: str, name: str) -> int:
    """Add an issue the survey asks about."""
    return _add(db, "issue", key, {"name": _named(name, "an issue")})


def add_wave(db: Database, key: str, name: str = "") -> int:
    """Add a wave of the survey."""
    return _add(db, "wave", key, {"name": name.strip() or f"Wave {key}"})


def areas(db: Database) -> list[Row]:
    """List the areas in their order."""
    return list(db.table("area").rows_where(order_by="position, id"))


def issues(db: Database) -> list[Row]:
    """List the issues in their order."""
    return list(db.table("issue").rows_where(order_by="position, id"))


def waves(db: Database) -> list[Row]:
    """List the waves in their order."""
    return list(db.table("wave").rows_where(order_by="position, id"))


def find_area(db: Database, key: str) -> Row:
    """Find an area by key or name; says which there are where it is unknown."""
    return _find(db, "area", key)


def find_issue(db: Database, key: str) -> Row:
    """Find an issue by key or name; says which there are where it is unknown."""
    return _find(db, "issue", key)


def find_wave(db: Database, key: str) -> Row:
    """Find a wave by key or name; says which there are where it is unknown."""
    return _find(db, "wave", key)


def ensure_wave(db: Database, key: str) -> int:
    """Return the wave's id, adding it where it is new."""
    found = list(db.table("wave").rows_where("key = ?", [key]))
    return int(found[0]["id"]) if found else add_wave(db, key)


def ensure_coder(db: Database, name: str, guid: str | None = None) -> int:
    """Return the coder's id, adding the person where they are new to this study."""
    known = "SELECT id FROM coder WHERE guid = ?" if guid else "SELECT id FROM coder WHERE name = ?"
    found = db.execute(known, [guid or name]).fetchone()
    if found:
        return int(found[0])
    row = {"guid": guid or str(uuid.uuid4()), "name": _named(name, "a coder")}
    return insert(db, "coder", row)


def coders(db: Database) -> list[Row]:
    """List the people who have coded in this study."""
    return list(db.table("coder").rows_where(order_by="name"))


def study_row(db: Database) -> Row:
    """Return the study's name, notice and date."""
    return dict(next(iter(db.table("study").rows)))


def _named(name: str, what: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > 200:
        raise BadInput(f"The name of {what} must have 1 to 200 characters.")
    return name


def a(table: str) -> str:
    """Write a table's name with its article: an area, a wave."""
    return f"an {table}" if table[0] in "aeiou" else f"a {table}"


def _add(db: Database, table: str, key: str, values: Row) -> int:
    check_key(key, a(table))
    rows = db.table(table)
    if rows.count_where("key = ?", [key]):
        raise BadInput(f"The {table} “{key}” exists already; choose another key.")
    check_free(db, table, values["name"])
    last = max((row["position"] for row in rows.rows), default=0)
    return insert(db, table, {"key": key, **values, "position": last + 1})


def check_free(db: Database, table: str, name: str, but: int = 0) -> None:
    """Raise BadInput where another row of the table goes by this name; files know rows by name."""
    for row in list(db.table(table).rows):
        if row["id"] != but and str(row["name"]).casefold() == name.casefold():
            raise BadInput(f"There is {a(table)} “{name}” already; choose another name.")


def _find(db: Database, table: str, key: str) -> Row:
    rows = list(db.table(table).rows_where(order_by="position"))
    for row in rows:
        if key == row["key"] or key.casefold() == str(row["name"]).casefold():
            return row
    there_are = ", ".join(str(row["key"]) for row in rows) or "none yet"
    raise NotFound(f"There is no {table} “{key[:80]}” in this study; there are: {there_are}.")
