"""A coding put on other words or under another code, with its memo and its place in the history."""

from sqlite_utils import Database

from .checks import Row, get
from .codings import check_passage
from .errors import BadInput


def change_coding(
    db: Database,
    coding_id: int,
    coder_id: int,
    *,
    code_id: int | None = None,
    start: int | None = None,
    end: int | None = None,
    quote: str | None = None,
) -> None:
    """Change the code or the passage of one's own coding; what is left out stays.

    Raises BadInput where the coding is somebody else's or the same stands there already, and
    QuoteMismatch where the text says something else at the new place.
    """
    old = get(db, "coding", coding_id, "coding")
    if old["coder_id"] != coder_id:
        raise BadInput("This coding is somebody else's; code the words yourself instead.")
    fresh: Row = {"code_id": old["code_id"] if code_id is None else code_id}
    get(db, "code", fresh["code_id"], "code")
    fresh |= _passage(db, old, start, end, quote)
    if fresh == {name: old[name] for name in fresh}:
        return
    same = {**fresh, "transcript_id": old["transcript_id"], "coder_id": coder_id, "id": coding_id}
    if db.execute(SAME, same).fetchone():
        raise BadInput("You have put this code on these words already; remove one of the two.")
    db.table("coding").update(coding_id, fresh)


SAME = """
    SELECT 1 FROM coding WHERE transcript_id = :transcript_id AND start = :start AND "end" = :end
        AND code_id = :code_id AND coder_id = :coder_id AND id <> :id
    """


def _passage(db: Database, old: Row, start: int | None, end: int | None, quote: str | None) -> Row:
    """Return the passage named, checked against the text, or the one that was."""
    if start is None and end is None and quote is None:
        return {name: old[name] for name in ("start", "end", "quote")}
    if start is None or end is None or quote is None:
        raise BadInput("A new passage needs its start, its end and its quote, all three.")
    check_passage(db, old["transcript_id"], start, end, quote)
    return {"start": start, "end": end, "quote": quote}
