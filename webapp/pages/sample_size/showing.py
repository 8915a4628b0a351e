"""The page of the sample size, its table, its curve and its simulation, and their files."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coding.errors import BadInput
from linkage import areas
from linkage.areas import study_row
from linkage.sample_size import (
    CHANGES,
    QUICK,
    Experiment,
    Simulation,
    alike,
    cost,
    experiment_from,
    simulate,
)
from linkage.waves import answered_waves

from ...arguments import whole_argument
from ...current import study
from ...display import day
from ...downloads import attachment, csv_file, xlsx_file
from ...drawn import Drawn
from ...errors import BAD_INPUT
from ...numbers import plain_rows
from ...permissions import NotAllowed, may
from ...sample_size_form import from_answers, read_asked, read_simulation
from ...version import VERSION
from ..jobs import find_job, start_job
from .blueprint import pages
from .telling import draw_curve, names_of, said, single_areas, svg

Row = dict[str, Any]
TASK = "simulate power"
WIDE, NARROW = 760, 330
KINDS = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
TIMES = (0.5, 1.0, 1.5, 2.0, 3.0)


@pages.get("/")
def index() -> ResponseReturnValue:
    db = study().db
    try:
        asked = read_asked(db, request.args)
        found = experiment_from(asked)
        found.contrasts  # noqa: B018  (arms that make none are named now)
    except BAD_INPUT as error:
        return _page(read_asked(db, {}), request.args, error=error)
    simulated: Row = {}
    try:
        if request.args.get("fill") and asked["plan"]:
            return _filled(asked)
        simulated = _simulated(asked, found)
    except BAD_INPUT as error:
        return _page(asked, request.args, found, error=error)
    return _page(asked, request.args, found, **simulated)


def _filled(asked: Row) -> ResponseReturnValue:
    """Lead to the same page with spread and effect as an earlier wave and the plan have them."""
    _check_results()
    found = from_answers(study().db, asked["plan"], request.args["fill"])
    same: Any = {k: v for k, v in request.args.items() if k not in ("fill", "simulate") and v}
    return redirect(url_for(".index", **{**same, **found}), 303)


def _page(
    asked: Row, args: Any, found: Experiment | None = None, error: Exception | None = None,
    **simulated: Any,
) -> ResponseReturnValue:  # fmt: skip
    db = study().db
    view = found or experiment_from(asked)
    rows = plain_rows(view.table(TIMES))
    curves = {} if error and not found else {
        "wide": Drawn(svg(draw_curve(view, WIDE))), "narrow": Drawn(svg(draw_curve(view, NARROW))),
    }  # fmt: skip
    page = render_template(
        "sample_size/index.html",
        asked=asked,
        form={**asked["form"], **{k: v for k, v in args.items() if v}},
        view=view,
        waves=areas.waves(db),
        by_contrast=[(c, [r for r in rows if r["contrast"] == c.name]) for c in view.contrasts],
        times=TIMES,
        groups=[(names[0], names_of(names)) for names in alike(view.contrasts)],
        single=single_areas(view),
        curves=curves,
        said=said(view),
        given={**args} if not error else {},
        error=error,
        outcomes=_outcomes(asked),
        earlier=_earlier(),
        **simulated,
    )
    return page, 400 if error else 200


def _outcomes(asked: Row) -> list[tuple[str, str, str]]:
    """List the planned outcomes that can be simulated: key, scale, and what a nudge changes."""
    plan = asked["plan"]
    return (
        [(o.key, o.scale, CHANGES[o.scale]) for o in plan.outcomes if o.scale in CHANGES]
        if plan
        else []
    )


def _earlier() -> list[tuple[str, str]]:
    """List the waves whose no-nudge arm may be read, for those who may see results."""
    if not may("see results"):
        return []
    ids = answered_waves(study().db)
    return [(wave["key"], wave["name"]) for wave in areas.waves(study().db) if wave["id"] in ids]


def _wanted(asked: Row) -> Simulation:
    wanted = Simulation(**read_simulation(asked, request.values))
    if wanted.from_wave:
        _check_results()
    return wanted


def _check_results() -> None:
    if not may("see results"):
        raise NotAllowed("Answers of an earlier wave are results, which are not yours to see.")


def _simulated(asked: Row, found: Experiment) -> Row:
    """Simulate what is asked, or say that it takes long; nothing where it is not asked."""
    job_id = whole_argument("job")
    if job_id is not None:
        job = find_job(job_id)
        if job["task"] == TASK and job["state"] == "done":
            return {"simulated": json.loads(job["result"])}
    if not request.args.get("simulate"):
        return {}
    wanted, db = _wanted(asked), study().db
    if cost(db, asked["wave_id"], found, wanted) > QUICK:
        return {"long": True}
    return {"simulated": plain_rows(simulate(db, asked["wave_id"], found, wanted))}


@pages.post("/simulate", endpoint="simulate")
def simulate_long() -> ResponseReturnValue:
    """Simulate as a job; the page then shows what it found."""
    try:
        asked = read_asked(study().db, request.form)
        found, wanted = experiment_from(asked), _wanted(asked)
        cost(study().db, asked["wave_id"], found, wanted)
    except BAD_INPUT as error:
        return _page(read_asked(study().db, {}), request.form, error=error)
    plain = ("wave_id", "areas", "common", "arms", "effect", "power", "alpha", "labels")
    order = {**{name: asked[name] for name in plain}, "simulation": vars(wanted)}
    job_id = start_job(TASK, {"asked": order})
    same: Any = {k: v for k, v in request.form.items() if k not in ("csrf_token", "simulate") and v}
    return redirect(url_for("jobs.show", job_id=job_id, next=url_for(".index", **same)), 303)


@pages.get("/<any(table, areas, simulated):query>.<any(csv, xlsx, svg, png, pdf):form>")
def download(query: str, form: str) -> Response:
    """Give the table or the simulation as a file, or the curve as a picture."""
    db = study().db
    asked = read_asked(db, request.args)
    view = experiment_from(asked)
    title = f"{study_row(db)['name']}: sample size"
    name = f"{study().key}-sample-size-{query}.{form}"
    about = [said(view), f"{day(datetime.now(UTC).date())}, Coproduce {VERSION}."]
    if form in KINDS:
        from linkage.pictures import file_bytes

        width = NARROW if request.args.get("narrow") else WIDE
        return attachment(
            file_bytes(draw_curve(view, width), form, title, about), KINDS[form], name
        )
    rows = _rows(query, asked, view)
    return csv_file(rows, name) if form == "csv" else xlsx_file(rows, name, [title, *about])


def _rows(query: str, asked: Row, view: Experiment) -> list[Row]:
    if query != "simulated":
        return plain_rows(view.table(TIMES) if query == "table" else view.by_area())
    found: list[Row] | None = _simulated(asked, view).get("simulated")
    if found is None:
        raise BadInput("Nothing was simulated; choose an outcome on the page and simulate it.")
    return found
