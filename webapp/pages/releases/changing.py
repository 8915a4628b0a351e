"""The threshold, and a table that need not be held against later ones."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from coding.errors import BadInput
from linkage.releases import set_threshold, withdraw_release

from ...current import study
from ...errors import BAD_INPUT
from .blueprint import pages
from .showing import show_ledger, show_release


@pages.post("/threshold")
def threshold() -> ResponseReturnValue:
    try:
        wanted = _whole(request.form.get("threshold", ""))
        action = f"set the threshold of disclosure control to {wanted}"
        study().change(action, lambda db: set_threshold(db, wanted), kind="fixed")
    except BAD_INPUT as error:
        return show_ledger(error), 400
    flash(f"From now on, what leaves counts at least {wanted} respondents.")
    return redirect(url_for("releases.index"), 303)


def _whole(text: str) -> int:
    if not text.strip().isdecimal() or len(text) > 9:
        raise BadInput("The threshold is a whole number of respondents from 2 to 1,000.")
    return int(text)


@pages.post("/<int:release_id>/withdraw")
def withdraw(release_id: int) -> ResponseReturnValue:
    because = request.form.get("because", "")
    try:
        study().change(
            "withdraw a table that left",
            lambda db: withdraw_release(db, release_id, because),
            kind="fixed",
        )
    except BAD_INPUT as error:
        return show_release(release_id, error), 400
    flash("The table is withdrawn: later ones are not held against it any more.")
    return redirect(url_for("releases.show", release_id=release_id), 303)
