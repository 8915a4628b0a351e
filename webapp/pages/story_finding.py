"""Passages that may tell a story: ranked for each area and issue, kept or set aside."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlite_utils import Database

from coding.errors import Conflict
from linkage import areas, story_search
from linkage.undo import offers

from ..arguments import whole_argument
from ..current import as_coder, study
from ..errors import BAD_INPUT
from ..permissions import may_open
from ..undoing import undo_own
from .jobs import running_job, start_job
from .passages import sent_quote, with_positions
from .stories import pages

Row = dict[str, Any]
TASK = "find stories"
UNDONE = frozenset({"story_rejection", "coder"})
SHOWN = 5  # passages of an area and issue, unless it is asked for alone
TOLD = 5  # cues of a passage
CUE_WORDS = {
    "past": "told in the past",
    "deed": "somebody did something",
    "together": "we, us, our",
    "first_person": "first person",
    "actor": "who did it",
    "place": "where",
    "outcome": "something is different",
    "time": "when",
    "sequence": "one thing after another",
    "number": "numbers",
    "question": "a question",
    "wish": "a wish",
    "failure": "came to nothing",
    "hearsay": "hearsay",
    "elsewhere": "far from here",
    "habit": "a habit",
    "filler": "fillers",
    "complete": "deed, actor and outcome together",
    "quotable": "of a length to quote",
}


@pages.get("/find")
def find() -> ResponseReturnValue:
    return _page()


def _page(error: Exception | None = None) -> str:
    db = study().db
    area_id, issue_id = (None, None) if error else (whole_argument("area"), whole_argument("issue"))
    rows = with_positions(db, story_search.open_candidates(db, area_id, issue_id))
    places, issues = areas.areas(db), areas.issues(db)
    most = None if area_id and issue_id else SHOWN
    return render_template(
        "stories/find.html",
        search=_search(),
        cells=[
            (area, issue, found[:most], len(found))
            for area in places
            for issue in issues
            if (found := [_told(row) for row in rows
                          if (row["area_id"], row["issue_id"]) == (area["id"], issue["id"])])
        ],
        areas=places,
        issues=issues,
        area_id=area_id,
        issue_id=issue_id,
        names=CUE_WORDS,
        running=running_job(TASK) if may_open("stories.search") else None,
        undoes=offers(db, current_user.guid, UNDONE).get("undo")
        if may_open("stories.undo")
        else None,
        error=error,
    )  # fmt: skip


def _search() -> Row | None:
    """The search that is kept; who sees a part of the study cannot tell whether it is stale."""
    kept = story_search.search(study().db)
    return kept if kept is None or study().scope.whole else {**kept, "stale": False}


def _told(row: Row) -> Row:
    """Add the cues that say most for and against a passage."""
    ordered = sorted(row["cues"].items(), key=lambda cue: -abs(cue[1]))
    return {**row, "reasons": [(name, part) for name, part in ordered if abs(part) >= 0.1][:TOLD]}


@pages.post("/search")
def search() -> ResponseReturnValue:
    """Search all talk as a job; what stands already is shown at once."""
    kept = _search()
    if kept and not kept["stale"]:
        return redirect(url_for("stories.find"), 303)
    job_id = start_job(TASK, {"actor": current_user.guid})
    return redirect(url_for("jobs.show", job_id=job_id, next=url_for("stories.find")), 303)


@pages.post("/no-story")
def reject() -> ResponseReturnValue:
    """Set a passage aside, which tells no story."""
    try:
        transcript_id, start, end, quote = sent_quote(request.form.to_dict())

        def run(db: Database, coder_id: int) -> int:
            return story_search.reject(db, coder_id, transcript_id, start, end, quote)

        study().change("set aside a passage that tells no story", as_coder(run))
    except BAD_INPUT as error:
        return _page(error), 400
    flash("Set aside. The next search learns from it.")
    return _back()


@pages.post("/undo")
def undo() -> ResponseReturnValue:
    """Undo one's own last setting aside."""
    try:
        action = undo_own(UNDONE)
    except BAD_INPUT as error:
        return _page(error), 400
    except Conflict as error:
        return _page(error), 409
    flash(f"Undone: {action}.")
    return _back()


def _back() -> ResponseReturnValue:
    area, issue = request.form.get("of_area") or None, request.form.get("of_issue") or None
    return redirect(url_for("stories.find", area=area, issue=issue), 303)
