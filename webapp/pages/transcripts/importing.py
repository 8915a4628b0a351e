"""Import: choose files, look at what was found in them, change it, then store all at once."""

from pathlib import Path
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlite_utils import Database

from coding import speakers, transcripts
from coding.errors import BadInput
from coding.readers import FORMATS

from ... import uploads
from ...current import study
from ...display import plural
from ...errors import BAD_INPUT
from .blueprint import pages
from .looking import ROLES, Form, Look, look_at
from .place import FIELDS, Place, choices, find_or_add_group, number, read_place
from .place import told as check_told

FIRST_TURNS = 12
MAX_FILES = 50


def _instance() -> Any:
    return current_app.extensions["coproduce"]


@pages.get("/transcripts/import")
def choose() -> str:
    return _choose()


def _choose(error: Exception | None = None) -> str:
    return render_template(
        "transcripts/choose.html",
        form=request.values,
        formats=list(FORMATS),
        error=error,
        **choices(study().db),
    )


@pages.post("/transcripts/import")
def upload() -> ResponseReturnValue:
    files = [file for file in request.files.getlist("files") if file.filename]
    if not files:
        return _choose(BadInput("Choose at least one file first.")), 400
    if len(files) > MAX_FILES:
        return _choose(BadInput(f"Choose at most {MAX_FILES} files at a time.")), 400
    try:
        check_told(request.form)
    except BAD_INPUT as error:
        return _choose(error), 400
    tokens = [
        uploads.keep(_instance(), current_user.guid, file.filename, file.stream) for file in files
    ]
    told: dict[str, Any] = {name: request.form[name] for name in FIELDS if request.form.get(name)}
    return redirect(url_for("transcripts.look", file=tokens, **told), 303)


@pages.get("/transcripts/import/look")
def look() -> ResponseReturnValue:
    return _look(request.args)


@pages.post("/transcripts/import/look")
def look_again() -> ResponseReturnValue:
    return DO.get(request.form.get("do", ""), _look)(request.form)


def _look(form: Form, error: Exception | None = None) -> ResponseReturnValue:
    looks = _looks(form)
    if not looks:
        return redirect(url_for("transcripts.choose"))
    page = render_template(
        "transcripts/look.html",
        form=form,
        looks=looks,
        ready=[row for row in looks if row.readable and not row.left_out],
        roles=list(ROLES.items()),
        known=_known_speakers(form),
        first_turns=FIRST_TURNS,
        error=error,
        **choices(study().db),
    )
    return page, 400 if error else 200


def _looks(form: Form) -> list[Look]:
    stored = {
        str(row["file_sha256"]): str(row["title"])
        for row in transcripts.list_transcripts(study().db)
    }
    looks = []
    for index, token in enumerate(form.getlist("file")[:MAX_FILES]):
        try:
            path: Path = uploads.kept(_instance(), current_user.guid, token)
        except BAD_INPUT as error:
            looks.append(Look(token, f"File {index + 1}", error=str(error)))
        else:
            looks.append(look_at(token, path, index, form, stored))
    return looks


def _known_speakers(form: Form) -> dict[str, str]:
    """Tell the roles of those whom the chosen group knows already."""
    try:
        group_id = number(form, "group", "The group")
    except BAD_INPUT:
        return {}
    if group_id is None:
        return {}
    return {row["name"]: row["role"] for row in speakers.list_speakers(study().db, group_id)}


def _store(form: Form) -> ResponseReturnValue:
    looks = [row for row in _looks(form) if row.readable and not row.left_out]
    try:
        place, previews = read_place(form), _previews(looks)
        study().change(
            f"import {plural(len(looks), 'transcript')}",
            lambda db: _import(db, place, previews),
        )
    except BAD_INPUT as error:
        return _look(form, error)
    _drop(form)
    flash(f"Imported {plural(len(looks), 'transcript')}.")
    return redirect(url_for("transcripts.index"), 303)


def _previews(looks: list[Look]) -> list[tuple[str, transcripts.Preview]]:
    """Return what is to be stored, by title; raises BadInput where an edit does not hold."""
    previews = []
    for row in looks:
        if row.found is None:
            raise BadInput(f"{row.file_name}: {row.error}")
        previews.append((row.title, row.found))
    if not previews:
        raise BadInput("There is no file left to import; choose files again.")
    return previews


def _import(db: Database, place: Place, previews: list[tuple[str, transcripts.Preview]]) -> None:
    made: dict[str, int] = {}
    for title, found in previews:
        group_id = find_or_add_group(db, place, title, made)
        transcripts.import_transcript(db, found, group_id, issue_id=place.issue_id, title=title)


def _cancel(form: Form) -> ResponseReturnValue:
    _drop(form)
    return redirect(url_for("transcripts.index"), 303)


def _drop(form: Form) -> None:
    for token in form.getlist("file"):
        uploads.drop(_instance(), current_user.guid, token)


DO = {"look": _look, "import": _store, "cancel": _cancel}
