"""The list of studies, the start of a new one, and opening one from a file made elsewhere."""

from pathlib import Path

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from coding.errors import BadInput
from linkage import areas
from linkage.opening import Opened

from ... import uploads
from ...errors import BAD_INPUT
from ...study_files import restore_apart
from .blueprint import make_owner, own_studies, pages, place


@pages.get("/")
def index() -> str:
    return _index()


def _index(error: Exception | None = None) -> str:
    listed = own_studies()
    return render_template(
        "studies/index.html",
        studies=[row for row in listed if not row["archived_at"]],
        archived=[row for row in listed if row["archived_at"]],
        form=request.form,
        error=error,
    )


@pages.post("/studies")
def new() -> ResponseReturnValue:
    name = request.form.get("name", "").strip()
    key = request.form.get("key", "").strip() or areas.key_from(name)
    try:
        place().new_study(key, name)
        make_owner(key)
    except BAD_INPUT as error:
        return _index(error), 400
    return redirect(url_for("studies.start", study_key=key, step="areas"))


@pages.get("/open-study")
def choose_file() -> str:
    return render_template("studies/open.html", form={})


@pages.post("/open-study")
def open_file() -> ResponseReturnValue:
    """Open an uploaded file as a new study; what was left behind and what is wrong is shown."""
    upload = request.files.get("file")
    token = None
    try:
        if upload is None or not upload.filename:
            raise BadInput("Choose the file first.")
        token = uploads.keep(place(), current_user.guid, upload.filename, upload.stream)
        file = uploads.kept(place(), current_user.guid, token)
        key = request.form.get("key", "").strip() or areas.key_from(Path(upload.filename).stem)
        opened = restore_apart(place(), file, key, current_user.guid)
        make_owner(key)
    except BAD_INPUT as error:
        return render_template("studies/open.html", form=request.form, error=error), 400
    finally:
        if token:
            uploads.drop(place(), current_user.guid, token)
    return _opened(key, opened)


def _opened(key: str, opened: Opened) -> ResponseReturnValue:
    if opened.dropped or opened.problems:
        return render_template("studies/opened.html", key=key, opened=opened)
    flash("The study is opened: everything in the file was copied and checked.")
    return redirect(url_for("overview.index", study_key=key), 303)
