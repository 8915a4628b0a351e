"""Decide on suggestions: accepting makes a person's own coding, rejecting is remembered.

Both are rows of `suggestion_decision`, which keep what was suggested then. A suggestion that is
no longer open is answered with why, and nothing is stored.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from coding.checks import Row, get, insert, now
from coding.codings import add_coding, check_passage
from coding.errors import BadInput, Conflict
from coding.sentences import sentences
from coding.transcripts import list_turns, passage, text

EXTENTS = ("words", "sentence", "turn")
GONE = (
    "This suggestion is no longer there: its code was deleted, or the study was learned from "
    "anew; load the page again."
)


@dataclass(frozen=True)
class Place:
    """Which suggestion: the passage in code points, its words as they were seen, and the code."""

    transcript_id: int
    code_id: int
    start: int
    end: int
    quote: str

    @property
    def where(self) -> Row:
        """Return what names the row."""
        return {
            "transcript_id": self.transcript_id,
            "code_id": self.code_id,
            "start": self.start,
            "end": self.end,
        }


def accept(
    db: Database,
    coder_id: int,
    place: Place,
    *,
    code_id: int | None = None,
    words: tuple[int, int, str] | None = None,
) -> Row:
    """Code the suggested passage as `coder_id`; returns `id` of the decision and `coding_id`.

    `words` are other words as start, end, quote, which must overlap those suggested. With another
    `code_id` the suggestion counts as rejected: what it said was not taken.
    Raises Conflict where the suggestion is not open any more.
    """
    found = find_open(db, place)
    code = place.code_id if code_id is None else code_id
    start, end, quote = words or (place.start, place.end, place.quote)
    if not (start < place.end and end > place.start):
        raise BadInput("Choose words that hold some of those suggested.")
    if code != place.code_id:
        get(db, "code", code, "code")
    if code != place.code_id or words:
        check_uncoded(db, place.transcript_id, code, start, end)
    coding_id = add_coding(db, place.transcript_id, code, coder_id, start, end, quote)
    taken = "accepted" if code == place.code_id else "rejected"
    decision_id = _store(db, coder_id, place, found, taken, coding_id)
    return {"id": decision_id, "coding_id": coding_id}


def reject(db: Database, coder_id: int, place: Place) -> Row:
    """Remember that a suggestion is not wanted; returns the `id` of the decision.

    Raises Conflict where the suggestion is not open any more.
    """
    found = find_open(db, place)
    return {"id": _store(db, coder_id, place, found, "rejected", None), "coding_id": None}


def decide_all(db: Database, coder_id: int, decision: str, places: Iterable[Place]) -> int:
    """Accept or reject suggestions as they stand, all or none; returns how many."""
    act = {"accepted": accept, "rejected": reject}[decision]
    count = 0
    for place in places:
        try:
            act(db, coder_id, place)
        except (Conflict, BadInput) as error:
            raise Conflict(
                f"“{_short(place.quote)}”: {error} Nothing of these is stored."
            ) from None
        count += 1
    return count


def bring_back(db: Database, decision_id: int) -> None:
    """Forget a rejection, so that the suggestion is open again; raises BadInput if accepted."""
    row = get(db, "suggestion_decision", decision_id, "decision")
    if row["decision"] != "rejected":
        raise BadInput("This suggestion was accepted; remove its coding on the desk instead.")
    if row["coding_id"] is not None:
        raise BadInput("These words were given another code instead; remove that coding first.")
    db.table("suggestion_decision").delete(decision_id)
    db.execute(REOPEN, row)


REOPEN = """
    INSERT OR IGNORE INTO open_suggestion
        (transcript_id, code_id, start, "end", probability, reasons)
    SELECT :transcript_id, :code_id, :start, :end, :probability, :reasons
    WHERE EXISTS (SELECT 1 FROM suggestion_fit)
    """


def find_open(db: Database, place: Place) -> Row:
    """Return the row of a suggestion; raises Conflict, saying why, where it is not open."""
    decided = next(db.query(DECIDED, place.where), None)
    if decided:
        raise Conflict(
            f"{decided['coder']} has {decided['decision']} this suggestion already.",
            current={"decision": decided["decision"], "coder": decided["coder"]},
        )
    found = next(db.query(FIND, place.where), None)
    if not found:
        raise Conflict(GONE)
    check_passage(db, place.transcript_id, place.start, place.end, place.quote)
    check_uncoded(db, place.transcript_id, place.code_id, place.start, place.end)
    return found


def check_uncoded(db: Database, transcript_id: int, code_id: int, start: int, end: int) -> None:
    """Raise Conflict where a code stands on some of the words already."""
    asked = {"transcript_id": transcript_id, "code_id": code_id, "start": start, "end": end}
    coded = next(db.query(CODED, asked), None)
    if coded:
        raise Conflict(
            f"{coded['coder']} has put “{coded['code']}” on these words, or some of them, already.",
            current={"coding_id": coded["id"]},
        )


DECIDED = """
    SELECT d.decision, o.name AS coder FROM suggestion_decision d JOIN coder o ON o.id = d.coder_id
    WHERE d.transcript_id = :transcript_id AND d.code_id = :code_id
        AND d.start = :start AND d."end" = :end
    """
FIND = """
    SELECT s.probability, s.reasons, f.model, f.fit_sha256
    FROM open_suggestion s JOIN suggestion_fit f ON f.only = 1
    WHERE s.transcript_id = :transcript_id AND s.code_id = :code_id
        AND s.start = :start AND s."end" = :end
    """
CODED = """
    SELECT c.id, o.name AS coder, k.name AS code FROM coding c
    JOIN coder o ON o.id = c.coder_id JOIN code k ON k.id = c.code_id
    WHERE c.transcript_id = :transcript_id AND c.code_id = :code_id
        AND c.start < :end AND c."end" > :start
    """


def _store(
    db: Database, coder_id: int, place: Place, found: Row, decision: str, coding_id: int | None
) -> int:
    row = {**place.where, "quote": place.quote, **found, "decision": decision}
    row |= {"coding_id": coding_id, "coder_id": coder_id, "decided_at": now()}
    return insert(db, "suggestion_decision", row)


def grow(db: Database, place: Place, extent: str) -> tuple[int, int, str] | None:
    """Return the sentences or the turn in which a suggested passage stands; None for its words.

    Raises Conflict where the text says something else there by now.
    """
    if extent not in EXTENTS:
        raise BadInput(f"Code {', '.join(EXTENTS)}; there is no “{extent[:40]}”.")
    if extent == "words":
        return None
    check_passage(db, place.transcript_id, place.start, place.end, place.quote)
    turns = list_turns(db, place.transcript_id, place.start, place.end)
    spans = [(turn["speech_start"], turn["end"]) for turn in turns]
    if extent == "sentence":
        whole = text(db, place.transcript_id)
        spans = [span for low, high in spans for span in sentences(whole, low, high)]
    held = [span for span in spans if span[0] < place.end and span[1] > place.start]
    start = min([place.start, *(low for low, _ in held)])
    end = max([place.end, *(high for _, high in held)])
    return start, end, passage(db, place.transcript_id, start, end)


def code_passages(
    db: Database, coder_id: int, code_id: int, passages: Iterable[tuple[int, int, int, str]]
) -> int:
    """Put a code on passages given as transcript, start, end, quote; returns how many are new."""
    get(db, "code", code_id, "code")
    before = db.table("coding").count
    for transcript_id, start, end, quote in passages:
        add_coding(db, transcript_id, code_id, coder_id, start, end, quote)
    return int(db.table("coding").count - before)


def _short(quote: str) -> str:
    return quote if len(quote) <= 60 else f"{quote[:59]}…"
