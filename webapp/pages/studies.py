"""The list of studies, the start of a new one, and a study's areas, issues and waves."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from linkage import areas

from ..accounts.identity import own_studies
from ..current import OWNER, study
from ..errors import BAD_INPUT
from ..instance import Instance

pages = Blueprint("studies", __name__)


@pages.get("/")
def index() -> str:
    return render_template("studies/index.html", studies=own_studies(), form={})


@pages.post("/studies")
def new() -> ResponseReturnValue:
    name = request.form.get("name", "").strip()
    key = request.form.get("key", "").strip() or areas.key_from(name)
    try:
        _instance().new_study(key, name)
        _instance().people.set_membership(current_user.id, key, OWNER)
    except BAD_INPUT as error:
        page = render_template(
            "studies/index.html", studies=own_studies(), form=request.form, error=error
        )
        return page, 400
    return redirect(url_for("studies.settings", study_key=key))


@pages.get("/studies/<study_key>/settings")
def settings() -> str:
    return _settings()


def _settings(error: Exception | None = None) -> str:
    db = study().db
    return render_template(
        "studies/settings.html",
        areas=areas.areas(db),
        issues=areas.issues(db),
        waves=areas.waves(db),
        form=request.form,
        error=error,
    )


ADD = {
    "area": lambda db, f: areas.add_area(db, _key(f), f.get("name", ""), f.get("kind", "")),
    "issue": lambda db, f: areas.add_issue(db, _key(f), f.get("name", "")),
    "wave": lambda db, f: areas.add_wave(db, _key(f), f.get("name", "")),
}


def _key(form: dict[str, str]) -> str:
    return form.get("key", "").strip() or areas.key_from(form.get("name", ""))


@pages.post("/studies/<study_key>/settings/<any(area, issue, wave):what>")
def add(what: str) -> ResponseReturnValue:
    form = request.form.to_dict()
    try:
        study().change(f"add {what} {form.get('name', '')}", lambda db: ADD[what](db, form))
    except BAD_INPUT as error:
        return _settings(error), 400
    return redirect(url_for("studies.settings", _anchor=what))


def _instance() -> Instance:
    found: Instance = current_app.extensions["coproduce"]
    return found
