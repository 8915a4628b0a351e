"""Start the work of finding topics."""

from dataclasses import asdict

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from coding.topics import kept_topics, why_stale

from ...current import study
from ...errors import BAD_INPUT
from ..jobs import start_job
from .asking import address, read_asked
from .blueprint import pages
from .showing import TASK, show


@pages.post("/find")
def find() -> ResponseReturnValue:
    """Find topics as a job; what stands already is shown at once."""
    try:
        asked = read_asked(request.form)
    except BAD_INPUT as error:
        return show({}, error), 400
    there = url_for("topics.index", **address(asked))
    kept = kept_topics(study().db, asked)
    if kept and not why_stale(study().db, kept):
        return redirect(there, 303)
    job_id = start_job(TASK, {"actor": current_user.guid, "asked": asdict(asked)})
    return redirect(url_for("jobs.show", job_id=job_id, next=there), 303)
