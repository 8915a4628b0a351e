"""Hide the decided names in everything a study holds, in one change or not at all.

The edits are known, so nothing is guessed: codings, quotes, decisions and turns move exactly.
"""

from __future__ import annotations

import secrets
from typing import Any

from sqlite_utils import Database

from coding.adjudicating.places import find_places, read_codings
from coding.checks import insert, now
from coding.errors import BadInput, Conflict
from coding.finishing import finished_by
from coding.migrations import pieces
from coding.pseudonyms import key_file
from coding.turns import count_words

from . import resealing
from .hiding_look import Look, Wording, look
from .rewording import drop_derived, reword_rows
from .shifting import shift
from .sqlite import sqlite3

Row = dict[str, Any]
ACTION = "hide names behind pseudonyms"


def hide(db: Database, key: Database, coder_id: int, seen: str | None = None) -> dict[str, int]:
    """Hide the decided names, inside the open change; returns how many of what were changed.

    With `seen`, the seal of what a person looked at, raises Conflict where it would now do
    anything else. The key is on the disk before this begins: whoever is interrupted has lost no
    name, and an entry that was never used hides nothing.
    """
    found = look(db, key)
    if seen is not None and seen != found.seal:
        raise Conflict("This is no longer what you looked at; see below what hiding would do now.")
    if not found.texts and not found.written:
        raise BadInput("Nothing is decided that still stands in the study; decide on a name first.")
    wording = Wording(key, list(found.names))
    upto = resealing.last_row(db)
    places = _decided_places(db)
    try:
        _store_texts(db, found, coder_id)
        _follow(db, found, places)
        reword_rows(db, list(found.written), wording)
    except sqlite3.IntegrityError as error:
        raise BadInput(
            "Two things would be called the same, such as two speakers of a group who are one "
            f"person and can be merged first, so nothing was hidden ({error})."
        ) from error
    drop_derived(db)
    _store_pseudonyms(db, found)
    return _close(db, key, found, wording, coder_id, upto)


def _store_texts(db: Database, found: Look, coder_id: int) -> None:
    """Store the new texts and their turns; no earlier version of them stays."""
    for number, new in found.texts.items():
        version = db.execute("SELECT text_version FROM transcript WHERE id = ?", [number])
        where = {"transcript_id": number, "version": version.fetchone()[0] + 1}
        db.execute("DELETE FROM transcript_text WHERE transcript_id = ?", [number])
        db.execute("DELETE FROM earlier_turn WHERE transcript_id = ?", [number])
        db.table("transcript_text").insert_all(
            {**where, "start": start, "text": piece} for start, piece in pieces(new.text)
        )
        db.execute(
            "UPDATE transcript SET text_version = ? WHERE id = ?", [where["version"], number]
        )
        codings = db.execute(
            'SELECT start, "end", quote FROM coding WHERE transcript_id = ?', [number]
        ).fetchall()
        same = sum(new.text[new.start(a) : new.end(b)] == quote for a, b, quote in codings)
        counts = {"same": same, "changed": len(codings) - same, "lost": 0}
        insert(db, "correction", {**where, "coder_id": coder_id, **counts, "made_at": now()})


def _follow(db: Database, found: Look, places: dict[Any, int]) -> None:
    shift(db, found.texts)
    for number, new in found.texts.items():
        turns = db.execute(
            'SELECT id, speech_start, "end", words FROM turn WHERE transcript_id = ?', [number]
        ).fetchall()
        for turn, start, end, words in turns:
            if (count := count_words(new.text[start:end])) != words:
                db.execute("UPDATE turn SET words = ? WHERE id = ?", [count, turn])
    _keep_decisions(db, found, places)


def _decided_places(db: Database) -> dict[Any, int]:
    """Find, by the place they were made on, the decisions that hold now."""
    made = {
        (row["transcript_id"], row["code_id"], row["start"], row["seen_sha256"]): row["id"]
        for row in db.query("SELECT * FROM adjudication")
    }
    if not made:
        return {}
    held: dict[Any, int] = {}
    by_seen = {(t, c, seen): number for (t, c, _, seen), number in made.items()}
    for place in find_places(read_codings(db), finished_by(db)):
        number = made.get((place.transcript_id, place.code_id, place.start, place.seen_sha256))
        number = number or by_seen.get((place.transcript_id, place.code_id, place.seen_sha256))
        if number:
            held[place.transcript_id, place.code_id, place.start] = number
    return held


def _keep_decisions(db: Database, found: Look, places: dict[Any, int]) -> None:
    """Let a decision hold for the same codings, which quote a pseudonym by now."""
    if not places:
        return
    then = {
        (number, code, found.texts[number].start(start) if number in found.texts else start): made
        for (number, code, start), made in places.items()
    }
    for place in find_places(read_codings(db), finished_by(db)):
        made = then.get((place.transcript_id, place.code_id, place.start))
        if made:
            db.execute(
                "UPDATE adjudication SET seen_sha256 = ? WHERE id = ? AND seen_sha256 <> ?",
                [place.seen_sha256, made, place.seen_sha256],
            )


def _store_pseudonyms(db: Database, found: Look) -> None:
    known = {row["pseudonym"].casefold() for row in db.query("SELECT pseudonym FROM pseudonym")}
    for row in found.names:
        if row["pseudonym"].casefold() not in known:
            values = {"pseudonym": row["pseudonym"], "kind": row["kind"], "hidden_at": now()}
            insert(db, "pseudonym", values)


def _close(
    db: Database, key: Database, found: Look, wording: Wording, coder_id: int, upto: int
) -> dict[str, int]:
    """Take the names out of the history, and note what was done."""
    salt = secrets.token_bytes(16)
    blanked = resealing.blank(db, wording.holds, found.texts, upto)
    sealed = resealing.reseal(db, wording, salt)
    row: Row = {
        "coder_id": coder_id, "names": len(found.names), "places": found.places,
        "blanked": blanked, "made_at": now(),
    }  # fmt: skip
    if sealed:
        row |= {
            "resealed_from": sealed.first, "resealed_to": sealed.last,
            "before_sha256": sealed.before_sha256,
        }  # fmt: skip
        key_file.set_setting(key, f"seal {sealed.before_sha256}", salt.hex())
    insert(db, "pseudonymisation", row)
    db.execute("INSERT OR IGNORE INTO erasing VALUES (1)")
    return {
        "names": len(found.names), "places": found.places, "written": len(found.written),
        "transcripts": len(found.texts), "blanked": blanked,
    }  # fmt: skip
