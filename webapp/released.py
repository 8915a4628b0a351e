"""Tables of respondents as files, and on screen: controlled for disclosure on their way out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import Response

from linkage.releasing import Controlled, Shape, control

from .current import study
from .downloads import csv_file, docx_file, xlsx_file
from .numbers import plain_rows
from .permissions import may

if TYPE_CHECKING:
    import pandas as pd


def released_file(
    form: str, frame: pd.DataFrame, shape: Shape, *, name: str, title: str, about: Sequence[str]
) -> Response:
    """Answer with a controlled table as csv, xlsx or docx; `about` says what it is, and its date.

    The name is without its ending. Every file of survey results goes through here.
    """
    controlled = control(study().db, frame, shape)
    rows, said = plain_rows(controlled.frame), [*about, *controlled.notes]
    if form == "xlsx":
        return xlsx_file(rows, f"{name}.xlsx", [title, *said])
    if form == "docx":
        return docx_file(rows, f"{name}.docx", title, said)
    return csv_file(rows, f"{name}.csv")


def for_eyes(frame: pd.DataFrame, shape: Shape) -> Controlled:
    """Return a table as the signed-in person may see it on a page.

    Who sees single respondents anyway (owners and analysts) sees all of it; for everybody else it
    is controlled like a file, with its sentences in `notes`.
    """
    if may("see panel"):
        return Controlled(frame.assign(suppressed=""), [])
    return control(study().db, frame, shape)
