"""Accept or reject one suggestion, take the last decision back, bring a rejected one back."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from coding.checks import get
from coding.errors import Conflict

from ... import suggestion_changes as changes
from ...current import study
from ...errors import BAD_INPUT
from ...rows import ROW
from ...undoing import undo_own
from ..transcripts.place import number
from .asking import given, read_place
from .blueprint import pages
from .reviewing import UNDONE, show_list


@pages.post("/decide")
def decide() -> ResponseReturnValue:
    """Accept or reject a suggestion, perhaps with another code or more words."""
    try:
        flash(_decide())
    except Conflict as error:
        return show_list(error), 409
    except BAD_INPUT as error:
        return show_list(error), 400
    return back()


def _decide() -> str:
    form = request.form
    place, decision = read_place(form), form.get("decision", "")
    chosen = number(form, "as_code", "The code") or place.code_id
    changes.decide(place, decision, chosen, form.get("extent") or "words")
    if decision == "rejected":
        name = changes.code_name(place.code_id)
        return f"Rejected: “{name}” will not be suggested for these words again."
    return f"Coded as {changes.code_name(chosen)}."


def back() -> ResponseReturnValue:
    """Go back to the page of suggestions that was looked at."""
    page = number(request.args, "page", "The page")
    return redirect(url_for("suggestions.index", **given(), page=page), 303)


@pages.post(f"/decided/<{ROW}:decision_id>/bring-back")
def bring_back(decision_id: int) -> ResponseReturnValue:
    row = get(study().db, "suggestion_decision", decision_id, "decision")
    changes.bring_back(row)
    flash("The suggestion is open again.")
    return redirect(url_for("suggestions.decided"), 303)


@pages.post("/undo")
def undo() -> ResponseReturnValue:
    """Undo one's own last decision, or the last page of them."""
    try:
        action = undo_own(UNDONE)
    except Conflict as error:
        return show_list(error), 409
    except BAD_INPUT as error:
        return show_list(error), 400
    flash(f"Undone: {action}.")
    return back()
