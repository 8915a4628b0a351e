"""Named snapshots, and the codebook of one beside that of another or of now."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlite_utils import Database

from coding.errors import BadInput
from coding.spoken_again import sift_texts
from linkage.codebook_diff import COMPARED, CodeDiff, diff_codebook, plain_diff
from linkage.snapshots import add_snapshot, get_snapshot, snapshots

from ...arguments import whole_argument
from ...current import as_coder, study
from ...downloads import csv_file
from ...errors import BAD_INPUT
from .blueprint import pages
from .listing import show_list

Row = dict[str, Any]
WAYS = ("added", "removed", "renamed", "moved", "redefined", "recoloured")


@pages.post("/snapshots")
def take() -> ResponseReturnValue:
    name, note = request.form.get("name", ""), request.form.get("note", "")

    def run(db: Database, coder_id: int) -> int:
        return add_snapshot(db, name, note, coder_id)

    try:
        study().change(f"take the snapshot “{name.strip()[:200]}”", as_coder(run))
    except BAD_INPUT as error:
        return show_list(error), 400
    flash(f"The snapshot “{name.strip()}” is taken.")
    return redirect(url_for("history.index", _anchor="snapshots"))


@pages.get("/codebook")
def compare() -> str:
    since, until = _moments()
    diffs = _diff(since, until)
    changed = [diff for diff in diffs if diff.ways or len(set(diff.counts)) > 1]
    counts = [(way, sum(way in diff.ways for diff in diffs)) for way in WAYS]
    return render_template(
        "history/codebook.html",
        since=since,
        until=until,
        snapshots=snapshots(study().db),
        changed=changed,
        same=[diff for diff in diffs if diff not in changed],
        counts=[(way, count) for way, count in counts if count],
    )


@pages.get("/codebook.csv")
def download() -> Response:
    """Give the comparison as a file, without texts that repeat what may not go."""
    since, until = _moments()
    if since is None:
        raise BadInput("Say which snapshot to compare with, such as ?from=1.")
    names = "-".join(row["name"] if row else "now" for row in (since, until))
    rows = sift_texts(study().db, plain_diff(_diff(since, until)), "publication", COMPARED).rows
    return csv_file(rows, f"{study().key}-codebook-{names}.csv")


def _moments() -> tuple[Row | None, Row | None]:
    """Read the two snapshots of the address; None is the study as it is now."""
    ids = whole_argument("from"), whole_argument("to")
    found = [None if i is None else get_snapshot(study().db, i) for i in ids]
    return found[0], found[1]


def _diff(since: Row | None, until: Row | None) -> list[CodeDiff]:
    if since is None:
        return []
    end = until["change_id"] if until else None
    return diff_codebook(study().db, since["change_id"], end)
