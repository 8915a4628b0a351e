"""Correct a transcript: choose turns, write them anew, look at what that moves, save."""

from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlite_utils import Database

from coding import transcripts
from coding.correcting import NewTurn, plan_correction
from coding.errors import BadInput, Conflict
from coding.speakers import list_speakers
from linkage.correcting import Planning, correct, look

from ...current import as_coder, study
from ...errors import BAD_INPUT
from .blueprint import pages
from .correction_shown import shown
from .place import number

Row = dict[str, Any]
NOBODY, SOMEBODY = "", "\n"  # no name has a line break
BLIND = (
    "You code blind, so you cannot correct a transcript: codings that are hidden from you would "
    "move with its words. Ask somebody who sees them."
)


@pages.get("/transcripts/<int:transcript_id>/correct")
def correcting(transcript_id: int) -> str:
    first = number(request.args, "turn", "The turn")
    last = number(request.args, "to", "The last turn")
    at = number(request.args, "at", "The place")
    if first is None and at is not None:
        turns = transcripts.list_turns(study().db, transcript_id)
        first = next((turn["id"] for turn in turns if turn["end"] > at), None)
    return _page(transcript_id, first, first if last is None else last)


@pages.post("/transcripts/<int:transcript_id>/correct")
def correct_turns(transcript_id: int) -> ResponseReturnValue:
    form = request.form
    try:
        first, last = (number(form, name, "The turn") or 0 for name in ("turn", "to"))
        version = number(form, "version", "The version") or 0
        turns = _typed()
    except BAD_INPUT as incomplete:
        return _page(transcript_id, None, None, error=incomplete), 400
    planning = partial(
        plan_correction, transcript_id=transcript_id, version=version,
        first=first, last=last, turns=turns,
    )  # fmt: skip
    try:
        refuse_blind()
        if form.get("do") == "save":
            return save(transcript_id, planning, "correct a turn of")
        found = shown(look(study().db, planning))
        return _page(transcript_id, first, last, turns=turns, found=found)
    except (*BAD_INPUT, Conflict) as refused:
        status = 409 if isinstance(refused, Conflict) else 400
        return _again(transcript_id, first, last, turns, refused), status


def _again(
    transcript_id: int, first: int, last: int, turns: list[NewTurn], error: Exception
) -> str:
    """Show what was typed again, with what it would do to the text as it is by now."""
    db = study().db
    version = transcripts.get_transcript(db, transcript_id)["text_version"]
    planning = partial(
        plan_correction,
        transcript_id=transcript_id,
        version=version,
        first=first,
        last=last,
        turns=turns,
    )
    try:
        found = shown(look(db, planning))
    except (*BAD_INPUT, Conflict):
        found = None
    return _page(transcript_id, first, last, turns=turns, found=found, error=error)


def refuse_blind() -> None:
    """Raise BadInput for somebody who does not see what a correction would move."""
    if study().scope.blind:
        raise BadInput(BLIND)


def save(transcript_id: int, planning: Planning, action: str) -> ResponseReturnValue:
    """Store what was looked at, and lead to the list of versions."""
    title = transcripts.get_transcript(study().db, transcript_id)["title"]
    seen = request.form.get("seen", "")

    def run(db: Database, coder_id: int) -> int:
        return correct(db, planning, coder_id, seen)

    version = study().change(f"{action} “{title}”", as_coder(run), kind="fixed")
    flash(f"Saved as version {version}. Every earlier version stays readable here.")
    return redirect(url_for("transcripts.versions", transcript_id=transcript_id), 303)


def _typed() -> list[NewTurn]:
    """Read the turns as typed: an empty line begins another, of the same speaker at first."""
    form = request.form
    columns = [form.getlist(name) for name in ("text", "speaker", "new_speaker")]
    if not columns[0] or len({len(column) for column in columns}) != 1:
        raise BadInput("The form is incomplete; open the turn again and correct it there.")
    turns = []
    for words, chosen, new in zip(*columns, strict=True):
        speaker = new.strip() or chosen.strip() or None
        parts = words.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n\n")
        turns += [NewTurn(part.strip(), speaker) for part in parts if part.strip() or not words]
    return turns or [NewTurn("", None)]


def _page(
    transcript_id: int,
    first: int | None,
    last: int | None,
    *,
    turns: list[NewTurn] | None = None,
    found: Row | None = None,
    error: Exception | None = None,
) -> str:
    db = study().db
    listed = _listed(db, transcript_id)
    places = {turn["id"]: turn["position"] for turn in listed}
    chosen = (
        [t for t in listed if places[first] <= t["position"] <= places[last]]
        if first in places and last in places
        else []
    )
    transcript = transcripts.get_transcript(db, transcript_id)
    return render_template(
        "transcripts/correct.html",
        transcript=transcript,
        listed=listed,
        chosen=chosen,
        typed=turns or _together(db, transcript_id, chosen),
        speakers=[row["name"] for row in list_speakers(db, transcript["focus_group_id"])],
        found=found,
        error=error,
        blind=BLIND if study().scope.blind else "",
    )


def _listed(db: Database, transcript_id: int) -> list[Row]:
    whole = transcripts.text(db, transcript_id)
    return [
        {**turn, "words": whole[turn["speech_start"] : turn["end"]]}
        for turn in transcripts.list_turns(db, transcript_id)
    ]


def _together(db: Database, transcript_id: int, chosen: list[Row]) -> list[NewTurn]:
    """Put the chosen turns into one, with what stands between them but for their marks."""
    if not chosen:
        return []
    whole, words = transcripts.text(db, transcript_id), chosen[0]["words"]
    for before, turn in zip(chosen, chosen[1:], strict=False):
        between = " ".join(whole[before["end"] : turn["start"]].split())
        words = "\n".join(part for part in (words, between, turn["words"]) if part)
    return [NewTurn(words, chosen[0]["speaker"])]
