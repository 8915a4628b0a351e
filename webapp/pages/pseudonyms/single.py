"""One name: every place where it stands, exceptions, put together with another, taken apart."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coding.errors import Conflict
from coding.pseudonyms import key_file, reviewing
from coding.pseudonyms.kinds import KINDS

from ...current import study
from ...display import plural
from ...errors import BAD_INPUT
from ...rows import ROW
from .blueprint import changing, pages, reading

MOST = 400


@pages.get(f"/names/<{ROW}:name_id>")
def name(name_id: int) -> ResponseReturnValue:
    """Show a name with the words around it."""
    return _page(name_id)


def _page(name_id: int, error: Exception | None = None) -> ResponseReturnValue:
    db = study().db
    with reading() as key:
        row = key_file.get_name(key, name_id)
        shown = render_template(
            "pseudonyms/name.html",
            row=row, kinds=KINDS, most=MOST, applied=reviewing.is_hidden(db, row),
            places=reviewing.occurrences(key, db, name_id, MOST),
            others=[r for r in key_file.list_names(key) if r["id"] != name_id], error=error,
        )  # fmt: skip
    return (shown, 409 if isinstance(error, Conflict) else 400) if error else shown


def _ticked() -> list[int]:
    return request.form.getlist("place", type=int)


@pages.post(f"/names/<{ROW}:name_id>/leave")
def leave(name_id: int) -> ResponseReturnValue:
    """Leave the ticked places as they are when the name is hidden."""
    with changing() as key:
        key_file.get_name(key, name_id)
        reviewing.leave(key, name_id, _ticked())
    flash(f"{plural(len(_ticked()), 'place')} will be left as it is." if len(_ticked()) == 1 else
          f"{plural(len(_ticked()), 'place')} will be left as they are.")  # fmt: skip
    return redirect(url_for("pseudonyms.name", name_id=name_id), 303)


@pages.post(f"/names/<{ROW}:name_id>/split")
def split(name_id: int) -> ResponseReturnValue:
    """Make somebody else of the ticked places."""
    try:
        with changing() as key:
            new = reviewing.split(key, study().db, name_id, _ticked())
    except (*BAD_INPUT, Conflict) as error:
        return _page(name_id, error)
    flash("The ticked places are somebody else now.")
    return redirect(url_for("pseudonyms.name", name_id=new), 303)


@pages.post(f"/names/<{ROW}:name_id>/merge")
def merge(name_id: int) -> ResponseReturnValue:
    """Put a name together with another one."""
    into: Any = request.form.get("into", type=int) or name_id
    try:
        with changing() as key:
            reviewing.merge(key, study().db, name_id, into)
    except (*BAD_INPUT, Conflict) as error:
        return _page(name_id, error)
    flash("They are one now.")
    return redirect(url_for("pseudonyms.name", name_id=into), 303)
