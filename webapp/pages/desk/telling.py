"""What the desk asks for only when somebody looks: who coded words, and the map of all codings."""

from flask import render_template

from coding import memos, transcripts
from coding.checks import get
from coding.errors import BadInput

from ...arguments import whole_argument
from ...current import study
from ...density import draw_density
from ...kept import kept
from .blueprint import pages
from .shown import asked


@pages.get("/told")
def told(transcript_id: int) -> str:
    """Tell of the codings from `start` to `end`: code, coder, day and memo."""
    db = study().db
    get(db, "transcript", transcript_id, "transcript")
    start, end = whole_argument("start"), whole_argument("end")
    if start is None or end is None:
        raise BadInput("Say of which words, such as ?start=0&end=9.")
    marks = asked(db).marks(db, transcript_id, start, end)
    notes = {
        mark["id"]: memos.list_memos(db, coding_id=mark["id"]) for mark in marks if mark["memo"]
    }
    return render_template("desk/told.html", marks=marks, notes=notes)


@pages.get("/map")
def density(transcript_id: int) -> str:
    """Draw the map of the codings that are shown."""
    db, shown = study().db, asked(study().db)
    get(db, "transcript", transcript_id, "transcript")
    drawn: str = kept(
        db,
        ("map", transcript_id, study().eyes, shown),
        lambda: draw_density(
            transcripts.list_turns(db, transcript_id),
            shown.marks(db, transcript_id),
            shown.code_id,
        ),
    )
    return drawn
