"""Write, change and remove one's own memos; who was second sees both texts."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlite_utils import Database

from coding import memos
from coding.checks import get
from coding.errors import BadInput, Conflict
from linkage.recent import as_it_was

from ...arguments import whole_argument
from ...conflict import bring_together, compare
from ...current import as_coder, study
from ...errors import BAD_INPUT
from ...rows import ROW
from ...undoing import undo_own
from ..here import who_saved
from ..transcripts.place import number
from .blueprint import pages
from .reading import UNDONE, common, show_list

Row = dict[str, Any]
LABELS = {"title": "Title", "type": "Type", "text": "The memo"}


@pages.get("/new")
def new() -> str:
    """Show an empty memo on the thing that the address names, or on the study."""
    for column, table in memos.ON.items():
        if found := whole_argument(table):
            return _form({"type": "note"}, {column: found})
    return _form({"type": "note"}, {})


def _form(form: Mapping[str, Any], place: dict[str, int], error: Exception | None = None) -> str:
    about, name = "study", ""
    for column, found in place.items():
        about = memos.ON[column]
        row = get(study().db, about, found, about)
        name = row.get("name") or row.get("title") or row.get("quote") or ""
    return render_template(
        "memos/new.html", form=form, place=place, about=about, name=name, error=error, **common()
    )


@pages.post("/")
def add() -> ResponseReturnValue:
    place: dict[str, Any] = {}
    try:
        for column in memos.ON:
            if found := number(request.form, column, "The memo's place"):
                get(study().db, memos.ON[column], found, memos.ON[column])
                place[column] = found
        sent = _typed()

        def run(db: Database, coder_id: int) -> int:
            return memos.add_memo(db, coder_id, **sent, **place)

        memo_id = study().change("write a memo", as_coder(run))
    except BAD_INPUT as error:
        return _form(request.form, place if len(place) < 2 else {}, error), 400
    flash("The memo is saved.")
    return _back(memo_id)


def _typed() -> Row:
    form = request.form
    typed = {name: form.get(name, "").replace("\r\n", "\n") for name in memos.FIELDS}
    return {**typed, "type": typed["type"] or memos.NOTE}


def _back(memo_id: int) -> ResponseReturnValue:
    """Go back to the journal where the form stood there, or else to the memo among all."""
    page = "memos.journal" if request.form.get("from") == "journal" else "memos.index"
    return redirect(url_for(page, _anchor=f"memo-{memo_id}"), 303)


@pages.get(f"/<{ROW}:memo_id>/")
def show(memo_id: int) -> str:
    memo = memos.get_memo(study().db, memo_id)
    return _edit(memo, memo)


def _edit(memo: Row, form: Mapping[str, Any], **more: Any) -> str:
    return render_template("memos/edit.html", memo=memo, form=form, **common(), **more)


@pages.post(f"/<{ROW}:memo_id>/")
def save(memo_id: int) -> ResponseReturnValue:
    """Save a memo; where it was changed in another window, show both texts."""
    memo, sent = memos.get_memo(study().db, memo_id), _typed()
    revision = 0
    try:
        revision = _revision()

        def run(db: Database, coder_id: int) -> int:
            return memos.change_memo(db, memo_id, coder_id, revision, **sent)

        study().change("change a memo", as_coder(run))
    except Conflict:
        theirs = memos.get_memo(study().db, memo_id)
        was = as_it_was(study().db, "memo", memo_id, revision)
        base = {**was, "type": was["type"] or memos.NOTE} if was else None
        found = compare(LABELS, base, theirs, sent)
        both = bring_together(found, theirs, sent)
        return _edit(theirs, both, differences=found, saved=who_saved("memo", memo_id)), 409
    except BAD_INPUT as error:
        return _edit(memo, {**sent, "revision": revision}, error=error), 400
    flash("The memo is saved.")
    return _back(memo_id)


@pages.post(f"/<{ROW}:memo_id>/delete")
def delete(memo_id: int) -> ResponseReturnValue:
    memo = memos.get_memo(study().db, memo_id)
    try:
        revision = _revision()

        def run(db: Database, coder_id: int) -> None:
            memos.remove_memo(db, memo_id, coder_id, revision)

        study().change("remove a memo", as_coder(run))
    except Conflict:
        theirs = memos.get_memo(study().db, memo_id)
        return _edit(theirs, theirs, error=BadInput("The memo says something else by now.")), 409
    except BAD_INPUT as error:
        return _edit(memo, memo, error=error), 400
    flash("The memo is removed; undo brings it back.")
    return redirect(url_for("memos.index"), 303)


def _revision() -> int:
    return number(request.form, "revision", "The revision") or 0


@pages.post("/undo")
def undo() -> ResponseReturnValue:
    """Undo one's own last change to a memo."""
    try:
        action = undo_own(UNDONE)
    except BAD_INPUT as error:
        return show_list({}, error), 400
    except Conflict as error:
        return show_list({}, error), 409
    flash(f"Undone: {action}.")
    return redirect(url_for("memos.index"), 303)
