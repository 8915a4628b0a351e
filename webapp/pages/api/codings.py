"""Transcripts, codings and their memos as JSON."""

from typing import Any

from flask import current_app
from flask.typing import ResponseReturnValue
from sqlite_utils import Database

from coding import changing, codebook, codings, memos, transcripts
from coding.checks import get
from linkage import areas

from ...current import as_coder, study
from ...kept import kept
from ...openapi import described
from .blueprint import CODING, STUDY, TRANSCRIPT, pages

Row = dict[str, Any]


@pages.get(f"{STUDY}/transcripts")
@described("Words", "[Transcript]", asked="OfArea")
def list_transcripts(asked: Row) -> list[Row]:
    """List the transcripts with their counts."""
    db = study().db
    area_id = areas.find_area(db, asked["area"])["id"] if asked["area"] is not None else None
    return transcripts.list_transcripts(db, area_id)


@pages.get(f"{TRANSCRIPT}/codings")
@described("Words", "[Coding]")
def list_codings(transcript_id: int) -> ResponseReturnValue:
    """List a transcript's codings in the order of its text."""
    db = study().db
    get(db, "transcript", transcript_id, "transcript")
    # Encoded once for all who ask: of a long transcript it is half a megabyte.
    body = kept(
        db,
        ("codings", transcript_id, study().eyes),
        lambda: current_app.json.dumps(codings.list_codings(db, transcript_id)).encode(),
    )
    return current_app.response_class(body, mimetype="application/json")


@pages.post(f"{TRANSCRIPT}/codings")
@described(
    "Words",
    "Made",
    201,
    sent="NewCoding",
    refused={409: "The transcript says something else there; `current` has its words."},
)
def add_coding(transcript_id: int, sent: Row) -> ResponseReturnValue:
    """Code a passage.

    The very same coding again is the one there is.
    """
    name = codebook.get_code(study().db, sent["code_id"])["name"]

    def run(db: Database, coder_id: int) -> int:
        return codings.add_coding(db, transcript_id, coder_id=coder_id, **sent)

    return {"id": study().change(f"code a passage as “{name}”", as_coder(run))}, 201


@pages.patch(CODING)
@described(
    "Words",
    None,
    204,
    sent="CodingChange",
    refused={409: "The transcript says something else there; `current` has its words."},
)
def change_coding(coding_id: int, sent: Row) -> ResponseReturnValue:
    """Put one's own coding under another code or on other words; its memo stays."""

    def run(db: Database, coder_id: int) -> None:
        changing.change_coding(db, coding_id, coder_id, **sent)

    study().change(_action(coding_id, sent.get("code_id")), as_coder(run))
    return "", 204


def _action(coding_id: int, code_id: int | None) -> str:
    db = study().db
    old = codebook.get_code(db, codings.get_coding(db, coding_id)["code_id"])["name"]
    if code_id is None:
        return f"change the words coded as “{old}”"
    return f"recode a passage from “{old}” to “{codebook.get_code(db, code_id)['name']}”"


@pages.delete(CODING)
@described("Words", None, 204)
def remove_coding(coding_id: int) -> ResponseReturnValue:
    """Remove a coding, with the memo on it."""
    study().change("remove a coding", lambda db: codings.remove_coding(db, coding_id))
    return "", 204


@pages.put(f"{CODING}/memo")
@described(
    "Words",
    "MemoSet",
    sent="MemoText",
    refused={409: "It was changed meanwhile; `current` is the memo as it is now."},
)
def set_memo(coding_id: int, sent: Row) -> Row:
    """Set one's own memo on a coding."""

    def run(db: Database, coder_id: int) -> int | None:
        return memos.set_memo(db, coder_id, coding_id=coding_id, **sent)

    return {"id": study().change("write a memo", as_coder(run))}
