"""The key: which name stands behind which pseudonym, in a file that is never part of the study.

It also holds what is proposed and decided, since that names people too. Nothing of it is
recorded in the study's history.
"""

import csv
import io
import re
from collections.abc import Iterable

from sqlite_utils import Database

from ..checks import Row, now
from ..errors import BadInput
from .replacing import key_of

STYLES = {
    "label": "Labels in brackets, such as [Participant 3]",
    "invented": "Invented first names for people, labels for everything else",
}
TABLES = """
    CREATE TABLE IF NOT EXISTS name (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        pseudonym TEXT COLLATE NOCASE UNIQUE,
        decision TEXT NOT NULL DEFAULT 'open' CHECK (decision IN ('open', 'hide', 'keep')),
        decided_at TEXT
    ) STRICT;
    CREATE TABLE IF NOT EXISTS form (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name_id INTEGER NOT NULL REFERENCES name(id) ON DELETE CASCADE,
        text TEXT NOT NULL,
        only_in INTEGER,
        UNIQUE (name_id, text, only_in)
    ) STRICT;
    CREATE TABLE IF NOT EXISTS occurrence (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name_id INTEGER NOT NULL REFERENCES name(id) ON DELETE CASCADE,
        transcript_id INTEGER NOT NULL,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        text TEXT NOT NULL,
        source TEXT NOT NULL,
        certainty REAL NOT NULL,
        leave INTEGER NOT NULL DEFAULT 0,
        UNIQUE (transcript_id, start, end)
    ) STRICT;
    CREATE TABLE IF NOT EXISTS left_row (
        object TEXT NOT NULL,
        object_id INTEGER NOT NULL,
        PRIMARY KEY (object, object_id)
    ) STRICT;
    CREATE TABLE IF NOT EXISTS roster (name TEXT PRIMARY KEY) STRICT;
    CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
"""
LIST = """
    SELECT n.*, count(o.id) AS places, coalesce(sum(o.leave), 0) AS left_out,
        count(DISTINCT o.transcript_id) AS transcripts, coalesce(max(o.certainty), 0) AS certainty,
        min(printf('%012d%012d', o.transcript_id, o.start)) AS first,
        (SELECT group_concat(text, char(10)) FROM
            (SELECT DISTINCT text FROM form WHERE name_id = n.id ORDER BY length(text) DESC, text)
        ) AS forms
    FROM name n LEFT JOIN occurrence o ON o.name_id = n.id
    WHERE ?1 IS NULL OR n.id = ?1 GROUP BY n.id ORDER BY n.kind, n.name COLLATE NOCASE, n.id
    """


def prepare_key(key: Database) -> None:
    """Give a new file its tables; what is deleted from it is overwritten with zeros."""
    key.execute("PRAGMA secure_delete=ON")
    for statement in TABLES.split(";"):
        key.execute(statement)


def setting(key: Database, name: str) -> str | None:
    """Return a setting, or None where it was never set."""
    found = key.execute("SELECT value FROM setting WHERE name = ?", [name]).fetchone()
    return str(found[0]) if found else None


def set_setting(key: Database, name: str, value: str) -> None:
    """Keep a setting."""
    key.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", [name, value])


def style(key: Database) -> str:
    """Return the style of pseudonyms that this study proposes."""
    return setting(key, "style") or "label"


def list_names(key: Database, name_id: int | None = None) -> list[Row]:
    """List the names with their forms, longest first, and how often and where they stand."""
    rows = list(key.query(LIST, [name_id]))
    for row in rows:
        row["forms"] = (row["forms"] or row["name"]).split("\n")
    return rows


def get_name(key: Database, name_id: int) -> Row:
    """Return one name as it is listed."""
    from ..errors import NotFound

    for row in list_names(key, name_id):
        return row
    raise NotFound("That name is no longer in the list; load the page anew.")


def add_name(key: Database, kind: str, name: str, pseudonym: str | None = None) -> int:
    """Add a name that is not decided yet."""
    cursor = key.execute(
        "INSERT INTO name (kind, name, pseudonym) VALUES (?, ?, ?)", [kind, name, pseudonym]
    )
    return int(cursor.lastrowid or 0)


