"""The figures of agreement, per code and overall, as a page and as files."""

import io
from dataclasses import replace
from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from coding import transcripts
from coding.agreement_table import BY, Asked, Found, agreement_table
from coding.errors import BadInput
from coding.finishing import finished_by
from linkage import areas
from linkage.settings import agreement_caveats

from ...current import study
from ...downloads import attachment, csv_file, harmless
from ...errors import BAD_INPUT
from ...kept import kept
from ...numbers import plain_rows
from .blueprint import blind_people, is_blind, pages

Row = dict[str, Any]
UNITS = {"character": "Character", "sentence": "Sentence", "turn": "Turn"}
COEFFICIENTS = {
    "krippendorff_alpha": "Krippendorff’s alpha",
    "cohen_kappa": "Cohen’s kappa (two coders)",
    "fleiss_kappa": "Fleiss’ kappa",
    "gwet_ac1": "Gwet’s AC1",
    "percent": "Percent agreement",
    "unitising_alpha": "Unitising alpha",
}
SHORT = {
    "krippendorff_alpha": "Alpha",
    "cohen_kappa": "Cohen’s κ",
    "fleiss_kappa": "Fleiss’ κ",
    "gwet_ac1": "AC1",
    "percent": "Percent",
    "unitising_alpha": "Unitising α",
}
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/")
def index() -> ResponseReturnValue:
    if is_blind():
        return render_template("agreement/blind.html")
    db = study().db
    marked = finished_by(db)
    people = {coder for coders in marked.values() for coder in coders}
    page: Row = {
        "coders": [row for row in areas.coders(db) if row["id"] in people],
        "transcripts": [row for row in transcripts.list_transcripts(db) if row["id"] in marked],
        "ready": any(len(coders) > 1 for coders in marked.values()),
        "units": UNITS,
        "coefficients": COEFFICIENTS,
        "short": SHORT,
        "blind": blind_people(),
        "given": request.args,
        "approach": agreement_caveats(db),
    }
    if not page["ready"] or (page["approach"] and not request.args):
        return render_template("agreement/index.html", found=None, asked=Asked(), **page)
    try:
        asked = _asked()
        shown = kept(db, ("agreement", asked, study().eyes), lambda: _compute(asked))
    except BAD_INPUT as error:
        shown = None, [], error
        return render_template(
            "agreement/index.html", found=None, asked=_plain(), error=error, **page
        ), 400
    found, rows = shown
    not_blind = [row["name"] for row in found.coders if row["guid"] not in page["blind"]]
    from coding.agreement_caveats import caveats

    return render_template(
        "agreement/index.html",
        found=found,
        rows=rows,
        asked=found.asked,
        caveats=caveats(found, not_blind),
        **page,
    )


def _compute(asked: Asked) -> tuple[Found, list[Row]]:
    found = agreement_table(study().db, asked)
    return found, plain_rows(found.frame)


def _plain() -> Asked:
    """Keep of what was asked what a form can show again."""
    given = request.args
    unit, name = given.get("unit", ""), given.get("coefficient", "")
    return replace(
        Asked(),
        unit=unit if unit in UNITS else "character",
        coefficient=name if name in COEFFICIENTS else "krippendorff_alpha",
    )


def _asked() -> Asked:
    given = request.args
    unit = _one_of("unit", UNITS, "character")
    if given.get("coefficient") == "unitising_alpha":
        unit = "character"
    return Asked(
        unit,
        _one_of("coefficient", COEFFICIENTS, "krippendorff_alpha"),
        _one_of("by", BY, "code"),
        _numbers("coder"),
        _numbers("transcript"),
    )


def _one_of(name: str, known: Any, default: str) -> str:
    given = request.args.get(name) or default
    if given not in known:
        raise BadInput(f"There is no {name} “{given[:40]}” here; choose {', '.join(known)}.")
    return given


def _numbers(name: str) -> tuple[int, ...]:
    given = [value for value in request.args.getlist(name) if value]
    if any(not (value.isascii() and value.isdigit() and len(value) <= 15) for value in given):
        raise BadInput(f"A {name} is named by its number; mend “{name}” in the address.")
    return tuple(sorted({int(value) for value in given}))


@pages.get("/agreement.<any(csv, xlsx):form>")
def download(form: str) -> Response:
    """Give the table of full precision."""
    found = agreement_table(study().db, _asked())
    rows = [{**row, "unit": found.asked.unit, "by": found.asked.by,
             "coders": ", ".join(coder["name"] for coder in found.coders),
             "draws": found.asked.draws, "seed": found.asked.seed}
            for row in plain_rows(found.frame)]  # fmt: skip
    name = f"{study().key}-agreement-{found.asked.coefficient}.{form}"
    return csv_file(rows, name) if form == "csv" else _sheet(rows, name)


def _sheet(rows: list[Row], name: str) -> Response:
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("Agreement")
    sheet.write_row(0, 0, list(rows[0]), book.add_format({"bold": True}))
    for number, row in enumerate(rows, 1):
        sheet.write_row(number, 0, [harmless(value) for value in row.values()])
    sheet.freeze_panes(1, 1)
    book.close()
    return attachment(file.getvalue(), SHEET, name)
