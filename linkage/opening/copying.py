"""Table by table, value by value, out of a file made elsewhere into tables of our own making."""

from collections.abc import Callable
from string import Template
from typing import Any

from sqlite_utils import Database

from coding.errors import BadInput

from ..sqlite import sqlite3
from .contents import OWN, RESPONSES, Contents, check_plain
from .door import short
from .responses import response_columns
from .values import checked

Progress = Callable[[int, int], None]
# Names of tables and columns are our own here, or follow a pattern of ours.
_READ = Template('SELECT $columns FROM "$table" NOT INDEXED')
_WRITE = Template('INSERT INTO "$table" ($columns) VALUES ($marks)')


def copy_tables(
    conn: Any, db: Database, contents: Contents, name: str, progress: Progress | None
) -> None:
    """Copy every table that our schema of the file's version has; notes what is left behind."""
    ours = own_tables(db)
    for done, table in enumerate(ours):
        if table not in contents.tables:
            raise BadInput(f"“{name}” has no table “{table}”, so it is no whole study.")
        _copy(conn, db, contents, table, name, known=list(db.table(table).columns_dict))
        if progress:
            progress(done + 1, len(ours))
    answers = copy_responses(conn, db, contents, name)
    for table in sorted(contents.tables - set(ours) - answers - OWN):
        if not table.startswith("sqlite_"):
            contents.dropped.append(f"the table “{short(table)}”")


def own_tables(db: Database) -> list[str]:
    """List the ordinary tables that a study of this version has, bar those of this place only."""
    found = [row[1] for row in db.execute("PRAGMA table_list").fetchall() if row[2] == "table"]
    return sorted(t for t in found if t not in OWN and not t.startswith("sqlite_"))


def _copy(
    conn: Any, db: Database, contents: Contents, table: str, name: str, known: list[str]
) -> None:
    there = check_plain(conn, table, name)
    missing = [column for column in known if column not in there]
    if missing:
        raise BadInput(f"“{name}” has no column “{missing[0]}” in {table}; it is no whole study.")
    contents.dropped += [
        f"the column “{short(column)}” of {table}" for column in there if column not in known
    ]
    columns = ", ".join(f'"{column}"' for column in known)
    rows = conn.execute(_READ.substitute(table=table, columns=columns))
    into = _WRITE.substitute(table=table, columns=columns, marks=", ".join("?" * len(known)))
    try:
        db.conn.executemany(into, checked(table, known, rows))
    except (sqlite3.IntegrityError, OverflowError) as error:
        raise BadInput(
            f"“{name}” holds rows in {table} that do not fit ({error}); it was not opened."
        ) from error


def copy_responses(conn: Any, db: Database, contents: Contents, name: str) -> set[str]:
    """Copy the answers of the imports that the file names; returns their tables."""
    copied: set[str] = set()
    for row in list(db.table("survey_import").rows):
        table = f"response_{row['id']}"
        if table in contents.tables and RESPONSES.fullmatch(table):
            columns = response_columns(check_plain(conn, table, name), row, name)
            db.table(table).create(columns, pk="id", strict=True)
            _copy(conn, db, contents, table, name, known=list(columns))
            copied.add(table)
        elif row["state"] == "complete":
            raise BadInput(f"“{name}” lacks the answers of {short(row['file_name'])}.")
    return copied
