"""What a transcript is about: its title, the issue of the whole and of its sections; deleting."""

from itertools import groupby
from textwrap import shorten
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlite_utils import Database

from coding import transcripts
from linkage import areas

from ...current import study
from ...errors import BAD_INPUT
from .blueprint import pages
from .place import number

Row = dict[str, Any]
OPENING = 90


@pages.get("/transcripts/<int:transcript_id>/about")
def about(transcript_id: int) -> str:
    return _about(transcript_id)


def _about(transcript_id: int, error: Exception | None = None) -> str:
    db = study().db
    turns = _turns(db, transcript_id)
    return render_template(
        "transcripts/about.html",
        transcript=transcripts.get_transcript(db, transcript_id),
        turns=turns,
        sections=_sections(turns),
        issues=areas.issues(db),
        form=request.values,
        error=error,
    )


def _turns(db: Database, transcript_id: int) -> list[Row]:
    text = transcripts.text(db, transcript_id)
    names = {row["id"]: row["name"] for row in areas.issues(db)}
    return [
        {
            **turn,
            "issue_name": names.get(turn["issue_id"]),
            "opening": shorten(text[turn["speech_start"] : turn["end"]], OPENING, placeholder=" …"),
        }
        for turn in transcripts.list_turns(db, transcript_id)
    ]


def _sections(turns: list[Row]) -> list[Row]:
    """Put together the turns in a row that have the same issue from the same place."""
    runs = groupby(turns, lambda turn: (turn["issue_id"], turn["own_issue_id"] is not None))
    sections = []
    for (_, own), run in runs:
        members = list(run)
        first, last = members[0], members[-1]["position"]
        sections.append({**first, "own": own, "first": first["position"], "last": last})
    return sections


@pages.post("/transcripts/<int:transcript_id>/about")
def save(transcript_id: int) -> ResponseReturnValue:
    title = request.form.get("title", "")
    try:
        issue_id = number(request.form, "issue", "The issue")

        def run(db: Database) -> None:
            transcripts.rename_transcript(db, transcript_id, title)
            if issue_id != transcripts.get_transcript(db, transcript_id)["issue_id"]:
                transcripts.set_transcript_issue(db, transcript_id, issue_id)

        study().change(f"change what is said of the transcript “{title.strip()[:80]}”", run)
    except BAD_INPUT as error:
        return _about(transcript_id, error), 400
    flash("Saved.")
    return redirect(url_for("transcripts.about", transcript_id=transcript_id), 303)


@pages.post("/transcripts/<int:transcript_id>/sections")
def set_section(transcript_id: int) -> ResponseReturnValue:
    try:
        first = number(request.form, "first", "The first turn") or 0
        last = number(request.form, "last", "The last turn") or _end(transcript_id, first)
        issue_id = number(request.form, "section_issue", "The issue")
        study().change(
            f"set the issue of turns {first} to {last}",
            lambda db: transcripts.set_issue(db, transcript_id, first, last, issue_id),
        )
    except BAD_INPUT as error:
        return _about(transcript_id, error), 400
    flash(f"Turns {first} to {last}: saved.")
    return redirect(
        url_for("transcripts.about", transcript_id=transcript_id, _anchor="sections"), 303
    )


def _end(transcript_id: int, first: int) -> int:
    """Find where the section ends that a turn stands in."""
    for section in _sections(transcripts.list_turns(study().db, transcript_id)):
        if section["first"] <= first <= section["last"]:
            return int(section["last"])
    return first


@pages.get("/transcripts/<int:transcript_id>/delete")
def confirm_delete(transcript_id: int) -> str:
    return _confirm(transcript_id)


def _confirm(transcript_id: int, error: Exception | None = None) -> str:
    transcript = transcripts.get_transcript(study().db, transcript_id)
    return render_template("transcripts/delete.html", transcript=transcript, error=error)


@pages.post("/transcripts/<int:transcript_id>/delete")
def delete(transcript_id: int) -> ResponseReturnValue:
    title = transcripts.get_transcript(study().db, transcript_id)["title"]
    try:
        study().change(
            f"delete the transcript “{title}”",
            lambda db: transcripts.delete_transcript(db, transcript_id),
        )
    except BAD_INPUT as error:
        return _confirm(transcript_id, error), 400
    flash(f"Deleted “{title}”. The history can bring it back.")
    return redirect(url_for("transcripts.index"), 303)
