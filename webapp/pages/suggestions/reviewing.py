"""The review page: open suggestions by code, by confidence or as said, and why they are made."""

from typing import Any

from flask import render_template, request
from flask_login import current_user

from coding import codebook, language, transcripts
from coding.errors import BadInput, Conflict
from coding.suggestions import reviewing
from coding.suggestions.acceptance import acceptance_by_code, list_decisions
from coding.suggestions.keeping import model_label
from linkage.learning_age import changed_since
from linkage.undo import offers

from ...arguments import whole_argument
from ...current import study
from ...errors import BAD_INPUT
from ...permissions import may_open
from ..jobs import running_job
from .asking import A_PAGE, given, key_of, narrow, read_place, read_wanted
from .blueprint import pages

Row = dict[str, Any]
TASK = "suggest codes"
# After so many changes the page asks for learning by itself; before, it says how many there are.
ENOUGH = 25
UNDONE = frozenset({"coding", "suggestion_decision", "coder"})
DECIDED_SHOWN = 200


@pages.get("/")
def index() -> Any:
    """Show the open suggestions that the filters ask for, a page of them."""
    try:
        return show_list()
    except BAD_INPUT as error:
        return show_list(error, plain=True), 400


def show_list(error: Exception | None = None, *, plain: bool = False) -> str:
    """Draw the page of suggestions; `plain` leaves the filters of a bad address aside."""
    db = study().db
    usual: Row = {"order": "confidence", "code_id": None, "transcript_id": None}
    wanted = usual if plain else read_wanted()
    total = reviewing.count_open(db, **narrow(wanted))
    last = max(1, -(-total // A_PAGE))
    number = 1 if plain else min(max(1, whole_argument("page") or 1), last)
    rows = reviewing.list_open(db, **wanted, limit=A_PAGE, offset=(number - 1) * A_PAGE)
    reviewing.add_nearest(db, rows)
    return render_template(
        "suggestions/index.html", rows=rows, total=total, number=number, last=last, wanted=wanted,
        given={} if plain else given(), by_code=reviewing.count_by_code(db), error=error,
        transcripts=transcripts.ordered(db), key_of=key_of, **common(),
    )  # fmt: skip


def common() -> Row:
    """Give what every page of suggestions needs: what was learned, how old it is, and undo."""
    db = study().db
    fit = reviewing.read_fit(db)
    codes = codebook.codebook(db)
    return {
        "fit": fit,
        "age": changed_since(db, fit["fitted_at"]) if fit else 0,
        "enough": ENOUGH,
        "overtaken": reviewing.count_overtaken(db),
        "job": running_job(TASK),
        "codes": codes,
        "coded": sum(code["own_codings"] for code in codes),
        "decided": sum(row["decided"] for row in acceptance_by_code(db)),
        "few": few_examples(fit, codes),
        "none_enough": bool(fit) and not any(row["enough"] for row in _told(fit)),
        "other_model": fit is not None and fit["model"] != model_label(),
        "advice": language.installed_model().advice,
        "undoes": _undoes(),
    }


def few_examples(fit: Row | None, codes: list[Row]) -> list[str]:
    """Name the codes that some passages bear, but too few for them to be suggested."""
    names = {code["id"]: code["name"] for code in codes}
    few = (row for row in _told(fit) if not row["enough"] and row["support"])
    return [names[row["code_id"]] for row in few if row["code_id"] in names]


def _told(fit: Row | None) -> list[Row]:
    return fit["quality"].get("codes", []) if fit else []


def _undoes() -> tuple[int, str] | None:
    if not may_open("suggestions.undo"):
        return None
    return offers(study().db, current_user.guid, UNDONE).get("undo")


@pages.get("/one")
def one() -> str:
    """Show one suggestion by itself: the panel of the desk."""
    place = read_place({**request.args, "quote": ""})
    found = reviewing.find_one(
        study().db, place.transcript_id, place.code_id, place.start, place.end
    )
    if found is None:
        raise Conflict("This suggestion is no longer open.")
    reviewing.add_nearest(study().db, [found])
    return render_template("suggestions/one.html", row=found)


@pages.get("/decided")
def decided() -> str:
    """List what was decided, the rejected ones to be brought back."""
    wanted = request.args.get("decision") or "rejected"
    if wanted not in ("rejected", "accepted", "all"):
        raise BadInput("Decisions are rejected, accepted or all; choose one.")
    code_id = read_wanted()["code_id"]
    only = None if wanted == "all" else wanted
    rows = list_decisions(study().db, decision=only, code_id=code_id)
    return render_template(
        "suggestions/decided.html", rows=rows[:DECIDED_SHOWN], found=len(rows), decision=wanted,
        code_id=code_id, **common(),
    )  # fmt: skip
