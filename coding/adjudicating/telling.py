"""Differences in words: the text of the place, and what each coder and the decision say."""

from sqlite_utils import Database

from .. import transcripts
from ..checks import Row
from ..codebook import codebook
from .agreed import Difference, list_differences

DECIDED = {
    "all": "all words that any coder coded",
    "none": "no coding",
    "edited": "edited words",
}


def tell_differences(
    db: Database, transcript_id: int | None = None, code_id: int | None = None
) -> list[Row]:
    """List differences as rows, with the words, the coders' names and the decision."""
    titles = dict(db.execute("SELECT id, title FROM transcript").fetchall())
    names = dict(db.execute("SELECT id, name FROM coder").fetchall())
    codes = {row["id"]: row for row in codebook(db)}
    return [
        {
            "transcript": titles[found.place.transcript_id],
            "code": codes[found.place.code_id]["name"],
            **tell(db, found, names),
        }
        for found in list_differences(db, transcript_id, code_id)
    ]


def tell(db: Database, found: Difference, names: dict[int, str]) -> Row:
    """Say of a difference what stands there, who coded it, and what was decided."""
    place, decision = found.place, found.decision
    with_code = [names[coder] for coder, spans in place.spans.items() if spans]
    without = [names[coder] for coder, spans in place.spans.items() if not spans]
    coders = f"{' and '.join(with_code)}, "
    return {
        "start": place.start,
        "end": place.end,
        "quote": transcripts.passage(db, place.transcript_id, place.start, place.end),
        "coders": coders + (f"not {' or '.join(without)}" if without else "different words"),
        "decision": decision_words(decision) if decision else None,
        "decided_by": decision["coder"] if decision else None,
        "decided_at": decision["decided_at"] if decision else None,
        "note": decision["note"] if decision else None,
        "overtaken": found.overtaken is not None,
        "transcript_id": place.transcript_id,
        "code_id": place.code_id,
    }


def decision_words(decision: Row) -> str:
    """Write a decision as people say it."""
    return DECIDED.get(decision["decision"]) or f"as {decision['taken']} coded"
