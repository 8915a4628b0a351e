"""Suggested codes, and decisions on them, as JSON."""

from typing import Any

from flask.typing import ResponseReturnValue
from sqlite_utils import Database

from coding import codings
from coding.checks import get
from coding.suggestions import reviewing
from coding.suggestions.deciding import Place

from ... import suggestion_changes as changes
from ...current import study
from ...openapi import described
from .blueprint import STUDY, pages

Row = dict[str, Any]
TOLD = (
    "transcript", "transcript_id", "turn", "start", "end", "quote", "code", "code_id",
    "probability", "likely", "reasons", "speaker", "area",
)  # fmt: skip


@pages.get(f"{STUDY}/suggestions")
@described("Words", "[Suggestion]", asked="OfSuggestions")
def list_suggestions(asked: Row) -> list[Row]:
    """List the codes suggested for passages that do not bear them; blind coders get none."""
    db = study().db
    wanted: Row = {"order": asked["order"]}
    for name in ("code", "transcript"):
        number = asked[name]
        wanted[f"{name}_id"] = None if number is None else get(db, name, number, name)["id"]
    limit = -1 if asked["top"] is None else asked["top"]
    rows = reviewing.list_open(db, **wanted, limit=limit)
    seen = _seen(db, rows)
    for row in rows:
        row["reasons"]["nearest"] = [n for n in row["reasons"]["nearest"] if n in seen]
    return [{name: row[name] for name in TOLD} for row in rows]


def _seen(db: Database, rows: list[Row]) -> set[int]:
    """Return which of the nearest codings are among those that the reader may see."""
    ids = {number for row in rows for number in row["reasons"]["nearest"]}
    return {row["id"] for row in codings.list_codings(db, ids=sorted(ids))} if ids else set()


@pages.post(f"{STUDY}/suggestions/decisions")
@described(
    "Words",
    "Decided",
    201,
    sent="SuggestionDecision",
    refused={409: "It is not open any more: decided, coded, corrected or learned anew meanwhile."},
)
def decide_suggestion(sent: Row) -> ResponseReturnValue:
    """Accept a suggestion, which makes one's own coding, or reject it, which is remembered."""
    get(study().db, "transcript", sent["transcript_id"], "transcript")
    named = ("transcript_id", "code_id", "start", "end", "quote")
    place = Place(**{name: sent[name] for name in named})
    extent = sent.get("extent", "words")
    return changes.decide(place, sent["decision"], sent.get("as_code_id"), extent), 201


@pages.delete(f"{STUDY}/suggestions/decisions/<int:decision_id>")
@described("Words", None, 204)
def bring_back_suggestion(decision_id: int) -> ResponseReturnValue:
    """Forget a rejection, so that the suggestion is open again."""
    row = get(study().db, "suggestion_decision", decision_id, "decision")
    changes.bring_back(row)
    return "", 204
