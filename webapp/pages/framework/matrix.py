"""The matrix as a page and as files; the address holds what is chosen, so it can be kept."""

from typing import Any

from flask import Response, render_template, request

from coding import codebook
from coding.checks import get
from coding.errors import BadInput
from coding.framework import Matrix, framework, pieces
from coding.groups import PHASE_NAMES, PHASES
from coding.sifting import sift_matrix
from linkage import areas

from ...arguments import whole_argument
from ...current import study
from ...downloads import attachment, csv_file
from .blueprint import pages

Row = dict[str, Any]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KEPT = ("rows", "theme", "area", "issue", "phase")


@pages.get("/")
def index() -> str:
    db, found = study().db, _matrix()
    return render_template(
        "framework/index.html",
        matrix=found,
        given=given(),
        left_out=sift_matrix(db, found, "publication").sentence,
        options={
            "rows": [("speaker", "Speakers"), ("group", "Groups")],
            "area": [("", "All"), *((row["id"], row["name"]) for row in areas.areas(db))],
            "issue": [("", "All"), *((row["id"], row["name"]) for row in areas.issues(db))],
            "phase": [("", "Both"), *PHASE_NAMES.items()],
        },
        themes=[code for code in codebook.codebook(db) if code["depth"] == 0],
        shown=lambda text: pieces(text, ()),
    )


@pages.get("/framework.<any(csv, xlsx, docx):form>")
def download(form: str) -> Response:
    """Give the matrix as a file, its words as consent lets them go."""
    from .files import as_sheet, as_word

    sifted = sift_matrix(study().db, _matrix(), "publication")
    name = f"{study().key}-framework.{form}"
    if form == "csv":
        return csv_file(sifted.tidy, name)
    if form == "xlsx":
        return attachment(as_sheet(sifted), SHEET, name)
    return attachment(as_word(sifted), WORD, name)


def given() -> Row:
    """Return the choices in the address, to carry them on."""
    chosen = {name: request.args.getlist(name) for name in KEPT}
    return {name: values for name, values in chosen.items() if any(values)}


def _matrix() -> Matrix:
    wanted: Row = {}
    for name in ("area", "issue"):
        number = whole_argument(name)
        named = None if number is None else get(study().db, name, number, name)["id"]
        wanted[f"{name}_id"] = named
    phase = request.args.get("phase") or None
    if phase and phase not in PHASES:
        raise BadInput(f"The phase of a group is source or test, not “{phase[:40]}”.")
    kind = request.args.get("rows") or "speaker"
    return framework(study().db, kind, themes=_themes(), phase=phase, **wanted)


def _themes() -> list[int]:
    chosen = [text for text in request.args.getlist("theme") if text]
    for text in chosen:
        if not (text.isascii() and text.isdigit() and len(text) <= 15):
            raise BadInput(f"“{text[:40]}” is not a theme's number; mend “theme” in the address.")
    return [int(text) for text in chosen]
