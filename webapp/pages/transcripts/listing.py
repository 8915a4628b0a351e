"""The list of transcripts, area by area."""

from itertools import groupby
from typing import Any

from flask import render_template
from sqlite_utils import Database

from coding import queries, transcripts
from linkage import areas

from ...current import study
from .blueprint import pages


@pages.get("/transcripts/")
def index() -> str:
    db = study().db
    rows = transcripts.list_transcripts(db)
    for row, names in zip(rows, _issues(db, rows), strict=True):
        row["issues"] = names
    return render_template(
        "transcripts/index.html",
        by_area=[(name, list(group)) for name, group in groupby(rows, lambda r: r["area_name"])],
        has_areas=bool(areas.areas(db)),
        total=len(rows),
    )


def _issues(db: Database, rows: list[dict[str, Any]]) -> list[list[str]]:
    """Name the issues that the turns of each transcript are about, in the study's order."""
    order = areas.issues(db)
    spoken = {
        (turn["transcript_id"], turn["issue_id"]) for turn in queries.spoken_turns(db, phase=None)
    }
    return [
        [issue["name"] for issue in order if (row["id"], issue["id"]) in spoken] for row in rows
    ]
