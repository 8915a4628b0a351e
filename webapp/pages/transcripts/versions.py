"""The versions of a transcript: listed, read, compared, and brought back as the newest."""

from functools import partial
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from coding import transcripts
from coding.correcting import list_versions, plan_return, text_of, turns_of
from coding.errors import Conflict
from linkage.correcting import look

from ...current import study
from ...errors import BAD_INPUT
from ...word_diff import word_diff
from .blueprint import pages
from .correcting import BLIND, refuse_blind, save
from .correction_shown import shown
from .place import number

Row = dict[str, Any]


@pages.get("/transcripts/<int:transcript_id>/versions")
def versions(transcript_id: int) -> str:
    db = study().db
    return render_template(
        "transcripts/versions.html",
        transcript=transcripts.get_transcript(db, transcript_id),
        versions=list_versions(db, transcript_id),
    )


@pages.get("/transcripts/<int:transcript_id>/versions/<int:number>")
def version(transcript_id: int, number: int) -> str:
    return _version(transcript_id, number)


def _version(transcript_id: int, version: int) -> str:
    db = study().db
    whole = text_of(db, transcript_id, version)
    known = [row for row in list_versions(db, transcript_id) if row["kept"]]
    against = _against(version, known)
    old = text_of(db, transcript_id, against) if against else ""
    return render_template(
        "transcripts/version.html",
        transcript=transcripts.get_transcript(db, transcript_id),
        version=next(row for row in known if row["version"] == version),
        versions=known,
        against=against,
        changes=_lines(old, whole) if against else [],
        turns=[
            {**turn, "words": whole[turn["speech_start"] : turn["end"]]}
            for turn in turns_of(db, transcript_id, version)
        ],
    )


def _against(version: int, known: list[Row]) -> int:
    """Return the version to compare with: the one asked for, or the one before, if it is kept."""
    asked = number(request.args, "against", "The version to compare with")
    before = version - 1
    return asked or (before if any(row["version"] == before for row in known) else 0)


def _lines(old: str, new: str) -> list[Row]:
    """List the lines that differ, word by word; what is the same between them is left out."""
    from difflib import SequenceMatcher

    before, after = old.split("\n"), new.split("\n")
    blocks = SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes()
    return [
        {"line": c + 1, "diff": word_diff("\n".join(before[a:b]), "\n".join(after[c:d]))}
        for tag, a, b, c, d in blocks
        if tag != "equal"
    ]


@pages.get("/transcripts/<int:transcript_id>/versions/<int:number>/return")
def look_back(transcript_id: int, number: int) -> str:
    return _return(transcript_id, number)


@pages.post("/transcripts/<int:transcript_id>/versions/<int:number>/return")
def bring_back(transcript_id: int, number: int) -> ResponseReturnValue:
    try:
        refuse_blind()
        planning = partial(
            plan_return, transcript_id=transcript_id, version=_sent_version(), earlier=number
        )
        return save(transcript_id, planning, f"bring back version {number} of")
    except (*BAD_INPUT, Conflict) as error:
        return _return(transcript_id, number, error), 409 if isinstance(error, Conflict) else 400


def _sent_version() -> int:
    return number(request.form, "version", "The version") or 0


def _return(transcript_id: int, earlier: int, error: Exception | None = None) -> str:
    db = study().db
    transcript = transcripts.get_transcript(db, transcript_id)
    planning = partial(
        plan_return,
        transcript_id=transcript_id,
        version=transcript["text_version"],
        earlier=earlier,
    )
    return render_template(
        "transcripts/return.html",
        transcript=transcript,
        number=earlier,
        found=shown(look(db, planning)),
        error=error,
        blind=BLIND if study().scope.blind else "",
        back=url_for("transcripts.versions", transcript_id=transcript_id),
    )
