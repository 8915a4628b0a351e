"""Who came: groups by the levels of an attribute, with bases and the unknown."""

from itertools import groupby
from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from coding.composition import COLUMNS, attribute_names, count_composition
from linkage import areas

from ...current import study
from ...downloads import csv_file
from ...errors import BAD_INPUT
from ...sheets import xlsx_file
from .blueprint import pages

Row = dict[str, Any]


@pages.get("/composition")
def composition() -> ResponseReturnValue:
    db = study().db
    names = attribute_names(db)
    asked = request.args.get("attribute", "")
    try:
        rows = count_composition(db, asked or None)
    except BAD_INPUT as error:
        return _page(names, asked, [], error), 400
    tables = [_table(list(part)) for _, part in groupby(rows, lambda row: row["attribute"])]
    return _page(names, asked, tables)


def _page(names: list[str], asked: str, tables: list[Row], error: Exception | None = None) -> str:
    return render_template(
        "speakers/composition.html",
        names=names,
        tables=tables,
        asked=asked,
        areas={row["key"]: row["name"] for row in areas.areas(study().db)},
        error=error,
    )


def _table(rows: list[Row]) -> Row:
    """Turn an attribute's rows into groups down and levels across."""
    levels = list(dict.fromkeys(row["level"] for row in rows))
    lines = [list(part) for _, part in groupby(rows, lambda row: (row["area"], row["group"]))]
    numbers = any(row["median"] is not None for row in rows)
    return {"name": rows[0]["attribute"], "levels": levels, "lines": lines, "numbers": numbers}


@pages.get("/composition.<any(csv, xlsx):form>")
def download_composition(form: str) -> Response:
    rows = count_composition(study().db, request.args.get("attribute") or None)
    name = f"{study().key}-composition.{form}"
    return xlsx_file(rows, COLUMNS, name) if form == "xlsx" else csv_file(rows, name)
