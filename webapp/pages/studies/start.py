"""The guided start of a study: areas, issues, first wave, first files; each can be skipped."""

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlite_utils import Database
from werkzeug.datastructures import MultiDict

from coding.readers import FORMATS
from coding.transcripts import list_transcripts
from linkage import areas

from ...current import study
from ...display import ARMS
from ...errors import BAD_INPUT
from .blueprint import pages

STEPS = {"areas": "Areas", "issues": "Issues", "wave": "First wave", "files": "First files"}
KINDS = ["London borough", "metropolitan borough", "large town", "rural area"]
ISSUES = {
    "health": "Health",
    "safety": "Community safety",
    "environment": "Local environment",
}
ARMS_TOLD = {
    "none": "The questions alone: what the others are compared with.",
    "A": "First a true story from their own area: what neighbours did together, and what changed.",
    "B": "First the average time that people like them give.",
    "A+B": "The story and the time, so that one sees whether they add up.",
}
STEP = f"any({', '.join(STEPS)})"
Form = MultiDict[str, str]


@pages.get(f"/studies/<study_key>/start/<{STEP}:step>")
def start(step: str) -> str:
    return _page(step)


def _page(step: str, error: Exception | None = None) -> str:
    db = study().db
    there = {"areas": areas.areas(db), "issues": areas.issues(db), "wave": areas.waves(db)}
    known = {str(row["name"]).casefold() for row in there["issues"]}
    return render_template(
        f"studies/start/{step}.html",
        step=step,
        steps=STEPS,
        done={**there, "files": list_transcripts(db)},
        there=there.get(step, []),
        following=_following(step),
        kinds=KINDS,
        usual={key: name for key, name in ISSUES.items() if name.casefold() not in known},
        arms=[(ARMS[arm], words) for arm, words in ARMS_TOLD.items()],
        formats=list(FORMATS),
        typed=request.form,
        error=error,
    )


def _following(step: str) -> str:
    """Return the address of the step after this one; after the last, the study's home."""
    rest = list(STEPS)[list(STEPS).index(step) + 1 :]
    return url_for("studies.start", step=rest[0]) if rest else url_for("overview.index")


def _add_areas(db: Database, form: Form) -> None:
    for name, kind in zip(form.getlist("name"), form.getlist("kind"), strict=False):
        if name.strip():
            areas.add_area(db, areas.key_from(name), name, kind)


def _add_issues(db: Database, form: Form) -> None:
    for key in form.getlist("usual"):
        if key in ISSUES:
            areas.add_issue(db, key, ISSUES[key])
    for name in form.getlist("name"):
        if name.strip():
            areas.add_issue(db, areas.key_from(name), name)


def _add_wave(db: Database, form: Form) -> None:
    name, key = form.get("name", "").strip(), form.get("key", "").strip()
    if name or key:
        areas.add_wave(db, key or areas.key_from(name), name)


ADD: dict[str, Callable[[Database, Form], Any]] = {
    "areas": _add_areas,
    "issues": _add_issues,
    "wave": _add_wave,
}


@pages.post(f"/studies/<study_key>/start/<{STEP}:step>")
def start_step(step: str) -> ResponseReturnValue:
    """Store what a step was told and go on, or stay for more."""
    form = MultiDict(request.form)
    if step in ADD:
        try:
            study().change(f"start: {STEPS[step].lower()}", lambda db: ADD[step](db, form))
        except BAD_INPUT as error:
            return _page(step, error), 400
    more = "more" in form
    return redirect(url_for("studies.start", step=step) if more else _following(step), 303)
