"""The panel beside the text: what is coded at a place, and who told a story with its words."""

from typing import Any

from flask import current_app, render_template
from flask_login import current_user

from coding import codebook, codings, memos
from coding.checks import get
from coding.codings import get_coding
from coding.errors import BadInput, NotFound
from linkage import areas
from linkage.provenance import passage_uses

from ...arguments import whole_argument
from ...current import study
from .blueprint import pages

Row = dict[str, Any]


@pages.get("/place")
def place(transcript_id: int) -> str:
    """Show what is coded from `start` to `end`: the panel beside the text."""
    get(study().db, "transcript", transcript_id, "transcript")
    return render_template(
        "desk/place.html",
        transcript={"id": transcript_id},
        place=read_place(transcript_id),
        keeps_stories=keeps_stories(),
    )


def keeps_stories() -> bool:
    """Say whether the pages of stories are there to link to."""
    return "stories.new" in current_app.view_functions


def read_place(transcript_id: int) -> Row | None:
    """Read what is at the place that the address names, if it names one."""
    db, span = study().db, _span(transcript_id)
    if span is None:
        return None
    start, end = span
    here = codings.list_codings(db, transcript_id, start=start, end=end)
    here.sort(key=lambda row: row["end"] - row["start"])
    notes = memos.list_memos(db, transcript_id=transcript_id) if here else []
    mine = {row["id"] for row in areas.coders(db) if row["guid"] == current_user.guid}
    for row in here:
        on_it = [memo for memo in notes if memo["coding_id"] == row["id"]]
        row["own_memo"] = next((m for m in on_it if m["coder_id"] in mine), None)
        row["memos"] = [memo for memo in on_it if memo["coder_id"] not in mine]
        row["own"] = row["coder_id"] in mine
        row["rules"] = codebook.get_code(db, row["code_id"])
    return {
        "start": start,
        "end": end,
        "codings": here,
        "linked": whole_argument("coding"),
        "stories": _stories(transcript_id, start, end),
    }


def _stories(transcript_id: int, start: int, end: int) -> list[Row]:
    """List the stories that quote any of the words, each once."""
    uses = passage_uses(study().db, transcript_id, start, end)["stories"]
    return list({story["id"]: story for story in uses}.values())


def _span(transcript_id: int) -> tuple[int, int] | None:
    coding_id = whole_argument("coding")
    if coding_id is not None:
        coding = get_coding(study().db, coding_id)
        if coding["transcript_id"] != transcript_id:
            raise NotFound("This coding is in another transcript.")
        return coding["start"], coding["end"]
    start, end = whole_argument("start"), whole_argument("end")
    if start is None or end is None:
        return None
    if start >= end:
        raise BadInput("A place runs from “start” to a later “end”; mend the address.")
    return start, end
