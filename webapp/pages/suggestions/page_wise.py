"""Accept or reject a page of suggestions at once, after a look at what that is."""

from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from sqlite_utils import Database

from coding.errors import BadInput, Conflict
from coding.suggestions import reviewing
from coding.suggestions.deciding import Place
from coding.suggestions.deciding import decide_all as decide_places

from ...arguments import whole_argument
from ...current import as_coder, study
from ...display import plural
from ...errors import BAD_INPUT
from .asking import A_PAGE, given, key_of, read_key, read_wanted
from .blueprint import pages
from .deciding import back

Row = dict[str, Any]
DECISIONS = ("accepted", "rejected")


@pages.get("/all")
def look_all() -> str:
    """Show what accepting or rejecting the page would do, each with a tick to leave it out."""
    return _look()


def _look(error: Exception | None = None) -> str:
    decision, number = _decision(request.values.get("decision", "")), whole_argument("page") or 1
    rows = reviewing.list_open(
        study().db, **read_wanted(), limit=A_PAGE, offset=(number - 1) * A_PAGE
    )
    return render_template(
        "suggestions/all.html", rows=rows, decision=decision, number=number, given=given(),
        key_of=key_of, error=error,
    )  # fmt: skip


def _decision(given: str) -> str:
    if given not in DECISIONS:
        raise BadInput("Accept or reject the suggestions.")
    return given


@pages.post("/all")
def decide_all() -> ResponseReturnValue:
    """Decide on what is ticked, all or none, in one change."""
    try:
        flash(_decide_all())
    except Conflict as error:
        return _look(error), 409
    except BAD_INPUT as error:
        return _look(error), 400
    return back()


def _decide_all() -> str:
    decision = _decision(request.form.get("decision", ""))
    places = _ticked()
    many = plural(len(places), "suggestion")

    def run(db: Database, coder_id: int) -> int:
        return decide_places(db, coder_id, decision, places)

    study().change(f"{decision.removesuffix('ed')} {many}", as_coder(run))
    return f"{many} {decision}. One undo takes all of them back."


def _ticked() -> list[Place]:
    keys = dict.fromkeys(request.form.getlist("suggestion"))
    if not keys:
        raise BadInput("Tick at least one suggestion.")
    if len(keys) > A_PAGE:
        raise BadInput(f"Decide on at most {A_PAGE} suggestions at once.")
    return [read_key(key, request.form.get(f"quote-{key}", "")) for key in keys]
