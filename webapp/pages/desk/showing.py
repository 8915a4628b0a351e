"""The desk's page: a transcript's text with its codings, drawn once for all who read it."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from flask_login import current_user

from coding import codebook, codings, finishing, transcripts
from coding.groups import get_group
from linkage import areas
from linkage.feed import last_change

from ...code_tree import nest_codes
from ...current import study
from ...density import draw_density
from ...drawn import Drawn
from ...kept import kept
from ...turn_drawing import draw_turns
from ...turn_text import read_turns
from .beside import read_beside
from .blueprint import pages
from .placing import keeps_stories, read_place
from .shown import Shown, asked

Row = dict[str, Any]


@dataclass(frozen=True)
class Whole:
    """What the page keeps of a transcript for its next reader."""

    transcript: Row
    text: Drawn
    density: Drawn
    tree: Drawn
    sheets: Drawn
    coders: list[Row]
    neighbours: Row


@pages.get("/")
def show(transcript_id: int) -> str:
    """Show the desk; `coding`, or `start` and `end`, name a place to go to."""
    db, shown = study().db, asked(study().db)
    name = ("desk", transcript_id, study().eyes, shown)
    whole = kept(db, name, lambda: _draw_whole(transcript_id, shown))
    return render_template(
        "desk/show.html",
        whole=whole,
        transcript=whole.transcript,
        group=get_group(db, whole.transcript["focus_group_id"]),
        codes=codebook.codebook(db),
        last=last_change(db),
        place=read_place(transcript_id),
        keeps_stories=keeps_stories(),
        shown=shown,
        find=request.args.get("find", "")[:200],
        beside=read_beside(),
        finished=finishing.has_finished(db, transcript_id, current_user.guid),
    )


def _draw_whole(transcript_id: int, shown: Shown) -> Whole:
    db = study().db
    transcript = transcripts.get_transcript(db, transcript_id)
    turns = transcripts.list_turns(db, transcript_id)
    marks = shown.marks(db, transcript_id)
    names = {issue["key"]: issue["name"] for issue in areas.issues(db)}
    cut = read_turns(transcripts.text(db, transcript_id), turns, marks)
    return Whole(
        transcript,
        draw_turns(cut, names),
        draw_density(turns, marks, shown.code_id),
        Drawn(render_template("desk/tree.html", themes=nest_codes(codebook.codebook(db)))),
        Drawn(render_template("desk/sheets.html", transcript=transcript)),
        codings.list_coders(db, transcript_id),
        transcripts.neighbours(db, transcript_id),
    )
