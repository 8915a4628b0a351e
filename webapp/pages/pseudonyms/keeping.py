"""The key: looked behind a pseudonym with a record, exported, deleted, brought back."""

from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlite_utils import Database

from coding.errors import BadInput
from coding.pseudonyms import key_file, revealing
from coding.pseudonyms.kinds import KINDS
from linkage.erasing import is_due, upgrade_copies

from ...current import as_coder, study
from ...display import plural
from ...downloads import csv_file
from ...errors import BAD_INPUT
from ...rows import ROW
from ..jobs import start_job
from .blueprint import changing, pages, reading

Row = dict[str, Any]
WORDS = {"revealed": "looked behind", "exported": "exported the key", "deleted": "deleted the key",
         "brought back": "brought the key back"}  # fmt: skip
LARGEST = 5_000_000


@pages.get("/key")
def key() -> ResponseReturnValue:
    """Show the pseudonyms of the study, and who used the key when."""
    return _page()


def _page(error: Exception | None = None, shown: Row | None = None) -> ResponseReturnValue:
    db = study().db
    with reading() as held:
        rows = revealing.list_pseudonyms(db, held)
    page = render_template(
        "pseudonyms/key.html",
        rows=rows, uses=revealing.uses(db), words=WORDS, kinds=KINDS, shown=shown, due=is_due(db),
        copies=[copy.name for copy in upgrade_copies(study().path)], error=error,
        known=sum(row["known"] for row in rows),
    )  # fmt: skip
    return (page, 400) if error else page


def _note(action: str, use: str, pseudonym_id: int | None = None) -> None:
    def run(db: Database, coder_id: int) -> int:
        return revealing.note_use(db, coder_id, use, pseudonym_id)

    study().change(action, as_coder(run), kind="fixed")


@pages.post(f"/key/<{ROW}:pseudonym_id>")
def reveal(pseudonym_id: int) -> ResponseReturnValue:
    """Look behind one pseudonym: recorded first, then shown, once."""
    with reading() as held:
        names = revealing.behind(held, study().db, pseudonym_id)
    _note("look behind a pseudonym", "revealed", pseudonym_id)
    return _page(shown={"id": pseudonym_id, "names": names})


@pages.post("/key/export")
def export_key() -> ResponseReturnValue:
    """Give the key as a file: recorded first."""
    with reading() as held:
        rows = key_file.hidden_rows(held, study().db)
    if not rows:
        return _page(BadInput("There is no key here to export."))
    _note("export the key of names", "exported")
    return csv_file(rows, f"{study().key}-key.csv")


@pages.post("/key/delete")
def delete_key() -> ResponseReturnValue:
    """Delete the key from this server."""
    if request.form.get("sure") != "yes":
        return _page(BadInput("Tick that you have the exported file, or want nobody to have it."))
    with reading() as held:
        if not key_file.hidden_rows(held, study().db):
            return _page(BadInput("There is no key here to delete."))
        _note("delete the key of names", "deleted")
        many = key_file.forget_hidden(held, study().db)
    flash(f"The key to {plural(many, 'pseudonym')} is gone from this server.")
    return redirect(url_for("pseudonyms.key"), 303)


@pages.post("/key/bring")
def bring_key() -> ResponseReturnValue:
    """Bring an exported key back."""
    try:
        rows = _read_file()
        with changing() as held:
            many = key_file.take_back(held, study().db, rows)
            _note("bring the key of names back", "brought back")
    except BAD_INPUT as error:
        return _page(error)
    flash(f"The key explains {plural(many, 'pseudonym')} again.")
    return redirect(url_for("pseudonyms.key"), 303)


def _read_file() -> list[Row]:
    file = request.files.get("file")
    if file is None or not file.filename:
        raise BadInput("Choose the file that was exported.")
    data = file.stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise BadInput("The file is larger than 5 MB; the exported key is a small CSV file.")
    try:
        return key_file.read_exported(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadInput("The file is not UTF-8 text; choose the file as it was exported.") from None


@pages.post("/key/erase")
def erase() -> ResponseReturnValue:
    """Rewrite the study's file once more."""
    job_id = start_job("erase what is left", {})
    return redirect(url_for("jobs.show", job_id=job_id, next=url_for("pseudonyms.key")), 303)


@pages.post("/key/copies")
def delete_copies() -> ResponseReturnValue:
    """Delete the copies that upgrades left beside the study: they hold what it held then."""
    copies = upgrade_copies(study().path)
    for copy in copies:
        copy.unlink(missing_ok=True)
    current_app.logger.info("deleted %d upgrade copies of %s", len(copies), study().key)
    flash(f"{plural(len(copies), 'copy', 'copies')} deleted.")
    return redirect(url_for("pseudonyms.key"), 303)
