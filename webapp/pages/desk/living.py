"""What looks different on an open desk since a change, read from the touched turns alone."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from coding import codebook, transcripts
from coding.checks import get
from coding.errors import BadInput
from linkage import areas
from linkage.feed import last_change, read_feed

from ...arguments import whole_argument
from ...code_tree import nest_codes
from ...current import study
from ...desk_changes import read_touched, touched_spans
from ...news import shorten, tell_news
from ...presence import name_of, others_at
from ...turn_drawing import draw_turn
from ...turn_text import codings_by_turn, read_turns
from .blueprint import pages
from .shown import asked

Row = dict[str, Any]


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
        spans = touched_spans(study().db, transcript["id"], touched)
        turns = _turns(transcript["id"], spans)
        answer["turns"] = _draw(transcript["id"], turns, spans)
        theirs = [row for row in rows if row["actor"] != current_user.guid]
        answer |= _news(transcript, theirs, turns) if theirs else {"news": [], "theirs": []}
    if any(row["object"] == "suggestion_decision" for row in rows):
        answer["suggestions"] = True
    if touched.spans:
        whole = transcripts.get_transcript(study().db, transcript["id"])
        answer["share_coded"] = whole["share_coded"]
    return answer


def _turns(transcript_id: int, spans: list[Row]) -> list[Row]:
    """List the turns from the first to the last that is touched, and the one before them."""
    if not spans:
        return []
    first, last = min(row["start"] for row in spans), max(row["end"] for row in spans)
    return transcripts.list_turns(study().db, transcript_id, first, last)


def _draw(transcript_id: int, turns: list[Row], spans: list[Row]) -> dict[int, str]:
    if not turns:
        return {}
    db, only = study().db, set(codings_by_turn(turns, spans))
    start, end = turns[0]["start"] if turns[0]["position"] > 1 else 0, turns[-1]["end"]
    marks = asked(db).marks(db, transcript_id, start, end)
    text = transcripts.passage(db, transcript_id, start, end)
    cut = read_turns(text, turns, marks, start)
    return {turn.spoken.position: draw_turn(turn) for turn in cut if turn.spoken.position in only}


def _news(transcript: Row, rows: list[Row], turns: list[Row]) -> Row:
    """Say what others did, and name the turns that they touched."""
    db = study().db
    codes = {row["id"]: row["name"] for row in codebook.codebook(db)}
    names = {row["guid"]: row["name"] for row in areas.coders(db)}
    told = tell_news(rows, transcript["id"], turns, codes)
    spans = read_touched(transcript, rows).spans
    return {
        "news": shorten([f"{names.get(who) or name_of(who)} {what}" for who, what in told]),
        "theirs": sorted(codings_by_turn(turns, spans)),
    }


def _counts(*, redraw_tree: bool) -> Row:
    codes = codebook.codebook(study().db)
    tree = render_template("desk/tree.html", themes=nest_codes(codes)) if redraw_tree else None
    return {
        "counts": {row["id"]: row["codings"] for row in codes},
        "tree": tree,
    }
