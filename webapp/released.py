"""Tables of respondents as files, and on screen: controlled for disclosure on their way out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import Response, request
from sqlite_utils import Database

from coding.errors import Conflict
from linkage import areas
from linkage.areas import study_row
from linkage.releases import last_release, record_release
from linkage.releasing import Controlled, Shape, control
from linkage.waves import find_wave_id

from .current import as_coder, study
from .downloads import csv_file, docx_file, xlsx_file
from .numbers import plain_rows
from .permissions import may

if TYPE_CHECKING:
    import pandas as pd

TRIES = 3
NOT_RECORDED = (
    "This study is archived, so that this table left was not recorded; it was compared with the "
    "tables that left before."
)


def released_file(
    form: str, frame: pd.DataFrame, shape: Shape, *, name: str, title: str, about: Sequence[str]
) -> Response:
    """Answer with a controlled table as csv, xlsx or docx; `about` says what it is, and its date.

    The name is without its ending. Every file of survey results goes through here, and that it
    left is entered in the ledger, bar in an archived study, whose file then says so.
    """
    controlled = released(form, frame, shape, title=title)
    rows, said = plain_rows(controlled.marked), [*about, *controlled.notes]
    if form == "xlsx":
        return xlsx_file(rows, f"{name}.xlsx", [title, *said])
    if form == "docx":
        return docx_file(rows, f"{name}.docx", title, said)
    return csv_file(rows, f"{name}.csv")


def released(form: str, frame: pd.DataFrame, shape: Shape, *, title: str) -> Controlled:
    """Control a table that leaves in any form, a picture too, and enter it in the ledger."""
    for attempt in range(TRIES):
        db = study().db
        after, archived = last_release(db), study_row(db)["archived_at"]
        controlled = control(db, frame, _of_request(frame, shape))
        if archived:
            return controlled.saying("recorded", NOT_RECORDED)
        try:
            _record(form, controlled, shape.what, title, len(frame), after)
        except Conflict:
            if attempt + 1 == TRIES:
                raise
        else:
            break
    return controlled


def _record(
    form: str, controlled: Controlled, what: str, title: str, rows: int, after: int
) -> None:
    told: dict[str, Any] = {
        "what": what,
        "title": title[:500],
        "form": form,
        "rows": rows,
        "cells": controlled.cells,
        "hidden": sum(controlled.reasons.values()),
        "reasons": controlled.reasons,
        "threshold": controlled.threshold,
    }

    def run(db: Database, coder_id: int) -> int:
        return record_release(db, coder_id, told, controlled.body, after=after)

    study().change(f"take out {what} as {form}", as_coder(run), kind="fixed")


def for_eyes(frame: pd.DataFrame, shape: Shape) -> Controlled:
    """Return a table as the signed-in person may see it on a page.

    Who sees single respondents anyway (owners and analysts) sees all of it; for everybody else it
    is controlled like a file, with its sentences in `notes`. Nothing is entered in the ledger.
    """
    if may("see panel"):
        return Controlled(frame.assign(suppressed=""), [])
    return control(study().db, frame, _of_request(frame, shape))


def _of_request(frame: pd.DataFrame, shape: Shape) -> Shape:
    """Add to a shape that does not say so which wave it is of, as the address does.

    An address that names none is about the wave that pages open on.
    """
    if "wave" in frame or "wave" in shape.fixed:
        return shape
    wave = (request.view_args or {}).get("wave") or request.args.get("wave") or _usual_wave()
    if not wave or wave in shape.what.split():
        return shape
    return replace(shape, fixed={**shape.fixed, "wave": str(wave)})


def _usual_wave() -> str:
    db = study().db
    known = {row["id"]: str(row["key"]) for row in areas.waves(db)}
    return known[find_wave_id(db, None)] if known else ""
