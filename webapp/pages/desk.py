"""The coding desk: a transcript with its codings, and the pieces of it that change."""

from typing import Any

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from coding import codebook, codings, memos, transcripts
from coding.codings import get_coding
from coding.errors import BadInput, NotFound
from coding.groups import get_group
from linkage import areas
from linkage.feed import last_change, read_feed
from linkage.provenance import passage_uses

from ..code_tree import nest_codes
from ..current import study
from ..desk_changes import read_touched, touched_positions
from ..json_fields import whole_argument
from ..turn_text import read_turns

pages = Blueprint(
    "desk", __name__, url_prefix="/studies/<study_key>/transcripts/<int:transcript_id>"
)
Row = dict[str, Any]


@pages.get("/")
def show(transcript_id: int) -> str:
    """Show the desk; `coding`, or `start` and `end`, name a place to go to."""
    db = study().db
    transcript = transcripts.get_transcript(db, transcript_id)
    applied = codings.list_codings(db, transcript_id)
    return render_template(
        "desk/show.html",
        transcript=transcript,
        group=get_group(db, transcript["focus_group_id"]),
        turns=read_turns(
            transcripts.text(db, transcript_id), transcripts.list_turns(db, transcript_id), applied
        ),
        themes=nest_codes(codebook.codebook(db)),
        issue_names={issue["key"]: issue["name"] for issue in areas.issues(db)},
        last=last_change(db),
        place=_place(transcript_id, applied),
        keeps_stories=_keeps_stories(),
    )


@pages.get("/place")
def place(transcript_id: int) -> str:
    """Show what is coded from `start` to `end`: the panel beside the text."""
    db = study().db
    transcripts.get_transcript(db, transcript_id)
    applied = codings.list_codings(db, transcript_id)
    return render_template(
        "desk/place.html",
        transcript={"id": transcript_id},
        place=_place(transcript_id, applied),
        keeps_stories=_keeps_stories(),
    )


def _keeps_stories() -> bool:
    return "stories.new" in current_app.view_functions


def _place(transcript_id: int, applied: list[Row]) -> Row | None:
    db, span = study().db, _span(transcript_id)
    if span is None:
        return None
    start, end = span
    here = [row for row in applied if row["start"] < end and row["end"] > start]
    here.sort(key=lambda row: row["end"] - row["start"])
    notes = memos.list_memos(db, transcript_id=transcript_id) if here else []
    mine = {row["id"] for row in areas.coders(db) if row["guid"] == current_user.guid}
    for row in here:
        on_it = [memo for memo in notes if memo["coding_id"] == row["id"]]
        row["own_memo"] = next((m for m in on_it if m["coder_id"] in mine), None)
        row["memos"] = [memo for memo in on_it if memo["coder_id"] not in mine]
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


@pages.get("/turns")
def turns(transcript_id: int) -> ResponseReturnValue:
    """Answer with the turns, counts and tree that look different since change `since`."""
    db, since = study().db, whole_argument("since")
    if since is None:
        raise BadInput("Say since which change, such as ?since=12.")
    if since >= (newest := last_change(db)):
        return {"last": newest, "turns": {}}
    transcript = transcripts.get_transcript(db, transcript_id)
    last, rows = read_feed(db, since)
    touched = read_touched(transcript, rows)
    answer: Row = {"last": last, "more": last < newest, "turns": {}, "reload": touched.reload}
    if touched.counts or touched.code_ids or touched.coding_ids:
        answer["turns"] = _draw(transcript_id, touched)
        answer |= _counts(transcript, redraw_tree=bool(touched.code_ids))
    return answer


def _draw(transcript_id: int, touched: Any) -> dict[int, str]:
    db = study().db
    all_turns = transcripts.list_turns(db, transcript_id)
    applied = codings.list_codings(db, transcript_id)
    only = touched_positions(touched, all_turns, applied)
    drawn = read_turns(transcripts.text(db, transcript_id), all_turns, applied, only)
    return {turn.position: render_template("desk/turn.html", turn=turn) for turn in drawn}


def _counts(transcript: Row, *, redraw_tree: bool) -> Row:
    codes = codebook.codebook(study().db)
    tree = render_template("desk/tree.html", themes=nest_codes(codes)) if redraw_tree else None
    return {
        "counts": {row["id"]: row["codings"] for row in codes},
        "share_coded": transcript["share_coded"],
        "tree": tree,
    }
