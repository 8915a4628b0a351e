"""The ledger of tables that have left, and one of them as it left."""

from typing import Any

from flask import render_template, request

from coding.checks import get
from linkage.releases import LEAST, MOST, list_releases, released_cells, threshold_of
from linkage.releasing import SYMBOL, WORDS

from ...current import study
from .blueprint import pages

Row = dict[str, Any]
A_PAGE = 50
CELLS_SHOWN = 500
REASONS = {
    "few": "count fewer respondents than the threshold",
    "for others": "would give such a number back",
    "differing": "differ by few from a table that had left",
    "hidden before": "were suppressed in a table that had left",
    "stuck": "could not be kept beside what had left",
    "df": "rows of a model with too few degrees of freedom",
    "dominated": "rows of hours that one or two respondents give most of",
}


@pages.get("/")
def index() -> str:
    return show_ledger()


def show_ledger(error: Exception | None = None) -> str:
    """Show what has left, newest first; `error` is what went wrong with a form of the page."""
    db, words = study().db, request.args.get("text", "")[:200]
    number = max(request.args.get("page", 1, type=int), 1)
    found = list_releases(db, words)
    last = max((len(found) + A_PAGE - 1) // A_PAGE, 1)
    return render_template(
        "releases/index.html",
        found=found,
        shown=found[(number - 1) * A_PAGE : number * A_PAGE],
        number=number,
        last=last,
        words=words,
        reasons=REASONS,
        threshold=threshold_of(db),
        bounds=(LEAST, MOST),
        form=request.form,
        error=error,
    )


@pages.get("/<int:release_id>")
def show(release_id: int) -> str:
    return show_release(release_id)


def show_release(release_id: int, error: Exception | None = None) -> str:
    """Show a table's counts as they left."""
    db = study().db
    get(db, "release", release_id, "released table")
    release = next(row for row in list_releases(db) if row["id"] == release_id)
    cells = [_cell(key, count) for key, count in released_cells(db, release["table_sha256"])]
    return render_template(
        "releases/show.html",
        release=release,
        cells=cells[:CELLS_SHOWN],
        count=len(cells),
        reasons=REASONS,
        words=WORDS,
        form=request.form,
        error=error,
    )


def _cell(key: Any, count: float | None) -> Row:
    asked = ", ".join(f"{name}: {value}" for name, value in sorted(key.questions) if name != "what")
    whom = ", ".join(f"{name}: {value}" for name, value in sorted(key.conditions))
    shown = SYMBOL if count is None else f"{count:,.0f}"
    return {"asked": asked, "whom": whom or "everybody", "counted": key.counted, "count": shown}
