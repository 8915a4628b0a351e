"""What is in a file made elsewhere: of which version it is, and which of its tables we know."""

import re
from dataclasses import dataclass, field
from string import Template
from typing import Any

from sqlite_utils import Database

from coding.errors import BadInput

from ..history import trigger_names
from ..study import SETS
from .door import short

MIGRATIONS = "_sqlite_migrations"
# Of each request answered and each migration made here, only this place knows; what a model made
# of the words is made anew.
OWN = {
    MIGRATIONS, "answered_request", "parsed_transcript", "open_suggestion", "suggestion_fit",
    "topics_found", "drawn_effects",
    "erasing",
}  # fmt: skip
RESPONSES = re.compile(r"response_[1-9][0-9]{0,8}")
FIRST_VERSION = 2  # migrations of every set
MANY = 20_000
SHOWN = 40
_COLUMNS = Template('PRAGMA table_xinfo("$table")')
_CHECK = Template('PRAGMA quick_check("$table")')
Names = dict[str, str]


@dataclass
class Contents:
    """The ordinary tables of a file, and what is in it besides."""

    tables: set[str] = field(default_factory=set)
    dropped: list[str] = field(default_factory=list)


def look(conn: Any, name: str) -> Contents:
    """Sort a file's schema into ordinary tables and the rest, without running any of it."""
    found = Contents()
    rows = conn.execute("SELECT type, name, rootpage, sql FROM sqlite_master").fetchmany(MANY)
    if len(rows) == MANY:
        raise BadInput(f"“{name}” holds far more tables than a study; it was not opened.")
    triggers = []
    for kind, label, root, sql in rows:
        words = str(sql or "")
        if kind == "table" and root and re.match(r"CREATE TABLE\b", words):
            found.tables.add(str(label))
        elif kind == "table":
            found.dropped.append(f"the virtual table “{short(label)}”")
        elif kind == "view":
            found.dropped.append(f"the view “{short(label)}”")
        elif kind == "trigger":
            triggers.append(str(label))
    ours = trigger_names(found.tables)
    found.dropped += [f"the trigger “{short(label)}”" for label in triggers if label not in ours]
    return found


def applied_migrations(conn: Any, contents: Contents, name: str) -> dict[str, list[str]]:
    """Return the migrations of each of our sets that the file has had.

    Raises BadInput where it comes from a newer version, or has not had them in their order.
    """
    if MIGRATIONS not in contents.tables:
        raise BadInput(f"“{name}” does not say of which version it is; it was not opened.")
    check_plain(conn, MIGRATIONS, name)
    rows = conn.execute("SELECT migration_set, name FROM _sqlite_migrations NOT INDEXED").fetchmany(
        MANY
    )
    nothing = Database(memory=True)
    ours = {s.name: [migration.name for migration in s.pending(nothing)] for s in SETS}
    nothing.close()
    if any(step not in ours.get(which, ()) for which, step in rows):
        raise BadInput(f"“{name}” was written by a newer version of Coproduce; upgrade to open it.")
    rows = [(str(which), str(step)) for which, step in rows]
    had = {which: {step for w, step in rows if w == which} for which in ours}
    applied = {which: steps[: len(had[which])] for which, steps in ours.items()}
    odd = any(set(applied[which]) != had[which] for which in ours)
    if odd or any(len(applied[which]) < FIRST_VERSION for which in ours):
        raise BadInput(f"“{name}” is of no version that was ever given out; it was not opened.")
    return applied


def check_plain(conn: Any, table: str, name: str) -> Names:
    """Return the plain columns of a table with their types, after SQLite has looked it over.

    Computed columns are refused: reading or even checking them would run what they say.
    """
    columns: Names = {}
    for _, column, kind, _, _, _, hidden in conn.execute(_COLUMNS.substitute(table=table)):
        if hidden:
            raise BadInput(
                f"“{name}” computes the column “{short(column)}” of {table}, "
                "which no Coproduce file does; it was not opened."
            )
        columns[str(column)] = str(kind).upper()
    for (sentence,) in conn.execute(_CHECK.substitute(table=table)):
        if sentence != "ok":
            raise BadInput(
                f"“{name}” is damaged in {table} ({short(sentence)}); open another copy of it."
            )
    return columns


def told(dropped: list[str]) -> list[str]:
    """Shorten a list of what was left behind."""
    more = len(dropped) - SHOWN
    return dropped[:SHOWN] + ([f"and {more:,} more"] if more > 0 else [])
