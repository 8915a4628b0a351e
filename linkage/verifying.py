"""Walk the history's chain: is every change, row and payload what it was when it was sealed?"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlite_utils import Database

from .history import link, payload_digest
from .resealing import resealed

Anchor = tuple[int, str]

ROWS = """
    SELECT change_id, object, object_id, operation, digest, salt, before, after FROM change_row r
    LEFT JOIN change_payload p ON p.change_row_id = r.id ORDER BY change_id, r.id
    """


def verify(db: Database, anchors: Sequence[Anchor] = ()) -> list[str]:
    """Walk the chain; return a sentence for each place where it does not hold.

    An anchor is a change's number and hash as they were noted outside of the file: without one,
    the removal of the newest changes leaves no trace.
    """
    with _any_text(db):
        hashes, problems = _walk(db)
    for change_id, noted in anchors:
        if change_id not in hashes:
            problems.append(f"Change {change_id} was there and is not: the history was cut.")
        elif hashes[change_id] != noted and not resealed(db, change_id):
            problems.append(f"Change {change_id} is not the one whose hash was noted outside.")
    return problems


def _walk(db: Database) -> tuple[dict[int, str], list[str]]:
    problems: list[str] = []
    hashes: dict[int, str] = {}
    previous = ""
    groups = groupby(_in_pieces(db), key=itemgetter(0))
    group = next(groups, None)
    changes = db.execute(
        "SELECT id, at, actor, action, kind, target_id, hash FROM change ORDER BY id"
    ).fetchall()
    for *facts, sealed in changes:
        while group and group[0] < facts[0]:
            problems.append(f"Rows are kept of a change {group[0]} that is not there.")
            group = next(groups, None)
        rows: list[tuple[Any, ...]] = []
        if group and group[0] == facts[0]:
            rows = [row[1:] for row in group[1]]
            group = next(groups, None)
        problems += _check(previous, facts, rows, sealed)
        hashes[facts[0]] = previous = sealed
    if group:
        problems.append(f"Rows are kept of a change {group[0]} that is not there.")
    return hashes, problems


def _check(
    previous: str, facts: list[Any], rows: list[tuple[Any, ...]], sealed: str
) -> Iterator[str]:
    if link(previous, tuple(facts), [row[:4] for row in rows]) != sealed:
        yield f"Change {facts[0]} does not match its hash."
    for table, row_id, _, *payload in rows:
        if not _payload_holds(*payload):
            yield f"Change {facts[0]}: what is stored of {table} {row_id} was altered."


def _payload_holds(digest: str, salt: bytes | None, before: str | None, after: str | None) -> bool:
    if salt is None:
        return False
    blanked = before is None and after is None
    return blanked or payload_digest(salt, before, after) == digest


def _in_pieces(db: Database) -> Iterator[tuple[Any, ...]]:
    """Read rows as they are needed: payloads may be larger than memory."""
    cursor = db.execute(ROWS)
    while rows := cursor.fetchmany(500):
        yield from rows


@contextmanager
def _any_text(db: Database) -> Iterator[None]:
    """Read text that is no longer UTF-8: an altered byte must be found, not stop the search."""
    usual = db.conn.text_factory
    db.conn.text_factory = lambda raw: raw.decode(errors="surrogateescape")
    try:
        yield
    finally:
        db.conn.text_factory = usual
