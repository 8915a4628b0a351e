"""Freeze a plan, after saying what that means."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlite_utils import Database

from coding.errors import BadInput, Conflict
from linkage import areas, plans

from ...current import as_coder, study
from ...errors import BAD_INPUT
from ..transcripts.place import number
from .blueprint import pages
from .showing import show_index, shown_plan


@pages.get("/<wave>/freeze")
def ask_freeze(wave: str) -> ResponseReturnValue:
    """Show what would be frozen, what freezing means, and what speaks against it."""
    return _ask(wave)


def _ask(wave: str, error: Exception | None = None, status: int = 200) -> ResponseReturnValue:
    db = study().db
    found = areas.find_wave(db, wave)
    draft = plans.draft_of(db, found["id"])
    if draft is None:
        return show_index(found["key"], BadInput("There is no draft of this plan to freeze."))
    answered, seen = plans.before_now(db, found["id"])
    page = render_template(
        "plan/freeze.html", wave=found, draft=draft, answered=answered, seen=seen, error=error,
        misfits=plans.misfits(db, found["id"], draft["plan"]), **shown_plan(db, draft["plan"]),
    )  # fmt: skip
    return page, status


@pages.post("/<wave>/freeze")
def freeze(wave: str) -> ResponseReturnValue:
    """Freeze the draft that was read."""
    found = areas.find_wave(study().db, wave)
    try:
        revision = number(request.form, "revision", "The revision")

        def run(db: Database, coder_id: int) -> str:
            return plans.freeze_plan(db, found["id"], coder_id, revision)

        digest = study().change(f"freeze the plan of {found['name']}", as_coder(run), kind="fixed")
    except Conflict as error:
        return _ask(found["key"], error, 409)
    except BAD_INPUT as error:
        return show_index(found["key"], error)
    flash(f"The plan is frozen. Its hash begins {digest[:12]}.")
    return redirect(url_for("plan.index", wave=found["key"]), 303)
