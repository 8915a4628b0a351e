"""Survey answers: upload, say which column is what, check, import; and what came of it."""

import json
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from coding.errors import BadInput
from linkage import areas

from ..current import study
from ..downloads import attachment
from ..errors import BAD_INPUT
from ..uploads import keep, kept
from .jobs import find_job, start_job

pages = Blueprint("responses", __name__, url_prefix="/studies/<study_key>/responses")
ACCEPTED = ".csv,.xlsx,.sav,.zsav,.por,.dta"


@pages.get("/")
def index() -> str:
    job = request.args.get("job", type=int)
    return _index(done=json.loads(find_job(job)["result"]) if job else None)


def _index(error: Exception | None = None, done: Any = None) -> str:
    from analysis.responses import find_import

    db = study().db
    waves = [{**wave, "answers": find_import(db, wave["id"])} for wave in areas.waves(db)]
    return render_template(
        "responses/index.html", waves=waves, accepted=ACCEPTED, error=error, done=done
    )


@pages.post("/file")
def upload() -> ResponseReturnValue:
    file = request.files.get("file")
    if not file or not file.filename:
        return _index(BadInput("Choose the survey file first.")), 400
    token = keep(current_app.extensions["coproduce"], current_user.guid, file.filename, file.stream)
    return redirect(url_for("responses.mapping", token=token, wave=request.form.get("wave", "")))


def _survey(token: str) -> Any:
    from analysis.survey_files import read_survey

    return read_survey(kept(current_app.extensions["coproduce"], current_user.guid, token))


@pages.get("/mapping/<token>")
def mapping(token: str) -> ResponseReturnValue:
    from ..mapping_form import fields_from

    try:
        survey = _survey(token)
    except BAD_INPUT as error:
        return _index(error), 400
    return _page(token, survey, fields_from(_first_mapping(survey), survey))


def _first_mapping(survey: Any) -> Any:
    """Start from the mapping of the latest wave that fits the file, else from a guess."""
    from analysis.guessing import guess_mapping
    from analysis.mapping_toml import parse_mapping
    from analysis.responses import find_import

    db = study().db
    names = set(map(str, survey.frame.columns))
    for wave in reversed(areas.waves(db)):
        found = find_import(db, wave["id"])
        earlier = parse_mapping(found["mapping"]) if found else None
        if earlier and {column for column, _ in earlier.columns()} <= names:
            return earlier
    known = [str(row[name]) for row in areas.areas(db) for name in ("key", "name")]
    return guess_mapping(survey, known, [row["key"] for row in areas.issues(db)])


def _page(token: str, survey: Any, fields: dict[str, str], **more: Any) -> ResponseReturnValue:
    from ..mapping_form import ARM_CHOICES, ROLES, describe_columns

    db = study().db
    page = render_template(
        "responses/mapping.html",
        token=token,
        survey=survey,
        columns=describe_columns(survey),
        fields=fields,
        roles=ROLES,
        arms=ARM_CHOICES,
        waves=areas.waves(db),
        areas=areas.areas(db),
        issues=areas.issues(db),
        wave=request.values.get("wave", ""),
        area=request.values.get("area", ""),
        **more,
    )
    return page, 400 if more.get("error") else 200


@pages.post("/mapping/<token>")
def apply(token: str) -> ResponseReturnValue:
    from analysis.mapping_toml import parse_mapping, to_toml

    from ..mapping_form import fields_from, mapping_from

    fields = request.form.to_dict()
    do = fields.get("do", "show")
    try:
        survey = _survey(token)
        if do == "toml":
            return _page(token, survey, fields_from(parse_mapping(fields["toml"]), survey))
        if do == "show":
            return _page(token, survey, fields)
        chosen = mapping_from(fields, survey)
        report, rows = _check(survey, chosen, fields.get("area") or None)
    except BAD_INPUT as error:
        return _page(token, survey, fields, error=error)
    if do == "check":
        return _page(token, survey, fields, report=report, checked=rows, toml=to_toml(chosen))
    return _start(token, to_toml(chosen), fields)


def _check(survey: Any, chosen: Any, area: str | None) -> tuple[list[str], int]:
    from analysis.applying import apply_mapping

    rows = areas.areas(study().db)
    known = {str(row[name]).casefold(): row["key"] for row in rows for name in ("key", "name")}
    mapped = apply_mapping(survey, chosen, areas=known, area=area)
    return mapped.report, len(mapped.frame)


def _start(token: str, toml: str, fields: dict[str, str]) -> ResponseReturnValue:
    arguments = {
        "wave_key": fields.get("wave") or None,
        "path": str(kept(current_app.extensions["coproduce"], current_user.guid, token)),
        "mapping_toml": toml,
        "actor": current_user.guid,
        "area": fields.get("area") or None,
        "replace": "replace" in fields,
    }
    job_id = start_job("import survey", arguments)
    return redirect(url_for("jobs.show", job_id=job_id, next=url_for("responses.index")))


@pages.get("/<wave>/mapping.toml")
def mapping_file(wave: str) -> ResponseReturnValue:
    from analysis.responses import find_import

    found = find_import(study().db, areas.find_wave(study().db, wave)["id"])
    if found is None:
        raise BadInput("This wave has no answers yet, and so no mapping.")
    name = f"{study().key}-wave-{wave}-mapping.toml"
    return attachment(found["mapping"].encode(), "application/toml; charset=utf-8", name)


@pages.get("/<wave>/table")
def table(wave: str) -> str:
    """Show one outcome by area and arm: how many, how many missing, mean and spread."""
    from analysis.describe import describe_outcome
    from analysis.responses import load_responses

    db = study().db
    row = areas.find_wave(db, wave)
    frame, design = load_responses(db, row["id"])
    outcomes = {outcome.key: outcome for outcome in design.outcomes}
    chosen = outcomes.get(request.args.get("outcome", "")) or next(iter(outcomes.values()))
    area = request.args.get("area") or None
    return render_template(
        "responses/table.html",
        wave=row,
        outcomes=list(outcomes.values()),
        chosen=chosen,
        area=area,
        areas=areas.areas(db),
        rows=describe_outcome(frame, design, chosen, area).to_dict("records"),
    )
