"""Take words out of the history for good: payloads blanked, names in actions replaced.

A blanked payload loses its salt too, so that nobody can guess what stood in it from its digest.
What a change was called is hashed as it is, so where that held a name the chain is sealed anew
from there on, and the study says so: from which change to which, and a salted digest of the hash
it ended with before. The salt goes into the key, so that who holds the key, and only who holds
it, can prove what the old chain ended with.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from . import history

Holds = Callable[[str], bool]
NOTHING = b""
ROWS = """
    SELECT r.id, r.object, coalesce(p.before, ''), coalesce(p.after, '') FROM change_row r
    JOIN change_payload p ON p.change_row_id = r.id
    WHERE p.before IS NOT NULL OR p.after IS NOT NULL ORDER BY r.id
    """
TEXTS = """
    SELECT r.id FROM change_row r JOIN change_payload p ON p.change_row_id = r.id
    WHERE r.object = 'transcript_text' AND (r.id <= ?2 OR r.operation = 'delete') AND json_extract(
        coalesce(p.after, p.before), '$.transcript_id') IN (SELECT value FROM json_each(?1))
    """


@dataclass(frozen=True)
class Resealed:
    """From which change to which the chain is new, and what it ended with before."""

    first: int
    last: int
    before_sha256: str


def blank(db: Database, holds: Holds, texts: Collection[int], upto: int) -> int:
    """Blank every payload in which `holds` finds something; returns how many.

    A text is blanked with all its pieces, since a name may lie across two of them: those of the
    transcripts `texts`, and of any other whose stored pieces hold a name. `upto` is the last row
    of the history that can hold an earlier text.
    """
    found: list[int] = []
    whole = set(texts)
    for row_id, table, *sides in _in_pieces(db):
        values = [_values(side) for side in sides if side]
        if any(holds(word) for side in values for word in _words(side)):
            found.append(row_id)
            if table == "transcript_text" and row_id <= upto:
                whole |= {side["transcript_id"] for side in values}
    pieces = db.execute(TEXTS, [json.dumps(sorted(whole)), upto]).fetchall()
    every = sorted({*found, *(row_id for (row_id,) in pieces)})
    db.conn.executemany(
        "UPDATE change_payload SET before = NULL, after = NULL, salt = ? WHERE change_row_id = ?",
        [(NOTHING, row_id) for row_id in every],
    )
    return len(every)


def _in_pieces(db: Database) -> Iterator[tuple[Any, ...]]:
    cursor = db.execute(ROWS)
    while rows := cursor.fetchmany(500):
        yield from rows


def _values(side: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(side)
    return found


def _words(row: dict[str, Any]) -> Iterator[str]:
    return (value for value in row.values() if isinstance(value, str))


def last_row(db: Database) -> int:
    """Return the number of the history's newest row."""
    return int(db.execute("SELECT coalesce(max(id), 0) FROM change_row").fetchone()[0])


def reseal(db: Database, reword: Callable[[str], str], salt: bytes) -> Resealed | None:
    """Replace names in what sealed changes are called, and seal anew from the first of them on."""
    changes = db.execute(
        "SELECT id, at, actor, action, kind, target_id, hash FROM change"
        " WHERE hash IS NOT NULL ORDER BY id"
    ).fetchall()
    named = [place for place, row in enumerate(changes) if reword(row[3]) != row[3]]
    if not named:
        return None
    first = named[0]
    previous = changes[first - 1][6] if first else ""
    guard = db.execute(
        "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = 'change_sealed_update'"
    ).fetchone()[0]
    db.execute("DROP TRIGGER change_sealed_update")
    for number, at, actor, action, kind, target, _ in changes[first:]:
        facts = (number, at, actor, reword(action), kind, target)
        previous = history.link(previous, facts, _objects(db, number))
        db.execute(
            "UPDATE change SET action = ?, hash = ? WHERE id = ?", [facts[3], previous, number]
        )
    db.execute(guard)
    return Resealed(changes[first][0], changes[-1][0], salted(salt, changes[-1][6]))


def salted(salt: bytes, sealed: str) -> str:
    """Digest a hash so that it can be compared by who has the salt, and guessed by nobody else."""
    return hashlib.sha256(salt + sealed.encode()).hexdigest()


def _objects(db: Database, change_id: int) -> list[tuple[Any, ...]]:
    return db.execute(
        "SELECT object, object_id, operation, digest FROM change_row WHERE change_id = ?"
        " ORDER BY id",
        [change_id],
    ).fetchall()


def notes(db: Database) -> list[str]:
    """Say which part of the chain was sealed anew, and when: it proves nothing from before then."""
    rows = db.query(
        "SELECT resealed_from, resealed_to, made_at FROM pseudonymisation"
        " WHERE resealed_from IS NOT NULL ORDER BY id"
    )
    return [
        f"Changes {row['resealed_from']} to {row['resealed_to']} were sealed anew on "
        f"{row['made_at'][:10]}, when names in what they are called were hidden: "
        "the chain shows that they are unaltered since then, not before."
        for row in rows
    ]


def last_resealed(db: Database) -> int:
    """Return the last change whose hash is not the one it was given at first, or 0."""
    found = db.execute("SELECT max(resealed_to) FROM pseudonymisation").fetchone()
    return int(found[0] or 0)


def resealed(db: Database, change_id: int) -> bool:
    """Say whether a change's hash is not the one it was given at first."""
    return bool(
        db.execute(
            "SELECT 1 FROM pseudonymisation WHERE ? BETWEEN resealed_from AND resealed_to",
            [change_id],
        ).fetchone()
    )
