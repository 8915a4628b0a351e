"""The codebook: themes and codes with their rules, and the stylesheet of their colours."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coding import codebook
from coding.codebook_closing import closing
from coding.codebook_usage import usage
from coding.codings import list_codings
from coding.errors import BadInput, Conflict, NotFound
from coding.memos import list_memos
from linkage.recent import as_it_was
from linkage.snapshots import snapshots

from ..code_tree import nest_codes, stylesheet
from ..conflict import bring_together, compare
from ..current import study
from ..errors import BAD_INPUT
from .here import who_saved

pages = Blueprint("codebook", __name__, url_prefix="/studies/<study_key>")
Row = dict[str, Any]

FIELDS = ("name", "colour", "definition", "include", "exclude", "example")
LABELS = {
    "name": "Name",
    "parent_id": "Place",
    "colour": "Colour",
    "definition": "Definition",
    "include": "When to use it",
    "exclude": "When not",
    "example": "An example from the transcripts",
}
DELETED = (
    "The code was deleted while you were editing it. What you typed stands in the form to add a "
    "code: adding it makes the code anew; undo, by whoever deleted it, brings back its codings too."
)


@pages.get("/colours.css")
def colours() -> Response:
    return Response(stylesheet(codebook.codebook(study().db)), mimetype="text/css")


@pages.get("/codebook/")
def index() -> str:
    return show_book()


def show_book(error: Exception | None = None) -> str:
    """Draw the codebook, with what went wrong and what was typed."""
    codes = codebook.codebook(study().db)
    form = request.form if error else {"parent_id": request.args.get("under", "")}
    return render_template(
        "codebook/index.html", themes=nest_codes(codes), places=_places(codes), form=form,
        snapshots=snapshots(study().db), error=error, codes=codes, closed=closing(study().db),
    )  # fmt: skip


@pages.post("/codebook/")
def add() -> ResponseReturnValue:
    sent = {name: request.form.get(name, "") for name in ("name", *codebook.TEXTS)}
    try:
        parent_id = _parent()
        action = f"add the code “{sent['name'].strip()[:200]}”"
        code_id = study().change(
            action, lambda db: codebook.add_code(db, parent_id=parent_id, **sent)
        )
    except BAD_INPUT as error:
        return show_book(error), 400
    return redirect(url_for("codebook.index", _anchor=f"code-{code_id}"))


@pages.get("/codebook/<int:code_id>/")
def show(code_id: int) -> str:
    code = codebook.get_code(study().db, code_id)
    return _edit(code, {**code, "parent_id": code["parent_id"] or ""})


@pages.post("/codebook/<int:code_id>/")
def save(code_id: int) -> ResponseReturnValue:
    """Save a code; who was second sees both texts and loses nothing."""
    try:
        code = codebook.get_code(study().db, code_id)
    except NotFound:
        return show_book(BadInput(DELETED)), 404
    # Browsers send line ends their own way, and the page compares texts.
    form = {name: text.replace("\r\n", "\n") for name, text in request.form.items()}
    try:
        revision, parent_id = _number("revision") or 0, _parent()
        sent = {name: form[name] for name in FIELDS if name in form}
        study().change(
            f"change the code “{code['name']}”",
            lambda db: codebook.update_code(db, code_id, revision, parent_id=parent_id, **sent),
        )
    except Conflict as conflict:
        return _conflict(dict(conflict.current or code), form, revision), 409
    except BAD_INPUT as error:
        return _edit(code, form, error=error), 400
    flash(f"Saved “{sent.get('name', code['name'])}”.")
    return redirect(url_for("codebook.index", _anchor=f"code-{code_id}"))


def _conflict(theirs: Row, form: Row, revision: int) -> str:
    db = study().db
    paths = {str(row["id"]): f"Under {row['path']}" for row in codebook.codebook(db)}

    def shown(field: str, value: str) -> str:
        return paths.get(value, "At the top, as a theme") if field == "parent_id" else value

    base = as_it_was(db, "code", theirs["id"], revision)
    found = compare(LABELS, base, theirs, form, shown)
    return _edit(
        theirs, bring_together(found, theirs, form), differences=found,
        saved=who_saved("code", theirs["id"]),
    )  # fmt: skip


def _edit(code: Row, form: Row, **more: Any) -> str:
    db = study().db
    codes = codebook.codebook(db)
    own = [row for row in list_codings(db, code_id=code["id"]) if row["code_id"] == code["id"]]
    return render_template(
        "codebook/edit.html", code=code, form=form, places=_places(codes, but=code["id"]),
        names={row["id"]: row["path"] for row in codes},
        usage=usage(db).get(code["id"]), closed=closing(db), own=own,
        memos=list_memos(db, code_id=code["id"]), **more,
    )  # fmt: skip


@pages.get("/codebook/<int:code_id>/rules")
def rules(code_id: int) -> str:
    """Show a code's definition, rules and example, as the desk wants them."""
    return render_template("desk/rules.html", code=codebook.get_code(study().db, code_id))


@pages.get("/codebook/<int:code_id>/delete")
def ask_delete(code_id: int) -> str:
    return _ask_delete(code_id)


def _ask_delete(code_id: int, error: Exception | None = None) -> str:
    db = study().db
    codebook.get_code(db, code_id)
    codes = codebook.codebook(db)
    (code,) = (row for row in codes if row["id"] == code_id)
    nested = sum(row["parent_id"] == code_id for row in codes)
    return render_template("codebook/delete.html", code=code, nested=nested, error=error)


@pages.post("/codebook/<int:code_id>/delete")
def delete(code_id: int) -> ResponseReturnValue:
    name = codebook.get_code(study().db, code_id)["name"]
    try:
        revision = _number("revision")
        study().change(
            f"delete the code “{name}”", lambda db: codebook.delete_code(db, code_id, revision)
        )
    except Conflict as conflict:
        return _ask_delete(code_id, conflict), 409
    except BAD_INPUT as error:
        return _ask_delete(code_id, error), 400
    flash(f"Deleted “{name}”. The history can bring it back with its codings.")
    return redirect(url_for("codebook.index"))


def _places(codes: list[Row], but: int = 0) -> list[tuple[str, str]]:
    """List where a code may stand: at the top, or under a code that is not its own branch."""
    places = [("", "At the top, as a theme")]
    hidden_below: int | None = None
    for code in codes:
        if hidden_below is not None and code["depth"] > hidden_below:
            continue
        hidden_below = code["depth"] if code["id"] == but else None
        if hidden_below is None:
            places.append((str(code["id"]), f"Under {code['path']}"))
    return places


def _parent() -> int | None:
    return _number("parent_id")


def _number(name: str) -> int | None:
    given = request.form.get(name, "").strip()
    if given and not (given.isascii() and given.isdigit() and len(given) <= 15):
        raise BadInput("The form was altered on its way; load the page anew and try again.")
    return int(given) if given else None
