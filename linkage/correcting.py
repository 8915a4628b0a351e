"""Correct a transcript with all that quotes it: codings, and the quotes that stories stand on."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from coding.checks import get
from coding.correcting import Moved, Plan, store_correction
from coding.correcting.storing import free_order
from coding.errors import BadInput, Conflict

Row = dict[str, Any]
Planning = Callable[[Database], Plan]

_QUOTES = """
    SELECT q.*, story.title AS story,
        (SELECT count(DISTINCT v.message_id) FROM sentence_evidence e
            JOIN message_sentence s ON s.id = e.sentence_id
            JOIN message_version v ON v.id = s.message_version_id
            WHERE e.story_quote_id = q.id) AS messages
    FROM story_quote q JOIN story ON story.id = q.story_id
    WHERE q.transcript_id = ? ORDER BY q.start, q."end", q.id
"""
_PLACE = """
    UPDATE story_quote SET start = ?, "end" = ?, quote = ?, altered_from = ? WHERE id = ?
"""


@dataclass(frozen=True)
class Look:
    """A correction as it is shown before it is saved."""

    plan: Plan
    quotes: tuple[Moved, ...]

    @property
    def seal(self) -> str:
        """Return what was seen: saving under another seal is refused."""
        told = [(one.row["id"], one.row["quote"], one.now) for one in self.quotes]
        return f"{self.plan.seal[:40]}{hash_of(told)}"

    @property
    def altered(self) -> list[Moved]:
        """List the quotes of stories whose words change."""
        return [one for one in self.quotes if one.now and one.now.how == "changed"]

    @property
    def blocking(self) -> list[Moved]:
        """List the quotes of stories that would be gone; while there is one, nothing is saved."""
        return [one for one in self.quotes if one.now is None]


def hash_of(facts: object) -> str:
    """Return a short hash of plain values."""
    from hashlib import sha256

    return sha256(repr(facts).encode()).hexdigest()[:24]


def look(db: Database, planning: Planning) -> Look:
    """Work out what a correction would do; nothing is stored."""
    plan = planning(db)
    taken: set[Hashable] = set()
    quotes = []
    for row in db.query(_QUOTES, [plan.transcript_id]):
        now = plan.anchors.place(row["start"], row["end"])
        key = now and (row["story_id"], now.start, now.end)
        quotes.append(Moved(row, None if key in taken else now))
        taken.add(key)
    return Look(plan, tuple(quotes))


def correct(db: Database, planning: Planning, coder_id: int, seen: str | None = None) -> int:
    """Store a correction as the next version of the text; returns the version's number.

    With `seen`, the seal of what a person looked at, raises Conflict where it would now do
    anything else, such as to a coding made meanwhile.
    """
    found = look(db, planning)
    if seen is not None and seen != found.seal:
        raise Conflict("This is no longer what you looked at; see below what saving would do now.")
    for one in found.blocking:
        raise BadInput(
            f"The story “{one.row['story']}” quotes words that would be gone: "
            f"“{one.row['quote'][:80]}”; take the quote out of the story first."
        )
    version = store_correction(db, found.plan, coder_id)
    _place_quotes(db, found)
    return version


def _place_quotes(db: Database, found: Look) -> None:
    held = {one.row["id"]: one for one in found.quotes if one.now and one.moves}
    places: dict[int, Hashable] = {
        number: (one.row["story_id"], one.row["start"], one.row["end"])
        for number, one in held.items()
    }
    then: dict[int, Hashable] = {
        number: (one.row["story_id"], one.now.start, one.now.end)
        for number, one in held.items()
        if one.now
    }
    moving = list(free_order(places, then))
    for number in [*moving, *(n for n in held if places[n] == then[n])]:
        one = held[number]
        assert one.now  # held has the others only
        before = one.row["altered_from"] or (one.row["quote"] if one.now.how == "changed" else "")
        # Corrected back to what was marked, it is altered no more.
        before = "" if before == one.now.quote else before
        db.execute(_PLACE, [one.now.start, one.now.end, one.now.quote, before, number])


def accept_altered(db: Database, quote_id: int) -> None:
    """Note that somebody has read an altered quote, and that it still tells its story."""
    get(db, "story_quote", quote_id, "quote")
    db.table("story_quote").update(quote_id, {"altered_from": ""})
