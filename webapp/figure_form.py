"""The figures of time of a message as a form: those it has, one chosen, one of a cited source."""

from collections.abc import Mapping
from typing import Any

from flask import request
from sqlite_utils import Database
from werkzeug.datastructures import MultiDict

from coding.errors import BadInput
from linkage import areas
from linkage.messages.figures import SPEC, external_figure, figure_of

from .current import study
from .errors import BAD_INPUT

Row = dict[str, Any]


def unpack(text: str) -> dict[str, str]:
    """Read what names a figure in an address; all areas are not for who sees some only."""
    parts = text.split("|")
    if len(parts) != len(SPEC):
        raise BadInput("The address names no figure of time; choose one from the page of time use.")
    spec = dict(zip(SPEC, parts, strict=True))
    if spec["area"] == "all" and study().scope.areas is not None:
        raise BadInput("You see some areas only, so take the figure of one area, not of all.")
    return spec


def read_figures(db: Database, message: Row, form: MultiDict[str, str]) -> list[Row] | None:
    """Return the figures that a message is to have; None where the form says nothing of them."""
    if message["nudge"] != "B" or "figures" not in form:
        return None
    kept = set(form.getlist("keep-figure"))
    found = [row for row in message["figures"] if str(row["id"]) in kept]
    found += [figure_of(db, message, unpack(text)) for text in form.getlist("figure") if text]
    if any(form.get(f"source-{name}", "").strip() for name in ("value", "source")):
        found.append(external_figure(message, _given(form)))
    return found


def _given(form: Mapping[str, str]) -> Row:
    names = ("value", "source", "statistic", "period", "given")
    return {name: form[f"source-{name}"] for name in names if form.get(f"source-{name}")}


def named(figures: list[Row]) -> list[Row]:
    """Name the areas and waves of figures that are not stored yet."""
    db = study().db
    places = {row["id"]: row["name"] for row in areas.areas(db)}
    waves = {row["id"]: row["name"] for row in areas.waves(db)}
    return [
        {**row, "area_name": places.get(row["area_id"]), "wave_name": waves.get(row["wave_id"])}
        for row in figures
    ]


def chosen_again(message: Row) -> Row:
    """Show the figures that were ticked in a form again, as far as they still can be used."""
    try:
        specs = request.form.getlist("figure")
        chosen = [figure_of(study().db, message, unpack(spec)) for spec in specs]
    except BAD_INPUT:
        return {}
    return {"chosen": named(chosen), "specs": specs}
