"""The page of one outcome's estimates, and its files."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from coding.errors import NotFound
from linkage.areas import study_row
from linkage.survey.further import WHAT, figures

from ...current import study
from ...display import day
from ...downloads import attachment
from ...errors import BAD_INPUT
from ...numbers import plain_rows
from ...released import released, released_file
from ...version import VERSION
from .blueprint import pages
from .pictures import NARROW, PICTURES, WIDE, charts, draw
from .shapes import shape_of
from .view import View, answered, build_view, named

TABLES = ", ".join(f"'{what}'" for what in WHAT)  # some have a hyphen, so all are quoted
KINDS = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}


@pages.get("/")
def index() -> ResponseReturnValue:
    db = study().db
    try:
        view = build_view(db, request.args)
    except BAD_INPUT as error:
        page = render_template("estimates/index.html", view=None, waves=answered(db), error=error)
        return page, 400
    if view is None:
        return render_template("estimates/index.html", view=None, waves=[])
    return render_template(
        "estimates/index.html",
        view=view,
        charts=charts(view),
        options=[(o.key, named(o, view.issues)) for o in view.asked.outcomes],
        stored=view.asked.held.stored,
        part=not study().scope.whole,
    )


@pages.get(f"/<any({TABLES}):table>.<any(csv, xlsx, docx, svg, png, pdf):form>")
def download(table: str, form: str) -> Response:
    """Give one table of the view, controlled, or its picture with title, filters and date."""
    view = build_view(study().db, request.args)
    if view is None:
        raise NotFound("No wave has answers yet, so there are no estimates to save.")
    said = [study().key, "wave", *view.given.values(), table]
    name = "-".join(str(part).replace(" ", "-").replace(",", "") for part in said)
    title = f"{study_row(study().db)['name']}: {view.outcome_words}"
    if form in KINDS:
        return _picture(view, table, form, f"{name}.{form}", title)
    if table not in view.tables:
        raise NotFound("This outcome has no such table.")
    place = None if table == "balance-of-acting" else view.place
    found = figures(view.asked, table, place)
    shape = shape_of(table, view.asked.design.arms, list(found.columns))
    return released_file(form, found, shape, name=name, title=title, about=_about(view, table))


def _picture(view: View, what: str, form: str, name: str, title: str) -> Response:
    """Draw what may leave: the table behind the picture is controlled as a file's is."""
    from dataclasses import replace

    from linkage.pictures import file_bytes

    if what not in PICTURES or what not in view.tables:
        raise NotFound("There is no picture of this.")
    arms, place = view.asked.design.arms, None if what == "balance-of-acting" else view.place
    tables: dict[str, list[Any]] = {}
    notes: list[str] = []
    for kind in (what, "means") if what == "hours-distribution" else (what,):
        found = figures(view.asked, kind, place)
        shape = shape_of(kind, arms, list(found.columns))
        controlled = released(form, found, shape, title=title)
        tables[kind] = plain_rows(controlled.frame)
        notes += controlled.notes if kind == what else []
    leaving = replace(view, tables={**view.tables, **tables})
    sheet = draw(leaving, what, NARROW if request.args.get("narrow") else WIDE)
    if sheet is None:
        raise NotFound("There is nothing to draw: no row has a figure that may leave.")
    lines = (*_about(view, what)[1:], *notes)
    return attachment(file_bytes(sheet, form, title, lines), KINDS[form], name)


def _about(view: View, what: str) -> list[str]:
    asked, stored = view.asked, view.asked.held.stored
    n = sum(row["n"] or 0 for row in view.tables["means"] if row["arm"] != "all arms")
    plan = f"plan frozen {day(stored['frozen_at'])}" if stored else "no frozen plan: exploratory"
    return [
        f"Estimates: {what.replace('-', ' ')}",
        f"{asked.wave['name']} · {asked.contrast.name} · {view.place_name} · {plan}",
        f"n {n:,} answered. {day(datetime.now(UTC).date())}, Coproduce {VERSION}.",
    ]
