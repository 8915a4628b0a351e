"""The study's first question on a page: who acts alone or together, and what goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from coding.errors import NotFound
from linkage.figures import figures
from linkage.survey import tables

from ...current import study
from ...display import measure, signed
from ...downloads import attachment
from ...drawn import Drawn
from ...errors import BAD_INPUT
from ...numbers import plain_rows
from ...released import for_eyes, released, released_file
from .blueprint import pages
from .drawing import KINDS, WIDTHS, sheet_of
from .view import Grid, about, answered, choices, lay_out, limits, pick, refused, weighted

Row = dict[str, Any]
WAYS = ("neither", "alone", "groups", "both")
MODELS = {"linear": "Linear", "multinomial": "Multinomial"}
UNIT = "difference in percentage points, with 95 % interval"


@dataclass(frozen=True)
class View:
    """One choice, and what was found: shares of the four ways, and the models."""

    data: tables.Asked
    options: dict[str, list[tuple[str, str]]]
    issue: str
    by: str
    weighted: bool
    conditions: list[str] | None
    shares: tables.Tabled
    models: tables.Tabled

    @property
    def asked(self) -> dict[str, Any]:
        """The address that shows this view again."""
        chosen: dict[str, Any] = {"wave": self.data.wave["key"], "issue": self.issue, "by": self.by}
        if self.weighted:
            chosen["weighted"] = "yes"
        return chosen | ({"condition": self.conditions} if self.conditions is not None else {})

    @property
    def issue_name(self) -> str:
        return dict(self.options["issue"])[self.issue]

    @property
    def words(self) -> str:
        return f"{self.issue_name}, {'weighted' if self.weighted else 'not weighted'}"


def build(asked: MultiDict[str, str]) -> View | None:
    db = study().db
    if not answered(db) and not asked.get("wave"):
        return None
    data = tables.asked(db, asked.get("wave") or None)
    options = choices(db, data)
    if not options["issue"]:
        tables.association(data)  # says what is lacking
    options["by"] = [option for option in options["by"] if option[0] not in ("issue", "arm")]
    issue, by = pick("issue", options["issue"], asked), pick("by", options["by"], asked)
    heavy, chosen = weighted(asked, data), asked.getlist("condition")
    conditions = chosen if chosen else None
    return View(
        data, options, issue, by, heavy, conditions,
        tables.acting_shares(data, issue, by, heavy),
        tables.association(data, issue, conditions, heavy),
    )  # fmt: skip


@pages.get("/association")
def association() -> ResponseReturnValue:
    db = study().db
    try:
        view = build(request.args)
    except BAD_INPUT as error:
        return refused("tables/association.html", error)
    if view is None:
        return render_template("tables/association.html", view=None, waves=[])
    grid = lay_out(db, view.shares, view.by, tables.ACTING)
    controlled = for_eyes(view.models.frame, tables.MODELS)
    rows = plain_rows(controlled.frame)
    return render_template(
        "tables/association.html",
        view=view,
        grid=grid,
        waves=answered(db),
        charts=_draw(grid, f"Who acts alone or together: {view.issue_name}"),
        dots=_dots(rows),
        lines=_lines(rows),
        ways=WAYS,
        known=tables.conditions_of(view.data, view.issue),
        used={row["condition"] for row in rows},
        condition_name=_condition_names(view.data),
        notes=[*limits(), *view.models.notes, *controlled.notes],
    )


def _draw(grid: Grid, title: str) -> dict[str, Drawn]:
    from linkage.pictures import page_svg

    drawn = {name: sheet_of(grid, title, width) for name, width in WIDTHS.items()}
    return {name: Drawn(page_svg(sheet)) for name, sheet in drawn.items() if sheet}


def _dots(rows: list[Row]) -> dict[str, Drawn]:
    from linkage.pictures import page_svg

    found = {name: models_sheet(rows, width) for name, width in WIDTHS.items()}
    return {name: Drawn(page_svg(sheet)) for name, sheet in found.items() if sheet}


def models_sheet(rows: list[Row], width: int) -> Any:
    """Draw the multinomial model's differences (the linear one's where there is none)."""
    from linkage.pictures import draw_dots

    models = [row["model"] for row in rows if row["estimate"] is not None]
    if not models:
        return None
    model = models[-1]
    names = _condition_names(None)
    dots = [
        {"heading": f"Acting {_way(row['way'])}", "name": f"{names(row['condition'])}: "
         f"{row['level']}", "estimate": _points(row["estimate"]), "low": _points(row["ci_low"]),
         "high": _points(row["ci_high"]), "told": told(row)}
        for way in WAYS for row in rows if row["way"] == way and row["model"] == model
    ]  # fmt: skip
    label = f"Association, {model} model. " + "; ".join(
        f"{dot['heading']}, {dot['name']}: {dot['told']}" for dot in dots
    )
    return draw_dots(dots, label, UNIT.capitalize(), width=width, line=0.0)


def _way(way: str) -> str:
    return {"groups": "in groups", "neither": "neither way", "both": "both ways"}.get(way, way)


def _points(share: float | None) -> float | None:
    return None if share is None else 100 * share


def told(row: Row) -> str:
    """Write a difference: +4.2 (−1.0 to +9.4)."""
    if row["estimate"] is None:
        return "suppressed" if row.get("suppressed") else "–"
    figure, low, high = (_points(row[name]) for name in ("estimate", "ci_low", "ci_high"))
    if figure is None or low is None or high is None:
        return signed(figure, 1)
    return figures(figure, low, high)


def _lines(rows: list[Row]) -> list[Row]:
    """A line a condition, level and model, with a cell a way."""
    at = {(r["condition"], r["level"], r["model"], r["way"]): r for r in rows}
    kinds = dict.fromkeys((r["condition"], r["level"]) for r in rows)
    return [
        {"condition": condition, "level": level, "model": MODELS[model],
         "cells": [_cell(at.get((condition, level, model, way))) for way in WAYS]}
        for condition, level in kinds
        for model in MODELS
        if any((condition, level, model, way) in at for way in WAYS)
    ]  # fmt: skip


def _cell(row: Row | None) -> Row:
    if row is None:
        return {"told": "nobody", "p_value": None}
    return {"told": told(row), "p_value": row["p_value"]}


def _condition_names(data: tables.Asked | None) -> Any:
    named: Row = {o.key: o.measure for o in data.found.design.outcomes} if data else {}
    return lambda key: measure(str(named.get(key, key)))


@pages.get("/association.<any(csv, xlsx, docx, svg, png, pdf):form>")
def download_association(form: str) -> ResponseReturnValue:
    """Give the models, or with `of=shares` the four ways of acting, as a controlled file."""
    view = build(request.args)
    if view is None:
        raise NotFound("No wave has answers yet, so there is nothing to save.")
    of_shares = request.args.get("of") == "shares"
    told_of = view.shares if of_shares else view.models
    shape = tables.ACTING if of_shares else tables.MODELS
    title = (
        f"{'Who acts alone or together' if of_shares else 'What goes with acting'}: {view.words}"
    )
    said = about(told_of, title)
    name = f"{study().key}-wave-{view.data.wave['key']}-acting-{view.issue}"
    name += f"-by-{view.by}" if of_shares else "-association"
    if form in KINDS:
        return attachment(_picture(form, view, of_shares, title, said), KINDS[form],
                          f"{name}.{form}")  # fmt: skip
    return released_file(form, told_of.frame, shape, name=name, title=title, about=said)


def _picture(form: str, view: View, of_shares: bool, title: str, said: list[str]) -> bytes:
    from linkage.pictures import file_bytes

    if of_shares:
        controlled = released(form, view.shares.frame, tables.ACTING, title=title)
        kept = tables.Tabled(view.shares.wave, controlled.frame, [])
        sheet = sheet_of(lay_out(study().db, kept, view.by, tables.ACTING), title, WIDTHS["wide"])
    else:
        controlled = released(form, view.models.frame, tables.MODELS, title=title)
        sheet = models_sheet(plain_rows(controlled.frame), WIDTHS["wide"])
    if sheet is None:
        raise NotFound("There is nothing to draw: too few answered, or no model is defined.")
    return file_bytes(sheet, form, title, [*said, *controlled.notes])
