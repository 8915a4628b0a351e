"""The names a study knows by itself, its areas and what somebody listed: rules before the model.

A listed name is found whatever its case, since talk is often typed without capitals. Only what
the study lists is known: a general list of places would find Bath, Reading and Street in talk of
washing, books and roads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlite_utils import Database

from .checks import Row, check_name, get, insert, now
from .errors import BadInput

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.pipeline import EntityRuler

# What each kind is called as an entity of a doc; the same labels as the models' own names have.
LABELS = {"PLACE": "GPE", "GROUP": "ORG", "PERSON": "PERSON"}
LONGEST, MOST = 100, 5_000
_WORD = re.compile(r"\w+")


class Entry(NamedTuple):
    """A name and what it names: PLACE, GROUP or PERSON."""

    name: str
    kind: str


def entries(db: Database) -> list[Entry]:
    """List all names, areas and listed ones, whoever asks; a listed kind goes before an area's.

    A person limited to some areas reads the same parse as everybody, so this looks behind their
    view of the study; `list_entries` is what they are shown.
    """
    areas = db.execute("SELECT name, 'PLACE' FROM main.area").fetchall()
    listed = db.execute("SELECT name, kind FROM main.gazetteer_entry").fetchall()
    known = {name.lower(): Entry(name, kind) for name, kind in [*areas, *listed]}
    return sorted(known.values())


def list_entries(db: Database) -> list[Row]:
    """List the names that somebody listed, in order: id, name, kind, added_at."""
    sql = "SELECT id, name, kind, added_at FROM gazetteer_entry ORDER BY lower(name), id"
    return list(db.query(sql))


def add_entry(db: Database, name: str, kind: str) -> int:
    """List a name; returns its number. Raises BadInput where it is none, or listed already."""
    entry = check_entry(name, kind)
    held = {row["name"].lower(): row for row in list_entries(db)}
    if entry.name.lower() in held:
        before = held[entry.name.lower()]
        raise BadInput(
            f"“{entry.name}” is listed already, as a {before['kind'].lower()}; remove it first."
        )
    if len(held) >= MOST:
        raise BadInput(f"The list holds {MOST:,} names, which is the most it may hold.")
    return insert(db, "gazetteer_entry", {**entry._asdict(), "added_at": now()})


def add_entries(db: Database, found: Iterable[Entry]) -> dict[str, int]:
    """List many names at once: returns how many are new, listed already, and now of another kind.

    The kind said last holds, so that a list that was put right can be loaded again.
    """
    held = {row["name"].lower(): row for row in list_entries(db)}
    counts = {"added": 0, "there": 0, "changed": 0}
    for entry in found:
        before = held.get(entry.name.lower())
        if before is None:
            counts["added"] += 1
            number = insert(db, "gazetteer_entry", {**entry._asdict(), "added_at": now()})
            held[entry.name.lower()] = {"id": number, **entry._asdict()}
        elif before["kind"] != entry.kind:
            db.table("gazetteer_entry").update(before["id"], {"kind": entry.kind})
            before["kind"] = entry.kind
            counts["changed"] += 1
        else:
            counts["there"] += 1
    if len(held) > MOST:
        raise BadInput(f"That would make {len(held):,} names; the list may hold {MOST:,}.")
    return counts


def remove_entry(db: Database, entry_id: int) -> str:
    """Take a name off the list; returns it."""
    name = str(get(db, "gazetteer_entry", entry_id, "name in the gazetteer")["name"])
    db.execute("DELETE FROM gazetteer_entry WHERE id = ?", [entry_id])
    return name


def check_entry(name: str, kind: str) -> Entry:
    """Return a name as it is listed, or say what is wrong with it."""
    name = check_name(name, "a place, group or person", LONGEST)
    if not any(sign.isalnum() for sign in name):
        raise BadInput(f"“{name}” has neither a letter nor a digit; write a name.")
    wanted = kind.strip().upper()
    if wanted not in LABELS:
        raise BadInput(f"A name is a place, a group or a person, not “{kind.strip()[:40]}”.")
    return Entry(name, wanted)


def words_of(text: str) -> set[str]:
    """Return the different words of a text, in small letters."""
    return set(_WORD.findall(text.lower()))


def names_for(text: str, known: Iterable[Entry]) -> list[Entry]:
    """Return the names whose words all stand in a text: all that a change there could concern."""
    words = words_of(text)
    return [entry for entry in known if words_of(entry.name) <= words]


def ruler(front: Language, names: Iterable[Entry]) -> EntityRuler | None:
    """Make an EntityRuler of names, or None of no names.

    It labels a PLACE as GPE, a GROUP as ORG and a PERSON as PERSON, as the models do, and gives
    each token the kind as `ent_id_`, which is blank on what the model found by itself. `front` is
    a pipeline with nothing but the model's tokenizer.
    """
    from spacy.pipeline import EntityRuler

    patterns: list[dict[str, Any]] = [
        {"label": LABELS[entry.kind], "pattern": spelling, "id": entry.kind}
        for entry in names
        for spelling in _spellings(entry.name)
    ]
    if not patterns:
        return None
    rules = EntityRuler(front, phrase_matcher_attr="LOWER")
    rules.add_patterns(patterns)
    return rules


def _spellings(name: str) -> Iterator[str]:
    """Yield a name with either apostrophe: files differ in which they have."""
    yield from {name, name.replace("'", "’"), name.replace("’", "'")}
