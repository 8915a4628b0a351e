"""Which column is what: guessed or as before, corrected on the page, checked, then imported."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from coding.errors import BadInput
from linkage import areas

from ...current import study
from ...errors import BAD_INPUT
from ...permissions import may
from ..effects.view import answered as answered_waves
from ..jobs import start_job
from .blueprint import kept, pages, read_kept
from .listing import list_waves

if TYPE_CHECKING:
    from collections.abc import Callable

    from analysis.mapping import Mapping
    from analysis.survey_files import SurveyFile

Fields = dict[str, str]


@pages.get("/mapping/<token>")
def mapping(token: str) -> ResponseReturnValue:
    from ...mapping_form import fields_from

    try:
        survey = read_kept(token)
    except BAD_INPUT as error:
        return list_waves(error), 400
    first, area = _first_mapping(survey)
    told = {**request.args.to_dict(), **fields_from(first, survey)}
    return _page(token, survey, {**told, "area": area or ""})


@pages.post("/mapping/<token>")
def apply(token: str) -> ResponseReturnValue:
    """Do what the pressed button says; a mistake keeps the form as it was filled in."""
    from ...mapping_form import taken_up

    fields = taken_up(request.form.to_dict())
    try:
        survey = read_kept(token)
    except BAD_INPUT as error:
        return list_waves(error), 400
    try:
        return DO.get(fields.get("do", ""), _show)(token, survey, fields)
    except BAD_INPUT as error:
        return _page(token, survey, fields, error=error)


def _first_mapping(survey: SurveyFile) -> tuple[Mapping, str | None]:
    """Start from mapping and area of the latest wave that fits the file, else from a guess."""
    from analysis.guessing import guess_mapping
    from analysis.mapping_toml import parse_mapping
    from analysis.responses import find_import, whole_file_area

    db = study().db
    names = set(map(str, survey.frame.columns))
    for wave in reversed(areas.waves(db)):
        found = find_import(db, wave["id"])
        earlier = parse_mapping(found["mapping"]) if found else None
        if earlier and {column for column, _ in earlier.columns()} <= names:
            return earlier, whole_file_area(db, wave["id"])
    known = [str(row[name]) for row in areas.areas(db) for name in ("key", "name")]
    return guess_mapping(survey, known, [row["key"] for row in areas.issues(db)]), None


def _show(token: str, survey: SurveyFile, fields: Fields) -> ResponseReturnValue:
    return _page(token, survey, fields)


def _fill(token: str, survey: SurveyFile, fields: Fields) -> ResponseReturnValue:
    """Fill the form from TOML, pasted or in a file."""
    from analysis.mapping_toml import parse_mapping

    from ...mapping_form import fields_from

    file = request.files.get("toml_file")
    text = file.read().decode("utf-8-sig", "replace") if file else fields.get("toml", "")
    given = parse_mapping(text)
    names = set(map(str, survey.frame.columns))
    absent = [column for column, _ in given.columns() if column not in names]
    if absent:
        raise BadInput(
            f"{survey.name} has no column “{absent[0]}”, which the mapping names; "
            f"its columns are: {', '.join(sorted(names)[:12])}{' …' if len(names) > 12 else ''}."
        )
    stays: Fields = {name: fields[name] for name in ("wave", "area", "create") if name in fields}
    return _page(token, survey, {**stays, **fields_from(given, survey)})


def _check(token: str, survey: SurveyFile, fields: Fields) -> ResponseReturnValue:
    from ...mapping_form import mapping_from
    from .checking import change, check

    chosen, db = mapping_from(fields, survey), study().db
    checked = check(db, survey, chosen, fields.get("area") or None, "create" in fields)
    changed = change(db, fields.get("wave", ""), checked, examples=may("see panel"))
    return _page(token, survey, fields, checked=checked, seen=_seen(chosen, fields), **changed)


def _seen(chosen: Mapping, fields: Fields) -> str:
    """Stamp what was checked, so that an import of anything else is noticed."""
    from analysis.mapping_toml import to_toml

    told = [to_toml(chosen), fields.get("area", ""), fields.get("create", "")]
    return sha256("\0".join(told).encode()).hexdigest()


def _import(token: str, survey: SurveyFile, fields: Fields) -> ResponseReturnValue:
    """Start the import; what can be refused is refused here, with the form at hand."""
    from analysis.mapping_toml import to_toml

    from ...mapping_form import mapping_from
    from .checking import check

    chosen = mapping_from(fields, survey)
    area, create = fields.get("area") or None, "create" in fields
    check(study().db, survey, chosen, area, create)
    if fields.get("seen") not in (None, _seen(chosen, fields)):
        raise BadInput("The form was changed since it was checked; check it again, then import.")
    _check_wave(fields)
    arguments = {
        "wave_key": fields["wave"],
        "path": str(kept(token)),
        "mapping_toml": to_toml(chosen),
        "actor": current_user.guid,
        "area": area,
        "create_areas": create,
        "replace": "replace" in fields,
    }
    job_id = start_job("import survey", arguments)
    return redirect(
        url_for("jobs.show", job_id=job_id, next=url_for("responses.after", token=token))
    )


def _check_wave(fields: Fields) -> None:
    from analysis.responses import find_import

    wave = areas.find_wave(study().db, fields.get("wave", ""))
    found = find_import(study().db, wave["id"])
    if found and "replace" not in fields:
        raise BadInput(
            f"{wave['name']} has answers already ({found['file_name']}, {found['rows']:,} "
            "respondents); tick that they may be replaced, or choose another wave."
        )


DO: dict[str, Callable[[str, SurveyFile, Fields], ResponseReturnValue]] = {
    "toml": _fill,
    "check": _check,
    "import": _import,
}


def _page(token: str, survey: SurveyFile, fields: Fields, **more: Any) -> ResponseReturnValue:
    from analysis.guessing import MEASURES

    from ... import mapping_form as form

    db, fields = study().db, form.with_defaults(fields, survey)
    answered = {wave["key"] for wave in answered_waves(db)}
    page = render_template(
        "responses/mapping.html",
        token=token,
        survey=survey,
        columns=form.describe_columns(survey),
        fields=fields,
        roles=form.ROLES,
        arms=form.ARM_NAMES,
        questions=form.ask(fields, survey),
        derived=form.rows(fields),
        pairs=form.pairs(fields),
        rules=form.RULE_WORDS,
        measures=MEASURES,
        waves=areas.waves(db),
        has_answers=fields.get("wave") in answered,
        areas=areas.areas(db),
        issues=areas.issues(db),
        toml=_toml(fields, survey),
        **more,
    )
    return page, 400 if more.get("error") else 200


def _toml(fields: Fields, survey: SurveyFile) -> str:
    """Write the form as TOML where it is complete; what was pasted stays where it is not."""
    from analysis.mapping_toml import to_toml

    from ...mapping_form import mapping_from

    try:
        return to_toml(mapping_from(fields, survey))
    except BAD_INPUT:
        return fields.get("toml", "")
