"""The chain on two pages: from a message back to the words, and from words to where they went."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from coding.codings import get_coding
from linkage import provenance

from ..arguments import whole_argument
from ..current import study
from ..rows import ROW
from .passages import read_passage

pages = Blueprint("provenance", __name__, url_prefix="/studies/<study_key>/provenance")
Row = dict[str, Any]


@pages.get(f"/messages/<{ROW}:message_id>")
def message(message_id: int) -> str:
    """Show a message's words back to their turns, and who was shown it."""
    db = study().db
    found = provenance.message_words(db, message_id)
    for sentence in found["sentences"]:
        for quote in sentence["evidence"]:
            quote["position"] = next((turn["position"] for turn in quote["turns"]), None)
    arms = provenance.effect_sources(db, found["wave_id"], found["area_id"], found["issue_id"])
    readers = [arm for arm in arms if any(m["id"] == message_id for m in arm["messages"])]
    return render_template("provenance/message.html", m=found, readers=readers)


@pages.get("/words")
def words() -> ResponseReturnValue:
    """Show every story and message that uses the words of a coding or passage."""
    db = study().db
    values: dict[str, str] = request.args.to_dict()
    if (coding_id := whole_argument("coding")) is not None:
        coding = get_coding(db, coding_id)
        place = {"transcript": "transcript_id", "start": "start", "end": "end"}
        values = {name: str(coding[column]) for name, column in place.items()}
    passage = read_passage(db, values)
    if passage is None:
        return render_template("provenance/words.html", passage=None), 400
    where = (passage["transcript_id"], passage["start"], passage["end"])
    return render_template(
        "provenance/words.html",
        passage=passage,
        codings=provenance_codings(*where),
        **provenance.passage_uses(db, *where),
    )


def provenance_codings(transcript_id: int, start: int, end: int) -> list[Row]:
    """List the codings that lie on a passage."""
    from coding.codings import list_codings

    listed = list_codings(study().db, transcript_id)
    return [row for row in listed if row["start"] < end and row["end"] > start]
