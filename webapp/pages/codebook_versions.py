"""Versions of the codebook: save one under a name, look at it, download any."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlite_utils import Database

from coding.checks import Row
from linkage.codebook_versions import codebook_of, plain_codebook
from linkage.snapshots import add_snapshot, get_snapshot

from ..arguments import whole_argument
from ..code_tree import nest_codes
from ..current import as_coder, study
from ..downloads import csv_file, xlsx_file
from ..errors import BAD_INPUT
from ..rows import ROW
from .codebook import pages, show_book


@pages.post("/codebook/versions")
def keep() -> ResponseReturnValue:
    name = request.form.get("version", "")

    def run(db: Database, coder_id: int) -> int:
        return add_snapshot(db, name, coder_id=coder_id)

    try:
        study().change(f"take the snapshot “{name.strip()[:200]}”", as_coder(run))
    except BAD_INPUT as error:
        return show_book(error), 400
    flash(f"The codebook is saved as “{name.strip()}”.")
    return redirect(url_for("codebook.index", _anchor="versions"))


@pages.get(f"/codebook/versions/<{ROW}:snapshot_id>")
def version(snapshot_id: int) -> str:
    """Show the codebook of a version, read-only."""
    kept = get_snapshot(study().db, snapshot_id)
    codes = codebook_of(study().db, kept)
    return render_template(
        "codebook/version.html", version=kept, themes=nest_codes(codes), codes=codes
    )


@pages.get("/codebook/codebook.<any(csv, xlsx):form>")
def download(form: str) -> Response:
    """Give the codebook of a version, or as it is now."""
    number = whole_argument("version")
    kept = None if number is None else get_snapshot(study().db, number)
    rows = plain_codebook(study().db, kept)
    name = f"{study().key}-codebook-{kept['name'] if kept else 'now'}.{form}"
    return csv_file(rows, name) if form == "csv" else xlsx_file(rows, name, _about(kept))


def _about(kept: Row | None) -> list[str]:
    which = f"version “{kept['name']}” of {kept['created_at']}" if kept else "as it is now"
    return [f"The codebook of “{study().key}”, {which}.", request.url]
