"""Work on the codebook as a whole: move, merge and split codes."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlite_utils import Database

from coding import codebook
from coding.codebook_merging import merge_codes, plan_merge
from coding.codebook_moving import move_code, step_code
from coding.codebook_splitting import plan_split, split_code
from coding.codings import list_codings
from coding.errors import BadInput, Conflict
from linkage import areas

from ..arguments import whole_argument
from ..current import study
from ..errors import BAD_INPUT
from .codebook import pages

Row = dict[str, Any]
ALTERED = "The form was altered on its way; load the page anew and try again."
FILTERS = ("speaker", "area", "coder", "words")


@pages.post("/codebook/<int:code_id>/move")
def move(code_id: int) -> ResponseReturnValue:
    """Move a code to a place, or one step among its neighbours."""
    name = codebook.get_code(study().db, code_id)["name"]
    step, parent, before = request.form.get("step"), _number("parent_id"), _number("before_id")
    revision = _number("revision")

    def run(db: Database) -> int:
        if step:
            return step_code(db, code_id, -1 if step == "up" else 1, revision)
        return move_code(db, code_id, parent, before, revision)

    study().change(f"move the code “{name}”", run)
    flash(f"Moved “{name}”.")
    return redirect(url_for("codebook.index", _anchor=f"code-{code_id}"))


@pages.get("/codebook/merge")
def ask_merge() -> str:
    """Choose codes and, once they are chosen, show what merging them would do."""
    chosen = {_whole(text) for text in request.args.getlist("code")}
    into = whole_argument("into")
    if len(chosen) < 2:
        error = BadInput("Choose at least two codes to merge.") if into else None
        return _choose_merge(chosen, error)
    try:
        plan = plan_merge(study().db, chosen, into or min(chosen))
    except BadInput as error:
        return _choose_merge(chosen, error)
    return render_template("codebook/merge.html", plan=plan, texts=codebook.TEXTS)


def _choose_merge(chosen: set[int], error: Exception | None = None) -> str:
    codes = codebook.codebook(study().db)
    return render_template("codebook/choose_merge.html", codes=codes, chosen=chosen, error=error)


@pages.post("/codebook/merge")
def merge() -> ResponseReturnValue:
    """Merge codes as they were seen; refused where one was changed since."""
    seen = dict(_pair(text) for text in request.form.getlist("seen"))
    into = _number("into") or 0
    if len(seen) < 2:
        return _choose_merge(set(seen), BadInput("Choose at least two codes to merge.")), 400
    fields = {f: request.form[f] for f in ("name", *codebook.TEXTS) if f in request.form}
    names = {row["id"]: row["name"] for row in codebook.codebook(study().db)}
    away = ", ".join(f"“{names.get(i, '?')}”" for i in seen if i != into)
    action = f"merge {away} into “{names.get(into, '?')}”"
    try:
        study().change(action, lambda db: merge_codes(db, set(seen), into, seen, **fields))
    except Conflict as conflict:
        return _choose_merge(set(seen), conflict), 409
    except BAD_INPUT as error:
        return _choose_merge(set(seen), error), 400
    flash(f"Merged {away} into “{names[into]}”. Undo puts all back; the history has what went.")
    return redirect(url_for("codebook.index", _anchor=f"code-{into}"))


@pages.get("/codebook/<int:code_id>/split")
def ask_split(code_id: int) -> str:
    return _split(code_id)


def _split(code_id: int, error: Exception | None = None, **more: Any) -> str:
    db = study().db
    code = codebook.get_code(db, code_id)
    own = [row for row in list_codings(db, code_id=code_id) if row["code_id"] == code_id]
    given = {name: request.values.get(name, "") for name in FILTERS}
    speakers = sorted({(row["speaker_id"], row["speaker"]) for row in own if row["speaker_id"]})
    return render_template(
        "codebook/split.html", code=code, own=own, rows=[r for r in own if _fits(r, given)],
        given=given, speakers=speakers, areas=_named(areas.areas(db)),
        coders=_named(areas.coders(db)),
        codes=[row for row in codebook.codebook(db) if row["id"] != code_id],
        chosen={str(text) for text in request.form.getlist("coding")}, error=error, **more,
    )  # fmt: skip


def _named(rows: list[Row]) -> list[tuple[int, str]]:
    return [(row["id"], row["name"]) for row in rows]


def _fits(row: Row, given: dict[str, str]) -> bool:
    same = all(
        not given[name] or str(row[f"{name}_id"]) == given[name]
        for name in ("speaker", "area", "coder")
    )
    return same and given["words"].casefold() in row["quote"].casefold()


@pages.post("/codebook/<int:code_id>/split")
def split(code_id: int) -> ResponseReturnValue:
    """Show what a split would do and, when that was seen, do it."""
    code = codebook.get_code(study().db, code_id)
    try:
        chosen = [_whole(text) for text in request.form.getlist("coding")]
        to, name = _number("to"), request.form.get("name", "")
        if to is None and not name.strip():
            raise BadInput("Name the new code, or choose the code that the quotes go to.")
        if "sure" not in request.form:
            return _split(code_id, plan=plan_split(study().db, code_id, chosen, to))
        nest, revision = "nest" in request.form, _number("revision")

        def run(db: Database) -> int:
            return split_code(
                db, code_id, chosen, to_id=to, name=name, nest=nest, revision=revision
            )

        made = study().change(f"split the code “{code['name']}”", run)
    except Conflict as conflict:
        return _split(code_id, conflict), 409
    except BAD_INPUT as error:
        return _split(code_id, error), 400
    flash(f"Split “{code['name']}”. Undo puts the quotes back.")
    return redirect(url_for("codebook.index", _anchor=f"code-{made}"))


def _number(name: str) -> int | None:
    given = request.form.get(name, "").strip()
    return _whole(given) if given else None


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise BadInput(ALTERED)
    return int(text)


def _pair(text: str) -> tuple[int, int]:
    code, _, revision = text.partition(":")
    return _whole(code), _whole(revision)
