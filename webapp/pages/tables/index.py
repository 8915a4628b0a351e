"""Survey tables: every item by area, issue, arm or covariate, as table, picture and files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from coding.errors import NotFound
from linkage.survey import tables

from ...current import study
from ...downloads import attachment
from ...errors import BAD_INPUT
from ...released import released_file
from .blueprint import pages
from .drawing import KINDS, draw, picture_file
from .view import about, answered, choices, lay_out, pick, refused, weighted

Row = dict[str, Any]


@dataclass(frozen=True)
class View:
    """One choice: the wave's answers, what was chosen of them, and the table."""

    data: tables.Asked
    options: dict[str, list[tuple[str, str]]]
    item: str
    by: str
    weighted: bool
    told: tables.Tabled

    @property
    def asked(self) -> dict[str, str]:
        """The address that shows this view again."""
        chosen = {"wave": self.data.wave["key"], "item": self.item, "by": self.by}
        return {**chosen, **({"weighted": "yes"} if self.weighted else {})}

    @property
    def title(self) -> str:
        by = dict(self.options["by"])[self.by].lower()
        return f"{dict(self.options['item'])[self.item]}, by {by}"

    @property
    def words(self) -> str:
        return f"{self.title}, {'weighted' if self.weighted else 'not weighted'}"


def build(asked: Mapping[str, str]) -> View | None:
    db = study().db
    if not answered(db) and not asked.get("wave"):
        return None
    data = tables.asked(db, asked.get("wave") or None)
    options = choices(db, data)
    item, by = pick("item", options["item"], asked), pick("by", options["by"], asked)
    heavy = weighted(asked, data)
    return View(data, options, item, by, heavy, tables.tabulated(data, item, by, heavy))


@pages.get("/")
def index() -> ResponseReturnValue:
    db = study().db
    try:
        view = build(request.args)
    except BAD_INPUT as error:
        return refused("tables/index.html", error)
    if view is None:
        return render_template("tables/index.html", view=None, waves=[])
    grid = lay_out(db, view.told, view.by)
    return render_template(
        "tables/index.html",
        view=view,
        grid=grid,
        waves=answered(db),
        charts=draw(grid, view.title),
    )


@pages.get("/table.<any(csv, xlsx, docx, svg, png, pdf):form>")
def download(form: str) -> ResponseReturnValue:
    """Give the table, controlled, as a file of full precision; or as a picture."""
    view = build(request.args)
    if view is None:
        raise NotFound("No wave has answers yet, so there is no table to save.")
    name = f"{study().key}-wave-{view.data.wave['key']}-{view.item}-by-{view.by}"
    said = about(view.told, view.words)
    if form in KINDS:
        return attachment(picture_file(form, view.told, view.by, view.title, said), KINDS[form],
                          f"{name}.{form}")  # fmt: skip
    return released_file(form, view.told.frame, tables.TABLE, name=name, title=view.title,
                         about=said)  # fmt: skip
