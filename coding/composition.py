"""Who came: each group, area and the whole study by the levels of an attribute, unknown shown."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from .attributes import list_attributes
from .checks import Row
from .errors import BadInput
from .people import person_keys
from .speakers import list_speakers

if TYPE_CHECKING:
    import pandas as pd

UNKNOWN, DOES_NOT_FIT, RECORDED, ALL = "unknown", "does not fit", "recorded", "all groups"
COLUMNS = [
    "attribute", "area", "group", "level", "count", "base", "known", "lowest", "median", "highest",
]  # fmt: skip


def composition(db: Database, attribute: str | None = None) -> pd.DataFrame:
    """Count each group's participants by the levels of its speakers' attributes.

    Parameters
    ----------
    attribute : str, optional
        Its name; all that are defined or recorded where absent.

    Returns
    -------
    DataFrame
        A row per attribute, group and level, the levels in their order, zeros included: `count`
        of `base` participants, of whom `known` have a value; who has none is “unknown”, and a
        value that its attribute's kind does not take “does not fit”. A number has one level,
        “recorded”, with `lowest`, `median` and `highest`. The last rows of an attribute are of
        “all groups”, where a person who came to several groups counts once.

    Raises
    ------
    BadInput
        Where no such attribute is defined or recorded.
    """
    import pandas as pd

    rows = count_composition(db, attribute)
    return pd.DataFrame(rows, columns=COLUMNS)


def count_composition(db: Database, attribute: str | None = None) -> list[Row]:
    """Return the rows of `composition`."""
    people = [row for row in list_speakers(db) if row["role"] == "participant"]
    places = dict.fromkeys((row["area"], row["group"]) for row in people)
    persons = person_keys(db)
    rows: list[Row] = []
    for defined in _attributes(db, people, attribute):
        levels = _levels(defined, people)
        for place in places:
            here = [row for row in people if (row["area"], row["group"]) == place]
            rows += _count(defined, levels, place, here)
        once = _once(defined["name"], people, persons)
        rows += _count(defined, levels, ("", ALL), once) if len(places) > 1 else []
    return rows


def attribute_names(db: Database) -> list[str]:
    """List the attributes that are defined or recorded, defined ones first."""
    return [row["name"] for row in _attributes(db, list_speakers(db), None)]


def _attributes(db: Database, people: Sequence[Row], wanted: str | None) -> list[Row]:
    defined = list_attributes(db)
    known = {row["name"].casefold() for row in defined}
    free = sorted({n for row in people for n in row["attributes"] if n.casefold() not in known})
    every = [*defined, *({"name": name, "kind": "text", "levels": []} for name in free)]
    if wanted is None:
        return every
    found = [row for row in every if row["name"].casefold() == wanted.casefold()]
    if not found:
        there = ", ".join(row["name"] for row in every) or "none yet"
        raise BadInput(f"There is no attribute “{wanted[:40]}”; there are: {there}.")
    return found


def _value(person: Row, name: str) -> str:
    held = {key.casefold(): value for key, value in person["attributes"].items()}
    return str(held.get(name.casefold(), ""))


def _levels(defined: Row, people: Sequence[Row]) -> list[str]:
    odd = set(defined.get("unfit", ()))
    values = {_value(person, defined["name"]) for person in people} - {""}
    if defined["kind"] == "number":
        levels = [RECORDED]
    elif defined["kind"] == "date":
        levels = sorted({value[:4] for value in values - odd})
    else:
        levels = list(defined["levels"]) or sorted(values, key=str.casefold)
    return [*levels, *([DOES_NOT_FIT] if values & odd else []), UNKNOWN]


def _level(defined: Row, value: str) -> str:
    if not value:
        return UNKNOWN
    if value in defined.get("unfit", ()):
        return DOES_NOT_FIT
    if defined["kind"] == "date":
        return value[:4]
    return RECORDED if defined["kind"] == "number" else value


def _count(
    defined: Row, levels: Sequence[str], place: tuple[str, str], people: Sequence[Row]
) -> list[Row]:
    values = [_value(person, defined["name"]) for person in people]
    found = [_level(defined, value) for value in values]
    common: Row = {"attribute": defined["name"], "area": place[0], "group": place[1]}
    return [
        {
            **common,
            "level": level,
            "count": found.count(level),
            "base": len(people),
            "known": sum(one not in (UNKNOWN, DOES_NOT_FIT) for one in found),
            **_range(level, values, found),
        }
        for level in levels
    ]


def _range(level: str, values: Sequence[str], found: Sequence[str]) -> dict[str, Any]:
    numbers = [float(v) for v, one in zip(values, found, strict=True) if one == RECORDED == level]
    if not numbers:
        return {"lowest": None, "median": None, "highest": None}
    return {"lowest": min(numbers), "median": median(numbers), "highest": max(numbers)}


def _once(name: str, people: Sequence[Row], persons: dict[int, int]) -> list[Row]:
    """Return one row a person, the first that has a value where any has."""
    found: dict[int, Row] = {}
    for row in people:
        key = persons[row["id"]]
        if key not in found or not _value(found[key], name):
            found[key] = row
    return list(found.values())
