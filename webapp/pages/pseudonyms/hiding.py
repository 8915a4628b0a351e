"""What hiding would do, shown before it is done; then done as a job, in one change."""

import json

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from coding import transcripts
from coding.errors import BadInput, Conflict
from coding.pseudonyms.replacing import Replaced
from linkage.erasing import upgrade_copies
from linkage.hiding_look import Look
from linkage.hiding_look import look as look_at

from ...anchors import drop_anchor
from ...current import study
from ...display import plural
from ...errors import BAD_INPUT
from ..jobs import find_job, start_job
from .blueprint import changing, key_path, pages, place, reading

SHOWN, AROUND, MOST = 3, 40, 200
Piece = tuple[str, str, str, str]


@pages.get("/look")
def look() -> ResponseReturnValue:
    """Show what hiding the decided names would change."""
    return _page()


def _page(error: Exception | None = None) -> ResponseReturnValue:
    db, found = study().db, None
    try:
        with reading() as key:
            found = look_at(db, key)
    except Conflict as conflict:
        error = error or conflict
    titles = {row["id"]: row["title"] for row in transcripts.list_transcripts(db)}
    shown = render_template(
        "pseudonyms/look.html",
        found=found, titles=titles, examples=_examples(found) if found else {}, most=MOST,
        copies=[copy.name for copy in upgrade_copies(study().path)], error=error,
    )  # fmt: skip
    return (shown, 409 if isinstance(error, Conflict) else 400) if error else shown


def _examples(found: Look) -> dict[int, list[Piece]]:
    """Cut the first replacements of each transcript out, with the words around them."""
    return {number: _pieces(new) for number, new in found.texts.items()}


def _pieces(new: Replaced) -> list[Piece]:
    return [
        (
            new.old[max(0, edit.start - AROUND) : edit.start],
            new.old[edit.start : edit.end],
            edit.new,
            new.old[edit.end : edit.end + AROUND],
        )
        for edit in new.edits[:SHOWN]
    ]


@pages.post("/look/leave")
def leave_row() -> ResponseReturnValue:
    """Leave a written text as it is, or take it up again."""
    try:
        table, _, number = request.form.get("row", "").partition(" ")
        if not number.isdecimal():
            raise BadInput("Choose one of the texts below.")
        with changing() as key:
            key.execute("INSERT OR IGNORE INTO left_row VALUES (?, ?)", [table, int(number)])
    except BAD_INPUT as error:
        return _page(error)
    flash("That text will be left as it is.")
    return redirect(url_for("pseudonyms.look", _anchor="written"), 303)


@pages.post("/hide")
def hide() -> ResponseReturnValue:
    """Start hiding what was looked at."""
    seen = request.form.get("seen", "")
    try:
        with reading() as key:
            found = look_at(study().db, key)
        if found.seal != seen:
            raise Conflict("This is no longer what you looked at; see below what it would do now.")
    except Conflict as error:
        return _page(error)
    job_id = start_job(
        "hide names",
        {"key_path": str(key_path()), "actor": current_user.guid, "name": current_user.name,
         "guid": current_user.guid, "seen": seen},
    )  # fmt: skip
    return redirect(url_for("jobs.show", job_id=job_id, next=url_for("pseudonyms.done")), 303)


@pages.get("/done")
def done() -> ResponseReturnValue:
    """Tell what was hidden, note the new end of the history, and count what is left."""
    number = request.args.get("job", type=int)
    told = json.loads(find_job(number)["result"] or "{}") if number else {}
    study().release()
    drop_anchor(place(), study().path)
    if "names" in told:
        flash(
            f"{plural(told['names'], 'name')} hidden in {plural(told['places'], 'place')} of "
            f"{plural(told['transcripts'], 'transcript')} and "
            f"{plural(told['written'], 'other text')}. Now search again: "
            "what a search finds next is what is left."
        )
    return redirect(url_for("pseudonyms.index"), 303)
