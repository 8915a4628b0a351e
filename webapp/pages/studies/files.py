"""A whole study: exported as a file, copied as a template, archived and brought back."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from coding.consent import check_archive
from linkage import areas

from ... import study_files
from ...current import study
from ...errors import BAD_INPUT
from .blueprint import make_owner, pages, place
from .settings import show_settings

PIECE = 256 * 1024


@pages.get("/studies/<study_key>/settings/export")
def export() -> ResponseReturnValue:
    """Send the study as it stands, as one file; the copy it is sent from goes afterwards.

    For an archive, only where everybody's words may go there: a file that lacked rows could not be
    checked against its history.
    """
    if request.args.get("for") == "archive":
        try:
            check_archive(study().db)
        except BAD_INPUT as error:
            return show_settings(error), 400
    with ExitStack() as kept:
        file = kept.enter_context(study_files.exported(place(), study().key))
        answer = Response(_pieces(file), content_type="application/vnd.sqlite3")
        answer.content_length = file.stat().st_size
        name = f"{study().key}-{datetime.now(UTC):%Y-%m-%d}.db"
        answer.headers.set("Content-Disposition", "attachment", filename=name)
        answer.call_on_close(kept.pop_all().close)
    return answer


def _pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as handle:
        while piece := handle.read(PIECE):
            yield piece


@pages.post("/studies/<study_key>/settings/copy")
def copy() -> ResponseReturnValue:
    """Make a new study on the pattern of this one."""
    name = request.form.get("copy_name", "").strip()
    key = request.form.get("copy_key", "").strip() or areas.key_from(name)
    try:
        study_files.copy_study(place(), study().key, key, name, current_user.guid)
        make_owner(key)
    except BAD_INPUT as error:
        return show_settings(error), 400
    flash("The new study has the areas, issues, waves and codebook of the old one.")
    return redirect(url_for("studies.settings", study_key=key), 303)


@pages.post("/studies/<study_key>/settings/archive")
def archive() -> ResponseReturnValue:
    """Archive the study or, where the form says so, bring it back."""
    archived = request.form.get("do") != "bring back"
    study_files.archive(place(), study().key, current_user.guid, archived=archived)
    flash("The study is archived." if archived else "The study is back; it can be changed again.")
    return redirect(url_for("studies.settings", _anchor="archive"), 303)
