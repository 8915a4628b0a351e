"""Decide on a topic: make a code of it, dismiss it, bring it back; undo."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from coding.errors import Conflict

from ...display import plural
from ...errors import BAD_INPUT
from ...rows import ROW
from ...undoing import undo_own
from ..transcripts.place import number
from . import changing
from .asking import address, read_asked
from .blueprint import pages
from .showing import UNDONE, show


def _back() -> ResponseReturnValue:
    given = address(read_asked(request.form)) if request.form.get("unit") else {}
    return redirect(url_for("topics.index", **given), 303)


@pages.post("/code")
def code() -> ResponseReturnValue:
    """Make a code of a topic, put on the ticked quotes, in one change."""
    form = request.form
    name, ticked = form.get("name", ""), form.getlist("quote")
    try:
        changing.make_code(
            form.get("key", ""), number(form, "topic", "The topic"), ticked,
            area_id=number(form, "area", "The area"), name=name,
            parent_id=number(form, "parent", "The code above"),
            definition=form.get("definition", ""),
        )  # fmt: skip
    except (*BAD_INPUT, Conflict) as error:
        return show(form, error), 409 if isinstance(error, Conflict) else 400
    many = plural(len(set(ticked)), "quote")
    flash(f"The code “{' '.join(name.split())}” is made and put on {many}.")
    return _back()


@pages.post("/dismiss")
def dismiss_topic() -> ResponseReturnValue:
    form = request.form
    try:
        changing.dismiss_topic(form.get("key", ""), number(form, "topic", "The topic"))
    except BAD_INPUT as error:
        return show(form, error), 400
    flash("The topic is dismissed; it stands below the others.")
    return _back()


@pages.post(f"/dismissed/<{ROW}:dismissal_id>/bring-back")
def bring_topic_back(dismissal_id: int) -> ResponseReturnValue:
    changing.bring_topic_back(dismissal_id)
    flash("The topic is back.")
    return _back()


@pages.post("/undo")
def undo() -> ResponseReturnValue:
    """Undo one's own last change to a code, a coding or a dismissed topic."""
    try:
        action = undo_own(UNDONE)
    except BAD_INPUT as error:
        return show({}, error), 400
    except Conflict as error:
        return show({}, error), 409
    flash(f"Undone: {action}.")
    return _back()
