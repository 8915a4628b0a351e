"""Attributes from a CSV file: shown first, stored whole or not at all."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coding.attribute_files import LARGEST, preview_attributes, store_attributes
from coding.errors import BadInput

from ...current import study
from ...display import plural
from ...errors import BAD_INPUT
from .blueprint import pages


@pages.get("/import")
def choose_file() -> str:
    return _page()


def _page(error: Exception | None = None) -> str:
    return render_template("speakers/import.html", error=error, found=None, text="")


@pages.post("/import/look")
def look_file() -> ResponseReturnValue:
    """Show what the file would change."""
    try:
        text = _text()
        found = preview_attributes(study().db, text)
    except BAD_INPUT as error:
        return _page(error), 400
    return render_template("speakers/import.html", found=found, text=text, error=None)


def _text() -> str:
    """Read the chosen file, or what the preview carried along."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise BadInput("Choose a CSV file with a row per speaker.")
    data = file.stream.read(4 * LARGEST + 1)
    if len(data) > 4 * LARGEST:
        raise BadInput("The file is larger than 1 MB; it needs only a row per speaker.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(
            "The file is not UTF-8 text; save it as “CSV UTF-8” in the spreadsheet."
        ) from None


@pages.post("/import")
def store_file() -> ResponseReturnValue:
    text = request.form.get("text", "")
    try:
        changed = study().change(
            "import attributes of speakers", lambda db: store_attributes(db, text)
        )
    except BAD_INPUT as error:
        return _page(error), 400
    flash(f"{plural(changed, 'value')} imported." if changed else "Nothing was to be changed.")
    return redirect(url_for("speakers.index"), 303)