def add_forms(key: Database, name_id: int, forms: Iterable[str], only_in: int | None) -> None:
    """Add writings of a name, as they stand in one transcript only or anywhere."""
    for text in dict.fromkeys(forms):
        known = key.execute(
            "SELECT 1 FROM form WHERE name_id = ? AND text = ?"
            " AND (only_in IS ? OR only_in IS NULL)",
            [name_id, text, only_in],
        ).fetchone()
        if not known:
            key.execute(
                "INSERT INTO form (name_id, text, only_in) VALUES (?, ?, ?)",
                [name_id, text, only_in],
            )


def hidden_rows(key: Database, study: Database) -> list[Row]:
    """List the key itself: pseudonym, kind and each form of the name, of what is hidden."""
    hidden = {row["pseudonym"].casefold() for row in study.query("SELECT pseudonym FROM pseudonym")}
    return [
        {"pseudonym": row["pseudonym"], "kind": row["kind"], "name": form}
        for row in list_names(key)
        if (row["pseudonym"] or "").casefold() in hidden
        for form in row["forms"]
    ]


def forget_hidden(key: Database, study: Database) -> int:
    """Delete every hidden name from the key; returns how many. What is open or kept stays."""
    gone = {row["pseudonym"] for row in hidden_rows(key, study)}
    for pseudonym in gone:
        key.execute("DELETE FROM name WHERE pseudonym = ?", [pseudonym])
    key.execute("DELETE FROM setting WHERE name LIKE 'seal %'")
    key.execute("VACUUM")
    return len(gone)


def take_back(key: Database, study: Database, rows: Iterable[Row]) -> int:
    """Bring an exported key back; returns how many pseudonyms of this study it explains."""
    known = {
        row["pseudonym"].casefold(): row
        for row in study.query("SELECT pseudonym, kind FROM pseudonym")
    }
    by: dict[str, list[str]] = {}
    for row in rows:
        pseudonym, name = (row.get("pseudonym") or "").strip(), (row.get("name") or "").strip()
        if pseudonym.casefold() in known and name:
            by.setdefault(pseudonym.casefold(), []).append(name)
    if not by:
        raise BadInput(
            "The file explains no pseudonym of this study; it needs the columns pseudonym and name."
        )
    for folded, names in by.items():
        kept = known[folded]
        key.execute("DELETE FROM name WHERE pseudonym = ?", [kept["pseudonym"]])
        name_id = add_name(key, kept["kind"], names[0], kept["pseudonym"])
        decide(key, name_id, "hide")
        add_forms(key, name_id, names, None)
    return len(by)


def written(rows: list[Row]) -> str:
    """Write the rows of a key as CSV, so that a spreadsheet runs none of it."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow(["pseudonym", "kind", "name"])
    for row in rows:
        told = [str(row[name]) for name in ("pseudonym", "kind", "name")]
        writer.writerow([f"'{word}" if word[:1] in "=+-@" else word for word in told])
    return sheet.getvalue()


def read_exported(words: str) -> list[Row]:
    """Read the rows of an exported key; what a spreadsheet was kept from running is as it was."""
    rows = list(csv.DictReader(io.StringIO(words)))
    return [
        {name: re.sub(r"^'(?=[=+\-@])", "", row.get(name) or "") for name in ("pseudonym", "name")}
        for row in rows
    ]


def decide(key: Database, name_id: int, decision: str) -> None:
    """Note what is to become of a name."""
    if decision not in ("open", "hide", "keep"):
        raise BadInput(f"Hide a name, keep it, or leave it open, not “{decision[:40]}”.")
    key.execute(
        "UPDATE name SET decision = ?, decided_at = ? WHERE id = ?", [decision, now(), name_id]
    )


def same_form(one: str, other: str) -> bool:
    """Say whether two writings are of one form."""
    return key_of(one) == key_of(other)
