"""Undo and redo of one's own last change, and bringing back what anybody deleted."""

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlite_utils import Database

from coding.errors import BadInput, Conflict
from linkage import undo as reversal
from linkage.changes import get_change
from linkage.restoring import deletions, restore

from ...current import study
from ...display import plural
from ...errors import BAD_INPUT
from .blueprint import pages
from .listing import show_change, show_list


@pages.post("/undo")
def undo() -> ResponseReturnValue:
    return _reverse("undo", "Undone", reversal.undo)


@pages.post("/redo")
def redo() -> ResponseReturnValue:
    return _reverse("redo", "Redone", reversal.redo)


def _reverse(
    kind: str, told: str, run: Callable[[Database, str, int | None], str]
) -> ResponseReturnValue:
    guid, expected = current_user.guid, request.form.get("change", type=int)
    try:
        action = study().change(kind, lambda db: run(db, guid, expected))
    except BAD_INPUT as error:
        return show_list(error), 400
    except Conflict as error:
        return show_list(error), 409
    flash(f"{told}: {action}.")
    return redirect(url_for("history.index"))


@pages.post("/<int:change_id>/restore")
def bring_back(change_id: int) -> ResponseReturnValue:
    get_change(study().db, change_id)
    try:
        told = deletions(study().db, [change_id]).get(change_id)
        if not told:
            raise BadInput("What this change deleted is there already.")
        names = " and ".join(told[:3])
        left = study().change(f"bring back the {names}", lambda db: restore(db, change_id))
    except BAD_INPUT as error:
        return show_change(change_id, error), 400
    flash(f"Brought back: the {names}, with what hung on it.")
    if left:
        flash(f"Left out: {plural(left, 'coding')}, since the transcript says something else now.")
    return redirect(url_for("history.index"))
