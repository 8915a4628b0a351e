"""The study's home: the evidence chain at a glance, what is next, and what happened last."""

from typing import Any

from flask import Blueprint, render_template, url_for
from sqlite_utils import Database

from coding.codebook import codebook
from coding.transcripts import list_transcripts
from linkage import areas
from linkage.overview import chain, turns_without_issue
from linkage.recent import recent_changes

from ..chain_view import STEPS, read_cells
from ..current import study

pages = Blueprint("overview", __name__, url_prefix="/studies/<study_key>")
Row = dict[str, Any]


@pages.get("/")
def index() -> str:
    db = study().db
    rows, transcripts = chain(db), list_transcripts(db)
    wave = next((w for w in areas.waves(db) if rows and w["id"] == rows[0]["wave_id"]), None)
    cells = read_cells(rows, wave["key"] if wave else "")
    return render_template(
        "overview/index.html",
        areas=areas.areas(db),
        issues=areas.issues(db),
        wave=wave,
        cells=cells,
        without_issue=turns_without_issue(db),
        step_names=[name for name, *_ in STEPS],
        next=next((cell for cell in cells.values() if cell.next), None),
        counts=_counts(rows, transcripts),
        first_steps=_first_steps(db, rows, transcripts),
        recent=recent_changes(db),
    )


def _counts(rows: list[Row], transcripts: list[Row]) -> list[tuple[str, int]]:
    return [
        ("transcripts", len(transcripts)),
        ("words", sum(row["words"] for row in transcripts)),
        ("codings", sum(row["codings"] for row in transcripts)),
        ("stories", sum(row["stories"] for row in rows)),
        ("messages", sum(len(row["messages"]) for row in rows)),
        ("respondents", sum({row["area_id"]: row["respondents"] for row in rows}.values())),
    ]


def _first_steps(db: Database, rows: list[Row], transcripts: list[Row]) -> list[Row]:
    """List the four steps that start a study, while one of them is still to do."""
    steps = [
        {
            "title": "Say which areas and issues the study is about",
            "hint": "Areas are where people are asked and groups meet; issues are what is asked.",
            "url": url_for("studies.start", step="areas"),
            "done": bool(rows),
        },
        {
            "title": "Import the transcripts of the focus groups",
            "hint": "Word, text, Markdown or subtitle files; you look before anything is stored.",
            "url": url_for("transcripts.index"),
            "done": bool(transcripts),
        },
        {
            "title": "Write the codebook",
            "hint": "Themes with codes under them; more codes come while you read.",
            "url": url_for("codebook.index"),
            "done": bool(codebook(db)),
        },
        {
            "title": "Allocate the survey and import its answers",
            "hint": "At random within each area; the file says afterwards who answered what.",
            "url": url_for("panel.index"),
            "done": any(row["respondents"] for row in rows),
        },
    ]
    return steps if not all(step["done"] for step in steps) else []
