"""Topics that somebody dismissed stay dismissed, known by their words, whatever their number.

A topic is a dismissed one where it shares at least six of its ten strongest words with it (of
fewer words, six in ten); each dismissal hides the one topic that shares most.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlite_utils import Database

from ..checks import Row, check_name, insert, now
from ..errors import BadInput, NotFound

COMPARED = 10
SHARE = 0.6
BETWEEN = ", "


def words_of(topic: dict[str, Any]) -> list[str]:
    """List the words by which a topic is known again."""
    return [word for word, _ in topic["words"][:COMPARED]]


def dismiss(db: Database, coder_id: int, words: Iterable[str], area_id: int = 0) -> int:
    """Dismiss a topic by its words; the same again is the dismissal there is."""
    known = [check_name(word.replace(",", " "), "a word", 100) for word in words][:COMPARED]
    if not known:
        raise BadInput("A topic is dismissed by its words; name at least one.")
    for row in _rows(db):
        if row["only_area"] == area_id and set(row["words"]) == set(known):
            return int(row["id"])
    row = {
        "only_area": area_id,
        "name": BETWEEN.join(known),
        "coder_id": coder_id,
        "dismissed_at": now(),
    }
    return insert(db, "topic_dismissal", row)


def bring_back(db: Database, dismissal_id: int) -> list[str]:
    """Take a dismissal back; returns the words of its topic."""
    found = next((row for row in _rows(db) if row["id"] == dismissal_id), None)
    if found is None:
        raise NotFound(f"There is no dismissed topic {dismissal_id} in this study.")
    db.table("topic_dismissal").delete(dismissal_id)
    return list(found["words"])


def mark_dismissed(
    db: Database, topics: list[dict[str, Any]], area_id: int = 0
) -> list[Row | None]:
    """Return for each topic of an area (0 is all areas) the dismissal that hides it, if any."""
    pairs = []
    for row in _rows(db):
        if row["only_area"] == area_id:
            likeness = [_shared(set(row["words"]), set(words_of(topic))) for topic in topics]
            pairs += [(-share, row["id"], at, row) for at, share in enumerate(likeness)]
    found: list[Row | None] = [None] * len(topics)
    used: set[int] = set()
    for share, number, at, row in sorted(pairs, key=lambda pair: pair[:3]):
        if -share >= SHARE and number not in used and found[at] is None:
            found[at] = row
            used.add(number)
    return found


def _shared(one: set[str], other: set[str]) -> float:
    fewest = min(len(one), len(other))
    return len(one & other) / fewest if fewest else 0.0


def _rows(db: Database) -> list[Row]:
    rows = db.query(
        "SELECT d.*, o.name AS coder FROM topic_dismissal d JOIN coder o ON o.id = d.coder_id"
        " ORDER BY d.id"
    )
    return [{**row, "words": row["name"].split(BETWEEN)} for row in list(rows)]
