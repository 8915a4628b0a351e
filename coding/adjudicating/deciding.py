"""Decide at a place where coders differ; their own codings stay as they are."""

from collections.abc import Sequence

from sqlite_utils import Database

from .. import transcripts
from ..checks import Row, check_text, get, insert, now
from ..errors import BadInput, Conflict, NotFound
from .agreed import Difference, list_differences
from .places import Place, Span, joined

DECISIONS = ("one", "all", "none", "edited")
NEAR = 4_000  # characters around a place in which edited words are looked for


def difference_at(
    db: Database, transcript_id: int, code_id: int, start: int, end: int
) -> Difference:
    """Return the place that a page shows; raises NotFound where it is no longer such a place."""
    get(db, "transcript", transcript_id, "transcript")
    get(db, "code", code_id, "code")
    for found in list_differences(db, transcript_id, code_id):
        if (found.place.start, found.place.end) == (start, end):
            return found
    raise NotFound("Coders do not differ there now; the list of differences is up to date.")


def decide(
    db: Database,
    place: Place,
    decision: str,
    coder_id: int,
    *,
    taken_id: int | None = None,
    words: str = "",
    note: str = "",
) -> int:
    """Store what holds at a place, in place of an earlier decision on the same codings.

    Parameters
    ----------
    decision : {'one', 'all', 'none', 'edited'}
        The codings of one coder (`taken_id`), the words that any coder coded, no coding, or the
        `words` given, which must stand in the transcript at the place or near it.

    Raises
    ------
    BadInput
        For an unknown decision or coder, or words that are not there.
    Conflict
        Where the codings changed since the place was read.
    """
    found = difference_at(db, place.transcript_id, place.code_id, place.start, place.end)
    if found.place.seen_sha256 != place.seen_sha256:
        raise Conflict("A coding here changed since the page was loaded; load it anew.")
    spans = _spans(db, place, decision, taken_id, words)
    note = check_text(note, "The note", 2_000)
    withdraw(db, found)
    adjudication = insert(
        db,
        "adjudication",
        {
            "transcript_id": place.transcript_id,
            "code_id": place.code_id,
            "start": place.start,
            "end": place.end,
            "seen_sha256": place.seen_sha256,
            "decision": decision,
            "taken_id": taken_id if decision == "one" else None,
            "note": note,
            "coder_id": coder_id,
            "decided_at": now(),
        },
    )
    _store(db, adjudication, place.transcript_id, spans, coder_id)
    return adjudication


def _store(
    db: Database, adjudication: int, transcript_id: int, spans: Sequence[Span], coder_id: int
) -> None:
    for start, end in spans:
        quote = transcripts.passage(db, transcript_id, start, end)
        row: Row = {"adjudication_id": adjudication, "start": start, "end": end, "quote": quote}
        insert(db, "agreed_passage", {**row, "coder_id": coder_id})


def withdraw(db: Database, found: Difference) -> None:
    """Take back the decision on a place; it is open again."""
    if found.decision:
        db.execute("DELETE FROM adjudication WHERE id = ?", [found.decision["id"]])


def _spans(
    db: Database, place: Place, decision: str, taken_id: int | None, words: str
) -> tuple[Span, ...]:
    if decision == "one":
        if taken_id not in place.spans:
            raise BadInput("Say whose codings to take: one of the coders who finished it.")
        return place.spans[taken_id]
    if decision == "all":
        return joined(span for spans in place.spans.values() for span in spans)
    if decision == "none":
        return ()
    if decision == "edited":
        return (_find(db, place, words),)
    raise BadInput(f"A decision is one of {', '.join(DECISIONS)}, not “{decision[:40]}”.")


def _find(db: Database, place: Place, words: str) -> Span:
    """Find edited words at the place, or as near to it as they stand."""
    wanted = words.replace("\r\n", "\n").strip()
    if not wanted:
        raise BadInput("Give the words that should bear the code, or decide for none.")
    first = max(0, place.start - NEAR)
    around = transcripts.passage(db, place.transcript_id, first, place.end + NEAR)
    starts, at = [], around.find(wanted)
    while at >= 0:
        starts.append(first + at)
        at = around.find(wanted, at + 1)
    if not starts:
        raise BadInput(
            "These words do not stand in the transcript at this place; copy them from the text."
        )
    start = min(starts, key=lambda found: abs(found - place.start))
    return start, start + len(wanted)
