"""Attributes of speakers as a study defines them: kinds, levels in order, values that fit."""

import math
from collections.abc import Mapping, Sequence

from sqlite_utils import Database

from .checks import CONTROL, Row, check_date, check_name, get, insert
from .errors import BadInput

KINDS = {"text": "Text", "number": "Number", "date": "Date", "choice": "One of some levels"}
LONGEST, MOST_LEVELS = 500, 50


def list_attributes(db: Database) -> list[Row]:
    """List the study's attributes in order, each with its levels and how many values do not fit."""
    rows = list(db.table("attribute").rows_where(order_by="position, id"))
    used = _values(db)
    for row in rows:
        row["levels"] = split_levels(row["levels"])
        values = used.get(row["name"].casefold(), {})
        row["recorded"] = sum(values.values())
        row["unfit"] = {value: n for value, n in values.items() if not fits(row, value)}
    return rows


def free_names(db: Database) -> dict[str, int]:
    """Count the speakers for whom an attribute is recorded that the study does not define."""
    defined = {row["name"].casefold() for row in list(db.table("attribute").rows)}
    counts = db.execute("SELECT name, count(*) FROM speaker_attribute GROUP BY name ORDER BY name")
    return {name: n for name, n in counts.fetchall() if name.casefold() not in defined}


def values_of(db: Database, name: str) -> list[str]:
    """List the different values recorded under a name, the commonest first."""
    found = _values(db).get(name.casefold(), {})
    return sorted(found, key=lambda value: (-found[value], value.casefold()))


def define(db: Database, name: str, kind: str, levels: str = "") -> int:
    """Define an attribute; values recorded under its name are kept, whether they fit or not."""
    row = _checked(name, kind, levels)
    _check_free(db, row["name"])
    last = db.execute("SELECT coalesce(max(position), 0) FROM attribute").fetchone()[0]
    number = insert(db, "attribute", {**row, "position": last + 1})
    _rewrite(db, row["name"], row["name"], {})
    return number


def redefine(
    db: Database,
    attribute_id: int,
    name: str,
    kind: str,
    levels: str = "",
    mapping: Mapping[str, str] | None = None,
) -> int:
    """Change an attribute's name, kind or levels, and values as mapped; returns values changed.

    A mapped value must fit; what is not mapped stays as it was recorded.
    """
    before = get(db, "attribute", attribute_id, "attribute")
    row = _checked(name, kind, levels)
    if row["name"].casefold() != before["name"].casefold():
        _check_free(db, row["name"])
    if any(before[field] != value for field, value in row.items()):
        db.table("attribute").update(attribute_id, row)
    wanted = {old: fit(row, new) for old, new in (mapping or {}).items() if new.strip()}
    return _rewrite(db, before["name"], row["name"], wanted)


def _rewrite(db: Database, old: str, name: str, wanted: Mapping[str, str]) -> int:
    """Write values under a name, in its own letters, and as mapped; returns values changed."""
    held = db.table("speaker_attribute")
    changed = 0
    for row in list(held.rows_where("name = ? COLLATE NOCASE", [old])):
        value = wanted.get(row["value"], row["value"])
        both = [row["speaker_id"], name, row["id"]]
        taken = held.count_where("speaker_id = ? AND name = ? AND id <> ?", both)
        if (row["name"], row["value"]) != (name, value) and not taken:
            held.update(row["id"], {"name": name, "value": value})
            changed += row["value"] != value
    return changed


def drop(db: Database, attribute_id: int) -> str:
    """Take an attribute's definition away; what is recorded stays as free values."""
    name = str(get(db, "attribute", attribute_id, "attribute")["name"])
    db.table("attribute").delete(attribute_id)
    return name


def split_levels(text: str | Sequence[str]) -> list[str]:
    """Return levels in their order, one a line."""
    lines = text.splitlines() if isinstance(text, str) else text
    return [" ".join(line.split()) for line in lines if line.strip()]


def fits(attribute: Row, value: str) -> bool:
    """Say whether a value is of the attribute's kind."""
    try:
        return fit(attribute, value) == value
    except BadInput:
        return False


def fit(attribute: Row, value: str) -> str:
    """Return a value as its attribute writes it, or say what would fit."""
    value = " ".join(value.split())
    return _FITS[attribute["kind"]](attribute, value)


def _fit_text(attribute: Row, value: str) -> str:
    if len(value) > LONGEST or CONTROL.search(value):
        raise BadInput(f"“{attribute['name']}” takes up to {LONGEST} plain characters.")
    return value


def _fit_number(attribute: Row, value: str) -> str:
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or "_" in value or not value.isascii():
        raise BadInput(f"“{attribute['name']}” is a number, such as 42, not “{value[:40]}”.")
    return value


def _fit_date(attribute: Row, value: str) -> str:
    return check_date(value, f"“{attribute['name']}”") or ""


def _fit_level(attribute: Row, value: str) -> str:
    levels = split_levels(attribute["levels"])
    for level in levels:
        if level.casefold() == value.casefold():
            return level
    raise BadInput(
        f"“{attribute['name']}” cannot be “{value[:40]}”; choose one of: {'; '.join(levels)}."
    )


_FITS = {"text": _fit_text, "number": _fit_number, "date": _fit_date, "choice": _fit_level}


def _checked(name: str, kind: str, levels: str) -> Row:
    name = check_name(name, "an attribute", 80)
    if kind not in KINDS:
        raise BadInput(f"An attribute is {', '.join(KINDS)}, not “{kind[:40]}”.")
    found = split_levels(levels) if kind == "choice" else []
    if kind == "choice" and not 2 <= len(found) <= MOST_LEVELS:
        raise BadInput(f"Give “{name}” 2 to {MOST_LEVELS} levels, one a line, in their order.")
    folded = [level.casefold() for level in found]
    twice = next((level for level in found if folded.count(level.casefold()) > 1), None)
    if twice:
        raise BadInput(f"The level “{twice[:40]}” stands there twice; keep one of them.")
    for level in found:
        check_name(level, "a level", 80)
    return {"name": name, "kind": kind, "levels": "\n".join(found)}


def _check_free(db: Database, name: str) -> None:
    if db.table("attribute").count_where("name = ?", [name]):
        raise BadInput(f"The study has an attribute “{name}” already; choose another name.")


def _values(db: Database) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    rows = db.execute("SELECT name, value, count(*) FROM speaker_attribute GROUP BY name, value")
    for name, value, count in rows.fetchall():
        values = found.setdefault(name.casefold(), {})
        values[value] = values.get(value, 0) + count
    return found
