"""Find memos by words, type, object, coder and day; read the study's own as a journal."""

from itertools import groupby
from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from coding import memos
from coding.checks import get
from coding.errors import BadInput
from coding.sifting import sift_memos
from linkage import areas
from linkage.undo import offers

from ...arguments import whole_argument
from ...current import study
from ...downloads import csv_file
from ...errors import BAD_INPUT
from ...permissions import may_open
from .blueprint import pages

Row = dict[str, Any]
A_PAGE = 50
WORDS = ("text", "type", "on", "since", "until")
PLACES = ("code", "transcript", "speaker", "coding", "coder")
UNDONE = frozenset({"memo", "coder"})
COLUMNS = (
    "id", "created_at", "coder", "type", "title", "text", "on", "code", "transcript", "turn",
    "speaker", "quote", "consent",
)  # fmt: skip


@pages.get("/")
def index() -> ResponseReturnValue:
    try:
        return show_list()
    except BAD_INPUT as error:
        return show_list({}, error), 400


def show_list(wanted: Row | None = None, error: Exception | None = None) -> str:
    """Draw the memos that are asked for, the newest first."""
    wanted = _wanted() if wanted is None else wanted
    found = memos.find_memos(study().db, **wanted)
    last = max(1, -(-len(found) // A_PAGE))
    number = min(max(1, (whole_argument("page") or 1) if error is None else 1), last)
    return render_template(
        "memos/index.html",
        found=found,
        shown=found[(number - 1) * A_PAGE : number * A_PAGE],
        number=number,
        last=last,
        coders=[(row["id"], row["name"]) for row in areas.coders(study().db)],
        given={name: value for name in (*WORDS, *PLACES) if (value := request.args.get(name))},
        about=_about(wanted),
        error=error,
        **common(),
    )


def common() -> Row:
    """Give what every page of memos needs: whose they are, types, and what undo would do."""
    coders = areas.coders(study().db)
    return {
        "own": {row["id"] for row in coders if row["guid"] == current_user.guid},
        "types": [(name, name.capitalize()) for name in memos.TYPES],
        "objects": [(name, name.capitalize()) for name in memos.OBJECTS],
        "undoes": offers(study().db, current_user.guid, UNDONE).get("undo")
        if may_open("memos.undo")
        else None,
    }


@pages.get("/journal")
def journal() -> str:
    """Show the memos on the study itself, by the day they were written."""
    found = memos.find_memos(study().db, on="study")
    days = [(day, list(rows)) for day, rows in groupby(found, lambda row: row["created_at"][:10])]
    return render_template("memos/journal.html", days=days, total=len(found), **common())


@pages.get("/memos.csv")
def download() -> Response:
    """Give the memos that the page shows, as consent lets them go."""
    found = memos.find_memos(study().db, **_wanted())
    sifted = sift_memos(study().db, found, "publication")
    rows = [{name: row[name] for name in COLUMNS} for row in sifted.rows]
    return csv_file(rows, f"{study().key}-memos.csv")


def _wanted() -> Row:
    """Read the filters of the address; raises NotFound where one names nothing."""
    wanted: Row = {name: request.args.get(name, "").strip() for name in WORDS}
    if wanted["type"] and wanted["type"] not in memos.TYPES:
        raise BadInput(f"A memo is one of {', '.join(memos.TYPES)}; choose a type.")
    for name in PLACES:
        number = whole_argument(name)
        wanted[f"{name}_id"] = None if number is None else get(study().db, name, number, name)["id"]
    return wanted


def _about(wanted: Row) -> str:
    """Name the one thing whose memos are asked for."""
    for column, table in memos.ON.items():
        if number := wanted.get(column):
            row = get(study().db, table, number, table)
            return f"{table} “{row.get('name') or row.get('title') or row.get('quote')}”"
    return ""
