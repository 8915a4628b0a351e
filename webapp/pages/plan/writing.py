"""Write the plan of a wave: a draft, or an amendment of what is frozen."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlite_utils import Database
from werkzeug.datastructures import MultiDict

from coding.errors import BadInput, Conflict
from linkage import areas, plans
from linkage.recent import as_it_was

from ...conflict import compare
from ...current import as_coder, study
from ...errors import BAD_INPUT
from ...plan_form import fill, read
from ...plan_form.filling import OTHERS, TWO_BY_TWO, add_row, drop_row
from ...plan_form.reading import arms_of
from ..here import who_saved
from ..transcripts.place import number
from .blueprint import pages
from .showing import show_index

Row = dict[str, Any]
LARGEST_FILE = 1_000_000
MEMBERS = {
    "include": "analysed like all others",
    "exclude": "left out",
    "both": "analysed both ways, with and without",
}
LABELS = {**plans.LABELS, "reason": "Why it is amended"}


@pages.get("/<wave>/edit")
def edit(wave: str) -> ResponseReturnValue:
    """Show the draft, the frozen plan to amend, or a proposal; a proposal is not saved by this."""
    db = study().db
    found = areas.find_wave(db, wave)
    draft, stored = plans.draft_of(db, found["id"]), plans.frozen_plan(db, found["id"])
    if draft or stored:
        row = draft or stored or {}
        form = fill(row["plan"])
        form["revision"] = str(row["revision"]) if draft else ""
        form["reason"] = row["reason"] if draft else ""
        return _form(found, form)
    try:
        return _form(found, fill(plans.propose(db, found["id"], request.args.get("source"))))
    except BAD_INPUT as error:
        return show_index(found["key"], error)


def _form(wave: Row, form: MultiDict[str, str], error: Exception | None = None,
          status: int = 200, **more: Any) -> ResponseReturnValue:  # fmt: skip
    """Draw the form with whatever stands in it, right or wrong."""
    from analysis.design import SCALES
    from analysis.plan.planning import FURTHER, contrasts_of

    db, arms = study().db, arms_of(form)
    stored = plans.frozen_plan(db, wave["id"])
    page = render_template(
        "plan/edit.html",
        wave=wave,
        form=form,
        designs={TWO_BY_TWO: "2 × 2: no nudge, A, B, both", OTHERS: "A control and messages"},
        contrasts=[c.name for c in contrasts_of(arms)] if len(set(arms)) == len(arms) > 1 else [],
        areas=_known(areas.areas(db), form.getlist("areas")),
        issues=_known(areas.issues(db), form.getlist("issues")),
        scales=SCALES,
        further=FURTHER,
        members=MEMBERS,
        columns=plans.columns_of(db, wave["id"]),
        stored=stored,
        error=error,
        **more,
    )
    return page, status


def _known(rows: list[Row], named: list[str]) -> list[tuple[str, str]]:
    """List keys and names; what the plan names and the study no longer has stays to be seen."""
    known = [(row["key"], row["name"]) for row in rows]
    return known + [(key, key) for key in named if key not in dict(known)]


@pages.post("/<wave>/edit")
def save(wave: str) -> ResponseReturnValue:
    """Save the draft; or only fill the form anew, from a text or with more rows."""
    found, form = areas.find_wave(study().db, wave), MultiDict(request.form)
    try:
        if form.get("do") == "toml":
            return _form(found, _from_toml(form))
        if "add" in form or "drop" in form or form.get("do") == "show":
            add_row(form, form.get("add", ""))
            drop_row(form, form.get("drop", ""))
            return _form(found, form)
        plan, revision = read(form), number(form, "revision", "The revision")
        version = _save(found, plan, revision, form.get("reason", ""))
    except Conflict:
        return _conflict(found, form)
    except BAD_INPUT as error:
        return _form(found, form, error, 400)
    flash(f"Version {version} is saved as a draft; it counts once it is frozen.")
    return redirect(url_for("plan.index", wave=found["key"]), 303)


def _save(wave: Row, plan: Any, revision: int | None, reason: str) -> int:
    def run(db: Database, coder_id: int) -> int:  # whoever writes a plan is known by name
        # A form that began without a draft must not write over one that somebody made since.
        seen = 0 if revision is None else revision
        return plans.save_draft(db, wave["id"], plan, revision=seen, reason=reason)

    version: int = study().change(f"write the plan of {wave['name']}", as_coder(run))
    return version


def _from_toml(form: MultiDict[str, str]) -> MultiDict[str, str]:
    """Fill the form from a text or its file; what the plan does not hold stays."""
    from analysis.plan.toml import from_toml

    file = request.files.get("toml_file")
    text = form.get("toml", "")
    if file and file.filename:
        content = file.stream.read(LARGEST_FILE + 1)
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            raise BadInput("The file of the plan is not text in UTF-8.") from None
    if len(text) > LARGEST_FILE:
        raise BadInput("A plan is a text of at most a million letters; choose its file anew.")
    filled = fill(from_toml(text))
    for name in ("revision", "reason"):
        filled[name] = form.get(name, "")
    return filled


def _conflict(wave: Row, form: MultiDict[str, str]) -> ResponseReturnValue:
    """Set what is saved beside what was typed; parts that only they changed are theirs."""
    from dataclasses import replace

    theirs = plans.draft_of(study().db, wave["id"])
    if theirs is None:
        error = BadInput("The draft was frozen or dropped since you opened it; see what stands.")
        return _form(wave, _fresh(form), error, 409)
    typed = read(form)
    was = _begun_from(wave, theirs, int(form.get("revision") or 0))
    mine = {**plans.sections(typed), "reason": form.get("reason", "")}
    saved = {**plans.sections(theirs["plan"]), "reason": theirs["reason"]}
    base = _as_sections(was) if was else None
    found = compare(LABELS, base, saved, mine)
    kept = [d.field for d in found if d.whose == "theirs" and d.field != "reason"]
    try:
        both = replace(typed, **{name: getattr(theirs["plan"], name) for name in kept})
    except BAD_INPUT:  # their part does not go with one of mine
        both = typed
    filled = fill(both)
    filled["revision"], filled["reason"] = str(theirs["revision"]), mine["reason"]
    said = {"differences": found, "saved": who_saved("plan", theirs["id"])}
    return _form(wave, filled, None, 409, **said)


def _begun_from(wave: Row, theirs: Row, revision: int) -> Row | None:
    """What both began from: the draft as it was opened, or the frozen plan that both amend."""
    if revision:
        return as_it_was(study().db, "plan", theirs["id"], revision)
    stored = plans.frozen_plan(study().db, wave["id"])
    return {**stored, "reason": ""} if stored else None


def _fresh(form: MultiDict[str, str]) -> MultiDict[str, str]:
    form["revision"] = ""
    return form


def _as_sections(row: Row) -> dict[str, str]:
    from analysis.plan import from_json

    return {**plans.sections(from_json(row["body"])), "reason": row["reason"]}


@pages.post("/<wave>/drop")
def drop(wave: str) -> ResponseReturnValue:
    """Drop the draft; what is frozen stays."""
    found = areas.find_wave(study().db, wave)
    try:
        revision = number(request.form, "revision", "The revision")
        study().change(
            f"drop the draft of the plan of {found['name']}",
            lambda db: plans.drop_draft(db, found["id"], revision),
        )
    except (Conflict, *BAD_INPUT) as error:
        return show_index(found["key"], error)
    flash("The draft is dropped; the history can bring it back.")
    return redirect(url_for("plan.index", wave=found["key"]), 303)
