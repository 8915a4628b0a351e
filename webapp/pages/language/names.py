"""The study's own names: listed by hand or from a file, taken off, undone, given as a file."""

from collections.abc import Callable
from typing import Any

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlite_utils import Database

from coding import gazetteer
from coding.errors import BadInput, Conflict, NotFound
from coding.gazetteer_files import LARGEST, read_entries
from linkage import undo as reversal

from ...current import study
from ...display import plural
from ...downloads import csv_file
from ...errors import BAD_INPUT
from .blueprint import pages
from .reading import UNDONE, show


@pages.post("/names")
def add() -> ResponseReturnValue:
    name, kind = request.form.get("name", ""), request.form.get("kind", "")
    what = f"list “{name.strip()[:100]}” in the gazetteer"
    return _change(what, lambda db: gazetteer.add_entry(db, name, kind))


@pages.post("/names/remove")
def remove() -> ResponseReturnValue:
    number = request.form.get("entry", 0, type=int)
    names = {row["id"]: row["name"] for row in gazetteer.list_entries(study().db)}
    what = f"take “{names.get(number, '')}” off the gazetteer"
    return _change(what, lambda db: gazetteer.remove_entry(db, number), "Removed")


@pages.post("/names/file")
def load() -> ResponseReturnValue:
    """List all names of a file, or none where one is wrong."""
    try:
        found = read_entries(_text(), request.form.get("kind", "place"))
        counts = study().change(
            f"list {plural(len(found), 'name')} from a file",
            lambda db: gazetteer.add_entries(db, found),
        )
    except BAD_INPUT as error:
        return show(error), 400
    told = [f"{plural(counts['added'], 'name')} added"]
    told += [f"{counts['changed']:,} of another kind now"] if counts["changed"] else []
    told += [f"{counts['there']:,} listed already"] if counts["there"] else []
    flash(f"{', '.join(told)}.")
    return _back()


def _text() -> str:
    file = request.files.get("file")
    if file is None or not file.filename:
        raise BadInput("Choose a file with a name a line, or with the columns name and kind.")
    try:
        return file.stream.read(4 * LARGEST + 1).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(
            "The file is not UTF-8 text; save it as “CSV UTF-8” in the spreadsheet."
        ) from None


@pages.get("/names.csv")
def download() -> Response:
    """Give the list as a file that can be loaded again."""
    rows = gazetteer.list_entries(study().db)
    told = [{"name": row["name"], "kind": row["kind"].lower()} for row in rows]
    return csv_file(told or [{"name": "", "kind": ""}], f"{study().key}-names.csv")


@pages.post("/undo")
def undo() -> ResponseReturnValue:
    """Undo one's own last change to the list."""
    guid, expected = current_user.guid, request.form.get("change", type=int)
    return _change("undo", lambda db: reversal.undo(db, guid, expected, UNDONE), "Undone")


def _change(
    action: str, run: Callable[[Database], Any], done: str = "Listed"
) -> ResponseReturnValue:
    try:
        told = study().change(action, run)
    except BAD_INPUT as error:
        return show(error), 400
    except Conflict as error:
        return show(error), 409
    except NotFound:
        return show(BadInput("That name is not on the list any more.")), 409
    flash(f"{done}: {told}." if isinstance(told, str) else f"{done}.")
    return _back()


def _back() -> ResponseReturnValue:
    return redirect(url_for("language.index", _anchor="names"), 303)
