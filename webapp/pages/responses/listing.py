"""The waves and what has been imported into them; the upload that starts an import, and its end."""

import json

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coding.errors import BadInput, NotFound
from linkage import areas

from ...current import study
from ...downloads import attachment
from ..jobs import find_job
from .blueprint import drop, keep, pages, person_names

ACCEPTED = ".csv,.xlsx,.sav,.zsav,.por,.dta"


@pages.get("/")
def index() -> str:
    return list_waves()


def list_waves(error: Exception | None = None) -> str:
    """Show every wave with its import, its report, and the upload of a file."""
    from analysis.replaced_imports import replaced_imports
    from analysis.responses import find_import

    db = study().db
    waves = [
        {
            **wave,
            "answers": find_import(db, wave["id"]),
            "earlier": replaced_imports(db, wave["id"]),
        }
        for wave in areas.waves(db)
    ]
    return render_template(
        "responses/index.html",
        waves=waves,
        accepted=ACCEPTED,
        names=person_names(),
        error=error,
    )


@pages.post("/file")
def upload() -> ResponseReturnValue:
    file = request.files.get("file")
    if not file or not file.filename:
        return list_waves(BadInput("Choose the survey file first.")), 400
    return redirect(
        url_for("responses.mapping", token=keep(file), wave=request.form.get("wave", ""))
    )


@pages.get("/after/<token>")
def after(token: str) -> ResponseReturnValue:
    """Lead on from the import's job: to the wave where it is done, else back to the mapping."""
    job = request.args.get("job", type=int)
    told = find_job(job)["result"] if job else None
    if not told:
        return redirect(url_for("responses.mapping", token=token))
    result = json.loads(told)
    drop(token)
    rows = result["rows"]
    flash("1 respondent is stored." if rows == 1 else f"{rows:,} respondents are stored.")
    return redirect(url_for("responses.index", _anchor=f"wave-{result['wave']}"))


@pages.get("/<wave>/mapping.toml")
def mapping_file(wave: str) -> ResponseReturnValue:
    from analysis.responses import find_import

    found = find_import(study().db, areas.find_wave(study().db, wave)["id"])
    if found is None:
        raise NotFound("This wave has no answers yet, and so no mapping.")
    name = f"{study().key}-wave-{wave}-mapping.toml"
    return attachment(found["mapping"].encode(), "application/toml; charset=utf-8", name)
