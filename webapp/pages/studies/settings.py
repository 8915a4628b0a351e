"""A study's settings: its name and notice, its areas, issues and waves."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlite_utils import Database

from coding.consent import lacking
from coding.language import installed_model
from linkage import areas
from linkage import settings as parts

from ... import study_files
from ...current import study
from ...errors import BAD_INPUT
from ...rows import ROW
from .blueprint import pages, place

PART = "any(area, issue, wave)"


@pages.get("/studies/<study_key>/settings")
def settings() -> str:
    return show_settings()


def show_settings(error: Exception | None = None) -> str:
    db = study().db
    return render_template(
        "studies/settings.html",
        areas=areas.areas(db),
        issues=areas.issues(db),
        waves=areas.waves(db),
        form=request.form,
        typed_for=request.path if error else "",
        study_key=study().key,
        not_to_archive=lacking(db, "archive"),
        model=installed_model(),
        error=error,
    )


@pages.post("/studies/<study_key>/settings")
def rename() -> ResponseReturnValue:
    name, notice = request.form.get("name", ""), request.form.get("notice", "")
    try:
        study_files.rename(place(), study().key, current_user.guid, name, notice)
    except BAD_INPUT as error:
        return show_settings(error), 400
    flash("Saved.")
    return redirect(url_for("studies.settings"), 303)


ADD: dict[str, Callable[[Database, dict[str, str]], int]] = {
    "area": lambda db, f: areas.add_area(db, _key(f), f.get("name", ""), f.get("kind", "")),
    "issue": lambda db, f: areas.add_issue(db, _key(f), f.get("name", "")),
    "wave": lambda db, f: areas.add_wave(db, _key(f), f.get("name", "")),
}


def _key(form: dict[str, str]) -> str:
    return form.get("key", "").strip() or areas.key_from(form.get("name", ""))


@pages.post(f"/studies/<study_key>/settings/<{PART}:what>")
def add(what: str) -> ResponseReturnValue:
    form = request.form.to_dict()
    name = form.get("name", "")[:200]
    return _change(what, f"add {what} {name}", lambda db: ADD[what](db, form))


@pages.post(f"/studies/<study_key>/settings/<{PART}:what>/<{ROW}:row_id>")
def edit(what: str, row_id: int) -> ResponseReturnValue:
    """Rename, move or remove an area, issue or wave, as the pressed button says."""
    form = request.form.to_dict()
    do: dict[str, Callable[[Database], Any]] = {
        "rename": lambda db: parts.update_part(
            db, what, row_id, form.get("name", ""), form.get("kind")
        ),
        "move up": lambda db: parts.move_part(db, what, row_id, -1),
        "move down": lambda db: parts.move_part(db, what, row_id, 1),
        "remove": lambda db: parts.remove_part(db, what, row_id),
    }
    chosen = form.get("do", "")
    if chosen not in do:
        abort(400, "The form says nothing to do; go back and press one of its buttons.")
    return _change(what, f"{chosen} {what}", do[chosen])


def _change(what: str, action: str, run: Callable[[Database], Any]) -> ResponseReturnValue:
    try:
        study().change(action, run)
    except BAD_INPUT as error:
        return show_settings(error), 400
    return redirect(url_for("studies.settings", _anchor=what))
