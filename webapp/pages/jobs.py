"""How a long piece of work goes: progress, cancel, and on to where it leads."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from coding.errors import NotFound

from ..catalogue import Catalogue, Row
from ..current import study
from ..jobs import TASKS, Jobs
from ..permissions import NotAllowed, refusal
from ..security import local_path

pages = Blueprint("jobs", __name__, url_prefix="/studies/<study_key>/jobs")


def start_job(task: str, arguments: Row) -> int:
    """Start a task on the current study as the signed-in person; returns the job's number."""
    jobs: Jobs = current_app.extensions["jobs"]
    return jobs.start(study().key, str(study().path), current_user.guid, task, arguments)


def find_job(job_id: int) -> Row:
    """Return a job of the current study that the signed-in person may see and cancel.

    They are those whose task they may start; who sees a part of the study only, those of their own.
    """
    job = _catalogue().job(job_id)
    if job is None or job["study_key"] != study().key or not _theirs(job):
        raise NotFound("There is no such job in this study.")
    task = TASKS.get(job["task"])
    sentence = refusal(study().member, task.needs if task else "manage")
    if sentence:
        raise NotAllowed(sentence)
    return job


def running_job(task: str) -> Row | None:
    """Return the current study's job of a task that waits or runs, where the person may see it."""
    job = _catalogue().unfinished_job(study().key, task)
    return job if job and _theirs(job) else None


def _theirs(job: Row) -> bool:
    limited = study().member.areas is not None or study().member.blind
    return bool(not limited or job["user_guid"] == current_user.guid)


def _catalogue() -> Catalogue:
    catalogue: Catalogue = current_app.extensions["coproduce"].catalogue
    return catalogue


@pages.get("/<int:job_id>")
def show(job_id: int) -> ResponseReturnValue:
    """Show progress; once done, go on to `next`, which gets the job's number as `job`."""
    job = find_job(job_id)
    target = local_path(request.args.get("next"))
    if request.accept_mimetypes.best == "application/json":
        return {name: job[name] for name in ("state", "done", "total", "error")}
    if job["state"] == "done" and target:
        path, mark, place = target.partition("#")
        return redirect(f"{path}{'&' if '?' in path else '?'}job={job_id}{mark}{place}")
    return render_template("jobs/show.html", job=job, next=target)


@pages.post("/<int:job_id>/cancel")
def cancel(job_id: int) -> ResponseReturnValue:
    find_job(job_id)
    current_app.extensions["jobs"].cancel(job_id)
    return redirect(url_for("jobs.show", job_id=job_id, next=local_path(request.args.get("next"))))
