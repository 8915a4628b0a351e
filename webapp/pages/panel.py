"""The panel: a wave's sampling frame, allocated once at random, with its receipt."""

import secrets
from datetime import UTC, date, datetime
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from coding.errors import BadInput
from linkage import areas

from ..current import study
from ..downloads import csv_file
from ..errors import BAD_INPUT
from ..uploads import drop, keep, kept

pages = Blueprint("panel", __name__, url_prefix="/studies/<study_key>/panel")
ARMS = "none, A, B, A+B"


def _place() -> Any:
    return current_app.extensions["coproduce"]


@pages.get("/")
def index() -> str:
    return _index()


def _index(error: Exception | None = None) -> str:
    from analysis.stored_allocation import arm_counts, find_receipt

    db = study().db
    waves = [
        {**wave, "receipt": find_receipt(db, wave["id"]), "counts": arm_counts(db, wave["id"])}
        for wave in areas.waves(db)
    ]
    return render_template("panel/index.html", waves=waves, error=error)


@pages.post("/frame")
def upload() -> ResponseReturnValue:
    file = request.files.get("frame")
    if not file or not file.filename:
        return _index(BadInput("Choose the file of the sampling frame first.")), 400
    token = keep(_place(), current_user.guid, file.filename, file.stream)
    return redirect(url_for("panel.plan", token=token, wave=request.form.get("wave", "")))


@pages.get("/plan/<token>")
def plan(token: str) -> ResponseReturnValue:
    return _plan(token, {"wave": request.args.get("wave", "")})


def _plan(token: str, form: dict[str, Any], **more: Any) -> ResponseReturnValue:
    try:
        frame = _frame(token)
    except BAD_INPUT as error:
        drop(_place(), current_user.guid, token)
        return _index(error), 400
    told = {
        "seed": secrets.randbelow(1_000_000),
        "arms": ARMS,
        "day": datetime.now(UTC).date().isoformat(),
        "within": _area_columns(frame),
    }
    page = render_template(
        "panel/plan.html",
        token=token,
        columns=_columns(frame),
        rows=len(frame),
        waves=areas.waves(study().db),
        form={**told, **form},
        **more,
    )
    return page, 400 if more.get("error") else 200


def _frame(token: str) -> Any:
    from analysis.survey_files import read_survey

    return read_survey(kept(_place(), current_user.guid, token)).frame


def _columns(frame: Any) -> list[dict[str, Any]]:
    return [
        {"name": name, "values": frame[name].nunique(), "first": frame[name].head(3).tolist()}
        for name in frame.columns
    ]


def _area_columns(frame: Any) -> list[str]:
    rows = areas.areas(study().db)
    known = {str(row[name]).casefold() for row in rows for name in ("key", "name")}
    return [
        name
        for name in frame.columns
        if known & {str(value).casefold() for value in frame[name].unique()[:200]}
    ][:1]


@pages.post("/plan/<token>")
def allocate(token: str) -> ResponseReturnValue:
    form = {**request.form.to_dict(), "within": request.form.getlist("within")}
    try:
        frame, arms = _frame(token), [a.strip() for a in form["arms"].split(",")]
        seed, day = _seed(form["seed"]), _day(form["day"])
        if form.get("do") == "look":
            return _plan(token, form, preview=_preview(frame, form["within"], arms, seed))
        _store(form["wave"], frame, form["within"], arms, seed, day)
    except BAD_INPUT as error:
        return _plan(token, form, error=error)
    drop(_place(), current_user.guid, token)
    return redirect(url_for("panel.index"))


def _preview(frame: Any, within: list[str], arms: list[str], seed: int) -> dict[str, Any]:
    from analysis.allocation import allocate as assign

    allocated = assign(frame, within, arms, seed)[0]
    table = allocated.groupby(["block", "arm"], sort=False).size().unstack(fill_value=0)
    return {"arms": arms, "blocks": table.reindex(columns=arms, fill_value=0).to_dict("index")}


def _store(wave: str, frame: Any, within: list[str], arms: list[str], seed: int, day: date) -> None:
    from linkage.waves import allocate_wave

    def run(db: Any) -> int:
        return len(allocate_wave(db, wave, frame, within, arms, seed, day))

    study().change(f"allocate wave {wave}", run, kind="fixed")


def _seed(text: str) -> int:
    if not text.strip().isdecimal():
        raise BadInput("The seed must be a whole number, such as 4711.")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(f"“{text}” is not a date; write it as 2025-05-12.") from error


@pages.get("/<wave>/allocation.csv")
def download(wave: str) -> ResponseReturnValue:
    from analysis.stored_allocation import stored_allocation

    found = stored_allocation(study().db, areas.find_wave(study().db, wave)["id"])
    if found is None:
        raise BadInput("This wave is not allocated yet.")
    table = found[["respondent", "area", "block", "arm"]]
    return csv_file(table.to_dict("records"), f"{study().key}-wave-{wave}-allocation.csv")
