"""Have suggestions learned from the codings as they are now: a job with progress and cancel."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from linkage.history import check_not_archived

from ...current import study
from ..jobs import running_job, start_job
from .blueprint import pages
from .reviewing import TASK


@pages.post("/learn")
def learn() -> ResponseReturnValue:
    """Start learning, or follow the learning that is under way.

    The page asks for it with `quiet` when much has changed; it then gets the job as JSON and stays.
    """
    check_not_archived(study().db)
    job = running_job(TASK)
    job_id = job["id"] if job else start_job(TASK, {"actor": current_user.guid})
    if request.form.get("quiet"):
        return {"job": url_for("jobs.show", job_id=job_id)}, 202
    return redirect(url_for("jobs.show", job_id=job_id, next=url_for("suggestions.index")), 303)
