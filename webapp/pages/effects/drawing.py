"""Redraw the allocation for a wave's effects, as a job."""

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from coding.errors import BadInput
from linkage.survey.drawing import check_draws

from ...current import study
from ...errors import BAD_INPUT
from ..jobs import running_job, start_job
from .asking import read_asked
from .blueprint import pages
from .showing import TASK, show
from .view import find_wave


@pages.post("/draw")
def draw() -> ResponseReturnValue:
    """Start redrawing; the page comes back with its filters and what was drawn."""
    try:
        draws, seed = _number("draws", "The draws"), _number("seed", "The seed")
        check_draws(draws, seed)
        asked = read_asked(request.args)
        found = find_wave(study().db, asked.wave)
        if found is None:
            raise BadInput("No wave has answers yet, so there is nothing to redraw.")
    except BAD_INPUT as error:
        return show(error)
    address: dict[str, Any] = {**asked.address, "_anchor": "redrawn"}
    there = url_for("effects.index", **address)
    running = running_job(TASK)
    if running:
        return redirect(url_for("jobs.show", job_id=running["id"], next=there), 303)
    arguments = {
        "actor": current_user.guid,
        "wave": found[0]["key"],
        "draws": draws,
        "seed": seed,
        "members": asked.members or None,
    }
    job_id = start_job(TASK, arguments)
    return redirect(url_for("jobs.show", job_id=job_id, next=there), 303)


def _number(name: str, what: str) -> int:
    text = request.form.get(name, "").strip().replace(",", "")
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise BadInput(f"{what} must be a whole number.")
    return int(text)
