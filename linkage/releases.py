"""The ledger of tables that have left the study, and the threshold that they must meet."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from coding.checks import check_text, get, insert, now
from coding.errors import BadInput, Conflict

if TYPE_CHECKING:
    from analysis.disclosure.differencing import Ledger
    from analysis.disclosure.keys import Key

Row = dict[str, Any]
THRESHOLD = 10  # METHODS: the default
LEAST, MOST = 2, 1000  # that a study may set it to


def threshold_of(db: Database) -> int:
    """Return how many respondents a number that leaves must at least be of."""
    # main: a rule of the whole study holds for whoever reads a part of it.
    found = db.execute("SELECT threshold FROM main.release_rule").fetchone()
    return int(found[0]) if found else THRESHOLD


def set_threshold(db: Database, threshold: int) -> None:
    """Set the threshold; raises BadInput outside of 2 to 1,000."""
    if not LEAST <= threshold <= MOST:
        raise BadInput("The threshold is a whole number of respondents from 2 to 1,000.")
    if threshold == threshold_of(db):
        return
    if db.table("release_rule").count:
        db.table("release_rule").update(1, {"threshold": threshold})
    else:
        insert(db, "release_rule", {"id": 1, "threshold": threshold})


def list_releases(db: Database, words: str = "") -> list[Row]:
    """List what has left, the newest first, with who took it; `reasons` counts the hidden cells.

    `words`: only those whose kind, title, person or hash hold each of them.
    """
    rows = db.query(
        "SELECT r.*, c.name AS released_by FROM release r JOIN coder c ON c.id = r.coder_id"
        " ORDER BY r.id DESC"
    )
    found = [{**row, "reasons": json.loads(row["reasons"])} for row in rows]
    wanted = words.casefold().split()
    return [
        row
        for row in found
        if all(
            word
            in f"{row['what']} {row['title']} {row['form']} {row['released_by']}"
            f" {row['table_sha256']} {row['released_at']}".casefold()
            for word in wanted
        )
    ]


def last_release(db: Database) -> int:
    """Return the number of the newest line of the ledger, 0 where there is none."""
    return int(db.execute("SELECT coalesce(max(id), 0) FROM main.release").fetchone()[0])


def read_ledger(db: Database) -> Ledger:
    """Read the tables that have left and were not withdrawn, each once.

    All of them, whatever part of the study the reader sees: what has left is out for everybody.
    """
    from analysis.disclosure.differencing import Ledger

    bodies = db.execute(
        "SELECT body FROM main.released_table WHERE table_sha256 IN"
        " (SELECT table_sha256 FROM main.release WHERE withdrawn_at IS NULL)"
    ).fetchall()
    return Ledger(from_body(body) for (body,) in bodies)


def released_cells(db: Database, digest: str) -> list[tuple[Key, float | None]]:
    """List the cells of a table that has left, None where one was suppressed."""
    found = db.execute("SELECT body FROM released_table WHERE table_sha256 = ?", [digest])
    row = found.fetchone()
    if row is None:
        return []
    cells = from_body(row[0]).items()
    return sorted(cells, key=lambda cell: (sorted(cell[0].questions), sorted(cell[0].conditions)))


def record_release(
    db: Database, coder_id: int, told: Mapping[str, Any], body: str, *, after: int
) -> int:
    """Enter a table in the ledger; `told` has what, title, form, rows, cells, hidden, reasons.

    Raises Conflict where another table has left since line `after`, which the table was not
    compared with.
    """
    if last_release(db) != after:
        raise Conflict("Another table left at the same moment; take this one again.")
    digest = hashlib.sha256(body.encode()).hexdigest()
    db.execute("INSERT OR IGNORE INTO released_table VALUES (?, ?)", [digest, body])
    row = {**told, "reasons": json.dumps(told["reasons"], sort_keys=True)}
    return insert(db, "release", {**row, "table_sha256": digest, "coder_id": coder_id,
                                  "released_at": now()})  # fmt: skip


def withdraw_release(db: Database, release_id: int, because: str) -> None:
    """Say that a table never went further and every copy is gone, so nothing is held against it.

    Raises BadInput without a reason, or where it is withdrawn already.
    """
    because = check_text(because, "The reason", 1000)
    if not because:
        raise BadInput("Say why this table need not be held against later ones.")
    if get(db, "release", release_id, "released table")["withdrawn_at"]:
        raise BadInput("This table is withdrawn already.")
    db.table("release").update(release_id, {"withdrawn_at": now(), "withdrawn_because": because})


def damaged_tables(db: Database) -> list[str]:
    """List the hashes whose table is missing or not what they are of."""
    rows = db.execute(
        "SELECT DISTINCT r.table_sha256, t.body FROM release r"
        " LEFT JOIN released_table t USING (table_sha256)"
    ).fetchall()
    return [d for d, body in rows if hashlib.sha256((body or "").encode()).hexdigest() != d]


def to_body(cells: Mapping[Key, float | None]) -> str:
    """Write a table's cells as canonical JSON: questions, conditions, what is counted, count."""
    rows = [
        [sorted(key.questions), sorted(key.conditions), key.counted, count]
        for key, count in cells.items()
    ]
    return json.dumps(sorted(rows, key=lambda row: json.dumps(row[:3])), ensure_ascii=False)


def from_body(body: str) -> dict[Key, float | None]:
    """Read a table's cells; raises ValueError where it is not what `to_body` writes."""
    from analysis.disclosure.keys import Key

    try:
        return {
            Key(frozenset((str(a), str(b)) for a, b in questions),
                frozenset((str(a), str(b)) for a, b in conditions), str(counted)):
            None if count is None else float(count)
            for questions, conditions, counted, count in json.loads(body)
        }  # fmt: skip
    except (TypeError, ValueError) as error:
        raise ValueError("not the cells of a table") from error
