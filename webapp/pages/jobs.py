"""How a long piece of work goes: progress, cancel, and on to where it leads."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from coding.errors import NotFound

from ..catalogue import Catalogue, Row
from ..current import study
from ..jobs import Jobs
from ..security import local_path

pages = Blueprint("jobs", __name__, url_prefix="/studies/<study_key>/jobs")


def start_job(task: str, arguments: Row) -> int:
    """Start a task on the current study as the signed-in person; returns the job's number."""
    jobs: Jobs = current_app.extensions["jobs"]
    return jobs.start(study().key, str(study().path), current_user.guid, task, arguments)


def find_job(job_id: int) -> Row:
    """Return a job of the current study."""
    catalogue: Catalogue = current_app.extensions["coproduce"].catalogue
    job = catalogue.job(job_id)
    if job is None or job["study_key"] != study().key:
        raise NotFound("There is no such job in this study.")
    return job


@pages.get("/<int:job_id>")
def show(job_id: int) -> ResponseReturnValue:
    """Show progress; once done, go on to `next`, which gets the job's number as `job`."""
    job = find_job(job_id)
    target = local_path(request.args.get("next"))
    if request.accept_mimetypes.best == "application/json":
        return {name: job[name] for name in ("state", "done", "total", "error")}
    if job["state"] == "done" and target:
        return redirect(f"{target}{'&' if '?' in target else '?'}job={job_id}")
    return render_template("jobs/show.html", job=job, next=target)


@pages.post("/<int:job_id>/cancel")
def cancel(job_id: int) -> ResponseReturnValue:
    find_job(job_id)
    current_app.extensions["jobs"].cancel(job_id)
    return redirect(url_for("jobs.show", job_id=job_id, next=local_path(request.args.get("next"))))
