"""Which model there is, how many transcripts are read with it, and reading the others."""

import json
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from coding import gazetteer, language
from coding.language_models import INSTALL_EMBEDDINGS, has_embeddings
from coding.transcripts import ordered
from linkage.areas import areas
from linkage.history import check_not_archived
from linkage.undo import offers

from ...arguments import whole_argument
from ...current import study
from ...display import plural
from ...errors import BAD_INPUT
from ...permissions import may_open
from ..jobs import find_job, running_job, start_job
from .blueprint import pages

Row = dict[str, Any]
TASK = "read the transcripts"
UNDONE = frozenset({"gazetteer_entry"})
SHOWN = 200


@pages.get("/")
def index() -> str:
    if number := whole_argument("job"):
        _tell(find_job(number))
    return show()


def show(error: Exception | None = None) -> str:
    """Draw the page, with what was wrong where something was."""
    db = study().db
    total, waiting = len(ordered(db)), len(language.unparsed(db))
    return render_template(
        "language/index.html",
        model=language.installed_model(),
        embeddings=has_embeddings(),
        install_embeddings=INSTALL_EMBEDDINGS,
        total=total,
        waiting=waiting,
        megabytes=language.kept_size(db)["bytes"] / 1e6,
        job=running_job(TASK) if may_open("language.read") else None,
        error=error,
        form=request.form,
        **_names(),
    )


def _names() -> Row:
    """Give the list of names to who keeps it: those that are looked for, and how many there are."""
    if not may_open("language.add"):
        return {"listed": None}
    db, wanted = study().db, request.args.get("name", "").strip()
    listed = gazetteer.list_entries(db)
    found = [row for row in listed if wanted.lower() in row["name"].lower()]
    return {
        "listed": len(listed),
        "found": len(found),
        "names": found[:SHOWN],
        "wanted": wanted,
        "areas": [row["name"] for row in areas(db)],
        "kinds": [(kind.lower(), kind.capitalize()) for kind in gazetteer.LABELS],
        "undoes": offers(db, current_user.guid, UNDONE).get("undo"),
    }


def _tell(job: Row) -> None:
    if job["task"] == TASK and job["state"] == "done":
        count = json.loads(job["result"] or "{}").get("transcripts", 0)
        flash(f"{plural(count, 'transcript')} read.")


@pages.post("/read")
def read() -> ResponseReturnValue:
    """Start the reading of what is not read as it stands, or lead to the one under way."""
    job = running_job(TASK)
    try:
        check_not_archived(study().db)
        number = job["id"] if job else _start()
    except BAD_INPUT as error:
        return show(error), 400
    if number is None:
        flash("All transcripts are read as they stand.")
        return redirect(url_for("language.index"), 303)
    return redirect(url_for("jobs.show", job_id=number, next=url_for("language.index")), 303)


def _start() -> int | None:
    waiting = language.unparsed(study().db)
    if not waiting:
        return None
    arguments: Row = {"actor": current_user.guid}
    if study().scope.areas is not None:
        arguments["transcript_ids"] = waiting
    return start_job(TASK, arguments)
