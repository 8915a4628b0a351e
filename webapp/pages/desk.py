"""The coding desk: a transcript with its codings, and the pieces of it that change."""

from typing import Any

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from coding import codebook, codings, memos, transcripts
from coding.checks import get
from coding.codings import get_coding
from coding.errors import BadInput, NotFound
from coding.groups import get_group
from linkage import areas
from linkage.feed import last_change, read_feed
from linkage.provenance import passage_uses

from ..arguments import whole_argument
from ..code_tree import nest_codes
from ..current import study
from ..desk_changes import read_touched, touched_positions
from ..kept import kept
from ..news import shorten, tell_news
from ..presence import name_of, others_at
from ..turn_drawing import draw_turn, draw_turns
from ..turn_text import codings_by_turn, read_turns

pages = Blueprint(
    "desk", __name__, url_prefix="/studies/<study_key>/transcripts/<int:transcript_id>"
)
Row = dict[str, Any]


@pages.get("/")
def show(transcript_id: int) -> str:
    """Show the desk; `coding`, or `start` and `end`, name a place to go to."""
    db = study().db
    name = ("desk", transcript_id, study().eyes)
    transcript, text = kept(db, name, lambda: _draw_whole(transcript_id))
    return render_template(
        "desk/show.html",
        transcript=transcript,
        group=get_group(db, transcript["focus_group_id"]),
        text=text,
        themes=nest_codes(codebook.codebook(db)),
        last=last_change(db),
        place=_place(transcript_id),
        keeps_stories=_keeps_stories(),
    )


def _draw_whole(transcript_id: int) -> tuple[Row, str]:
    """Return the transcript's row and its whole text, drawn."""
    db = study().db
    transcript = transcripts.get_transcript(db, transcript_id)
    turns = read_turns(
        transcripts.text(db, transcript_id),
        transcripts.list_turns(db, transcript_id),
        codings.list_marks(db, transcript_id),
    )
    names = {issue["key"]: issue["name"] for issue in areas.issues(db)}
    return transcript, draw_turns(turns, names)


@pages.get("/place")
def place(transcript_id: int) -> str:
    """Show what is coded from `start` to `end`: the panel beside the text."""
    transcripts.get_transcript(study().db, transcript_id)
    return render_template(
        "desk/place.html",
        transcript={"id": transcript_id},
        place=_place(transcript_id),
        keeps_stories=_keeps_stories(),
    )


def _keeps_stories() -> bool:
    return "stories.new" in current_app.view_functions


def _place(transcript_id: int) -> Row | None:
    db, span = study().db, _span(transcript_id)
    if span is None:
        return None
    start, end = span
    applied = codings.list_codings(db, transcript_id)
    here = [row for row in applied if row["start"] < end and row["end"] > start]
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


@pages.get("/live")
def live(transcript_id: int) -> ResponseReturnValue:
    """Answer with what looks different since change `since`, and who else is at which turn."""
    db, since = study().db, whole_argument("since")
    if since is None:
        raise BadInput("Say since which change, such as ?since=12.")
    transcript = get(db, "transcript", transcript_id, "transcript")
    people = others_at(f"transcript {transcript_id}", whole_argument("turn"))
    newest = last_change(db)
    if since >= newest:
        return {"last": newest, "people": people, "turns": {}}
    last, rows = read_feed(db, since)
    return {
        "last": last,
        "more": last < newest,
        "people": people,
        **_changed(transcript, rows),
    }


def _changed(transcript: Row, rows: list[Row]) -> Row:
    touched = read_touched(transcript, rows)
    answer: Row = {"turns": {}, "reload": touched.reload}
    if touched.counts or touched.code_ids:
        answer |= _counts(redraw_tree=bool(touched.code_ids))
    if touched.spans or touched.code_ids or touched.coding_ids:  # else it is of another transcript
        answer["turns"] = _draw(transcript["id"], touched)
        answer |= _news(transcript, [row for row in rows if row["actor"] != current_user.guid])
    if touched.spans:
        whole = transcripts.get_transcript(study().db, transcript["id"])
        answer["share_coded"] = whole["share_coded"]
    return answer


def _news(transcript: Row, rows: list[Row]) -> Row:
    """Say what others did, and name the turns that they touched."""
    db = study().db
    turns = transcripts.list_turns(db, transcript["id"])
    codes = {row["id"]: row["name"] for row in codebook.codebook(db)}
    names = {row["guid"]: row["name"] for row in areas.coders(db)}
    told = tell_news(rows, transcript["id"], turns, codes)
    spans = read_touched(transcript, rows).spans
    return {
        "news": shorten([f"{names.get(who) or name_of(who)} {what}" for who, what in told]),
        "theirs": sorted(codings_by_turn(turns, spans)),
    }


def _draw(transcript_id: int, touched: Any) -> dict[int, str]:
    db = study().db
    all_turns = transcripts.list_turns(db, transcript_id)
    applied = codings.list_marks(db, transcript_id)
    only = touched_positions(touched, all_turns, applied)
    drawn = read_turns(transcripts.text(db, transcript_id), all_turns, applied, only)
    return {turn.spoken.position: draw_turn(turn) for turn in drawn}


def _counts(*, redraw_tree: bool) -> Row:
    codes = codebook.codebook(study().db)
    tree = render_template("desk/tree.html", themes=nest_codes(codes)) if redraw_tree else None
    return {
        "counts": {row["id"]: row["codings"] for row in codes},
        "tree": tree,
    }
