"""Passages of one code beside the text, from all transcripts, each a way to its place."""

from dataclasses import dataclass
from typing import Any

from flask import render_template

from coding import codebook, codings
from coding.checks import get

from ...arguments import whole_argument
from ...current import study
from .blueprint import pages

Row = dict[str, Any]
SHOWN = 60


@dataclass(frozen=True)
class Beside:
    """A code with the passages that are shown beside the text, and how many there are."""

    code: Row
    rows: list[Row]
    total: int


@pages.get("/beside")
def beside(transcript_id: int) -> str:
    """Show the passages of the code `beside`."""
    get(study().db, "transcript", transcript_id, "transcript")
    return render_template(
        "desk/passages.html", beside=read_beside(), transcript={"id": transcript_id}
    )


def read_beside() -> Beside | None:
    """Read the passages of the code that the address puts beside the text, if it names one."""
    code_id = whole_argument("beside")
    if code_id is None:
        return None
    code = codebook.get_code(study().db, code_id)
    rows = codings.list_codings(study().db, code_id=code_id)
    return Beside(code, rows[:SHOWN], len(rows))
