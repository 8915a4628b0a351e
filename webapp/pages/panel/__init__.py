"""The panel: a wave's sampling frame, allocated once at random, with its receipt."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlite_utils import Database

from coding.errors import BadInput, NotFound
from linkage import areas
from linkage.messages import list_messages

from ...current import study
from ...downloads import csv_file
from ...errors import BAD_INPUT
from ...numbers import plain_rows
from ...uploads import drop, keep, kept

if TYPE_CHECKING:
    import pandas as pd
    from werkzeug.datastructures import MultiDict

pages = Blueprint("panel", __name__, url_prefix="/studies/<study_key>/panel")
ARMS = "none, A, B, A+B"
MANY = 100  # a column of more values cannot make blocks
SHOWN = 5


@dataclass(frozen=True)
class Plan:
    """What the form says of an allocation."""

    wave: str
    within: list[str]
    arms: list[str]
    seed: int
    day: date


@pages.get("/")
def index() -> str:
    return _index()


def _index(error: Exception | None = None) -> str:
    from analysis.responses import find_import
    from analysis.stored_allocation import arm_counts, find_receipt

    db = study().db
    waves = [
        {
            **wave,
            "receipt": find_receipt(db, wave["id"]),
            "answers": find_import(db, wave["id"]),
            "counts": _by_area(arm_counts(db, wave["id"])),
        }
        for wave in areas.waves(db)
    ]
    return render_template("panel/index.html", waves=waves, error=error)


def _by_area(counts: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = {}
    for row in counts:
        table.setdefault(row["area"] or "No area", {})[row["arm"]] = row["respondents"]
    return table


@pages.post("/frame")
def upload() -> ResponseReturnValue:
    file = request.files.get("frame")
    if not file or not file.filename:
        return _index(BadInput("Choose the file of the sampling frame first.")), 400
    instance = current_app.extensions["coproduce"]
    token = keep(instance, current_user.guid, file.filename, file.stream)
    return redirect(url_for("panel.plan", token=token, wave=request.form.get("wave", "")))


@pages.get("/plan/<token>")
def plan(token: str) -> ResponseReturnValue:
    try:
        frame = _frame(token)
    except BAD_INPUT as error:
        return _index(error), 400
    form = {
        "wave": request.args.get("wave", ""),
        "seed": secrets.randbelow(1_000_000),
        "arms": ARMS,
        "day": datetime.now(UTC).date().isoformat(),
        "within": _area_columns(frame),
    }
    return _page(frame, form)


@pages.post("/plan/<token>")
def allocate(token: str) -> ResponseReturnValue:
    """Show what the allocation would be, or store it; a wave is allocated once."""
    try:
        frame = _frame(token)
    except BAD_INPUT as error:
        return _index(error), 400
    try:
        asked = _read(request.form)
        preview = _preview(frame, asked)
        if request.form.get("do") != "allocate":
            return _page(frame, _typed(), preview=preview)
        stored = _store(frame, asked)
    except BAD_INPUT as error:
        return _page(frame, _typed(), error=error)
    drop(current_app.extensions["coproduce"], current_user.guid, token)
    flash(f"{stored:,} respondents are allocated.")
    return redirect(url_for("panel.index", _anchor=f"wave-{asked.wave}"))


def _typed() -> dict[str, Any]:
    return {**request.form.to_dict(), "within": request.form.getlist("within")}


def _read(form: MultiDict[str, str]) -> Plan:
    seed, day = form.get("seed", "").strip(), form.get("day", "").strip()
    if not (seed.isascii() and seed.isdecimal() and len(seed) < 19):
        raise BadInput("The seed must be a whole number of at most 18 digits, such as 4711.")
    try:
        allocated_on = date.fromisoformat(day)
    except ValueError as error:
        raise BadInput(f"“{day[:40]}” is not a date; write it as 2025-05-12.") from error
    arms = [arm.strip() for arm in form.get("arms", "").split(",")]
    return Plan(form.get("wave", ""), form.getlist("within"), arms, int(seed), allocated_on)


def _frame(token: str) -> pd.DataFrame:
    from analysis.survey_files import read_survey

    return read_survey(kept(current_app.extensions["coproduce"], current_user.guid, token)).frame


def _page(frame: pd.DataFrame, form: Mapping[str, Any], **more: Any) -> ResponseReturnValue:
    from analysis.allocation import id_column
    from analysis.stored_allocation import find_receipt

    db = study().db
    try:
        respondent = id_column(frame)
    except BAD_INPUT as error:
        return _index(error), 400
    offered = [
        name
        for name in frame.columns
        if name != respondent and (name in form["within"] or _makes_blocks(frame[name]))
    ]
    page = render_template(
        "panel/plan.html",
        respondent=respondent,
        columns=[_describe(frame[name]) for name in offered],
        ignored=[n for n in frame.columns if n != respondent and n not in form["within"]],
        rows=len(frame),
        waves=[wave for wave in areas.waves(db) if not find_receipt(db, wave["id"])],
        messages=_messages(db, form["wave"]),
        form=form,
        **more,
    )
    return page, 400 if more.get("error") else 200


def _makes_blocks(column: pd.Series[Any]) -> bool:
    """Tell columns of a few values from names and addresses, which are not even shown."""
    return 2 <= column.nunique() <= min(MANY, max(2, len(column) // 2))


def _describe(column: pd.Series[Any]) -> dict[str, Any]:
    values = [str(value) for value in column.dropna().unique()]
    return {"name": column.name, "values": len(values), "first": values[:SHOWN]}


def _area_columns(frame: pd.DataFrame) -> list[str]:
    rows = areas.areas(study().db)
    known = {str(row[name]).casefold() for row in rows for name in ("key", "name")}
    found = [
        str(name)
        for name in frame.columns
        if known & {str(value).strip().casefold() for value in frame[name].unique()[:MANY]}
    ]
    return found[:1]


def _messages(db: Database, wave: str) -> int | None:
    """Count the messages that the allocation would fix; None where the wave is not known."""
    ids = {row["key"]: row["id"] for row in areas.waves(db)}
    if wave not in ids:
        return None
    return sum(1 for message in list_messages(db, ids[wave]) if message["version_id"])


def _preview(frame: pd.DataFrame, asked: Plan) -> dict[str, Any]:
    from analysis.allocation import allocate as assign

    allocated = assign(frame, asked.within, asked.arms, asked.seed)[0]
    table = allocated.groupby(["block", "arm"], sort=False).size().unstack(fill_value=0)
    blocks = table.reindex(columns=asked.arms, fill_value=0).sort_index()
    return {
        "arms": asked.arms,
        "blocks": blocks.to_dict("index"),
        "totals": blocks.sum().to_dict(),
    }


def _store(frame: pd.DataFrame, asked: Plan) -> int:
    from linkage.waves import allocate_wave

    areas.find_wave(study().db, asked.wave)

    def run(db: Database) -> int:
        return len(
            allocate_wave(db, asked.wave, frame, asked.within, asked.arms, asked.seed, asked.day)
        )

    return int(study().change(f"allocate wave {asked.wave}", run, kind="fixed"))


@pages.get("/<wave>/allocation.csv")
def download(wave: str) -> ResponseReturnValue:
    from analysis.stored_allocation import stored_allocation

    found = stored_allocation(study().db, areas.find_wave(study().db, wave)["id"])
    if found is None:
        raise NotFound("This wave is not allocated yet.")
    table = found[["respondent", "area", "block", "arm"]]
    return csv_file(plain_rows(table), f"{study().key}-wave-{wave}-allocation.csv")
