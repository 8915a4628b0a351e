"""Quotes by code: what people said, who and where, people counted before quotes."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, render_template, request

from coding import codebook
from coding.checks import get
from coding.consent import sift
from coding.errors import BadInput
from coding.groups import PHASE_NAMES, PHASES
from coding.quotes import Quotes, find_quotes
from coding.speakers import list_speakers
from linkage import areas

from ..arguments import whole_argument
from ..current import study
from ..downloads import csv_file

pages = Blueprint("quotes", __name__, url_prefix="/studies/<study_key>/quotes")
Row = dict[str, Any]

A_PAGE = 50
FILTERS = ("code", "area", "issue", "speaker", "coder", "phase")
COLUMNS = (
    "id", "quote", "code", "theme", "speaker", "role", "transcript", "turn", "turns", "time",
    "issue", "area", "group", "phase", "coder", "created_at", "start", "end", "memo",
    "consent",
)  # fmt: skip


@dataclass(frozen=True)
class Page:
    """One page of many."""

    number: int
    last: int
    rows: list[Row]


@pages.get("/")
def index() -> str:
    wanted = _wanted()
    found = find_quotes(study().db, **wanted)
    return render_template(
        "quotes/index.html",
        found=found,
        left_out=sift(study().db, found.rows, "publication", found.heard).sentence,
        page=_page(found),
        options=_options(),
        code=_chosen_code(wanted["code_id"]),
        given={name: request.args[name] for name in FILTERS if request.args.get(name)},
    )


@pages.get("/quotes.csv")
def download() -> Response:
    found = find_quotes(study().db, **_wanted())
    sifted = sift(study().db, found.rows, "publication", found.heard)
    rows = [{name: row[name] for name in COLUMNS if name in row} for row in sifted.rows]
    return csv_file(rows, f"{study().key}-quotes.csv")


def _page(found: Quotes) -> Page:
    last = max(1, -(-len(found.rows) // A_PAGE))
    number = min(max(1, whole_argument("page") or 1), last)
    return Page(number, last, found.rows[(number - 1) * A_PAGE : number * A_PAGE])


def _wanted() -> Row:
    """Read the filters of the address; raises NotFound where one names nothing."""
    wanted: Row = {}
    for name in ("code", "area", "issue", "speaker", "coder"):
        number = whole_argument(name)
        named = None if number is None else get(study().db, name, number, name)["id"]
        wanted[f"{name}_id"] = named
    return {**wanted, "phase": _phase()}


def _phase() -> str | None:
    phase = request.args.get("phase", "")
    if phase and phase not in PHASES:
        raise BadInput(f"The phase of a group is source or test, not “{phase[:40]}”.")
    return phase or None


def _chosen_code(code_id: int | None) -> Row | None:
    codes = codebook.codebook(study().db)
    return next((row for row in codes if row["id"] == code_id), None)


def _options() -> dict[str, list[tuple[Any, str]]]:
    db = study().db
    return {
        "code": [(c["id"], "\u2003" * c["depth"] + c["name"]) for c in codebook.codebook(db)],
        "area": [(row["id"], row["name"]) for row in areas.areas(db)],
        "issue": [(row["id"], row["name"]) for row in areas.issues(db)],
        "speaker": [(s["id"], f"{s['name']} ({s['group']})") for s in list_speakers(db)],
        "coder": [(row["id"], row["name"]) for row in areas.coders(db)],
        "phase": list(PHASE_NAMES.items()),
    }
