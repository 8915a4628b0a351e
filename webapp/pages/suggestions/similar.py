"""Passages like one: found by their words, coded from here."""

import re
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlite_utils import Database

from coding import codebook, transcripts
from coding.checks import get
from coding.codings import get_coding, list_marks
from coding.errors import BadInput, NotFound
from coding.suggestions.deciding import code_passages
from linkage.passages import Passages

from ...arguments import whole_argument
from ...current import as_coder, study
from ...display import plural
from ...errors import BAD_INPUT
from ..transcripts.place import number
from .blueprint import pages

Row = dict[str, Any]
TOP = 20
HIT = re.compile(r"(\d{1,15})-(\d{1,15})-(\d{1,15})")


@pages.get("/similar")
def similar() -> str:
    """List passages like the one that the address names, by `coding` or transcript and place."""
    return _show()


def _show(error: Exception | None = None) -> str:
    from coding.suggestions.similar import more_like

    db = study().db
    at = _asked()
    quote = transcripts.passage(db, at["transcript_id"], at["start"], at["end"])
    if len(quote) < at["end"] - at["start"]:
        raise NotFound("There are no such words in the transcript; select them on the desk again.")
    rows = more_like(db, at["transcript_id"], at["start"], at["end"], top=TOP) if quote else []
    _add_places(db, rows)
    return render_template(
        "suggestions/similar.html", at=at, quote=quote, rows=rows, codes=codebook.codebook(db),
        transcript=transcripts.get_transcript(db, at["transcript_id"]),
        code_id=whole_argument("code"), ticked=request.form.getlist("passage"), error=error,
    )  # fmt: skip


def _asked() -> Row:
    coding_id = whole_argument("coding")
    if coding_id is not None:
        coding = get_coding(study().db, coding_id)
        return {name: coding[name] for name in ("transcript_id", "start", "end")}
    transcript_id, start, end = (whole_argument(name) for name in ("transcript", "start", "end"))
    if transcript_id is None or start is None or end is None or start >= end:
        raise BadInput("Say like which words: transcript, start and a later end.")
    get(study().db, "transcript", transcript_id, "transcript")
    return {"transcript_id": transcript_id, "start": start, "end": end}


def _add_places(db: Database, rows: list[Row]) -> None:
    """Say of each passage which transcript it is in, who speaks, and what it is coded as."""
    passages = Passages(db)
    for row in rows:
        said = passages.said(row["transcript_id"], row["start"], row["end"])
        row |= {"transcript": said.transcript, "area_name": said.area_name}
        row["speaker"] = ", ".join(said.speakers)
        marks = list_marks(db, row["transcript_id"], row["start"], row["end"])
        row["coded"] = sorted({(mark["code_id"], mark["code"]) for mark in marks})


@pages.post("/similar")
def code_similar() -> ResponseReturnValue:
    """Code the passages that are ticked, in one change."""
    try:
        flash(_code())
    except BAD_INPUT as error:
        return _show(error), 400
    asked: Row = request.args.to_dict()
    return redirect(url_for("suggestions.similar", **asked), 303)


def _code() -> str:
    code_id = number(request.form, "code", "The code")
    if code_id is None:
        raise BadInput("Choose the code for the passages.")
    code, passages = codebook.get_code(study().db, code_id), _ticked()

    def run(db: Database, coder_id: int) -> int:
        return code_passages(db, coder_id, code_id, passages)

    many = plural(len(passages), "passage")
    new = study().change(f"code {many} found alike as “{code['name']}”", as_coder(run))
    return f"{plural(new, 'passage')} newly coded as {code['name']}. One undo takes all back."


def _ticked() -> list[tuple[int, int, int, str]]:
    keys = list(dict.fromkeys(request.form.getlist("passage")))
    found = [HIT.fullmatch(key) for key in keys]
    if not keys or not all(found):
        raise BadInput("Tick at least one passage to code.")
    quotes = [request.form.get(f"quote-{key}", "").replace("\r\n", "\n") for key in keys]
    places = [tuple(map(int, match.groups())) for match in found if match]
    for transcript_id, *_ in places:
        get(study().db, "transcript", transcript_id, "transcript")
    return [(t, start, end, quote) for (t, start, end), quote in zip(places, quotes, strict=True)]
