"""The matrix as a workbook and as a document, with the quotes that its summaries refer to."""

import io
from typing import Any

from coding.framework import Matrix
from coding.sifting import SiftedMatrix

Row = dict[str, Any]
NAMELESS = "Name left out"


def as_sheet(found: SiftedMatrix) -> bytes:
    """Write a workbook of two sheets; every cell is text, so that none is run as a formula."""
    from xlsxwriter import Workbook

    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        _write(book.add_worksheet("Framework"), _table(found), head, wrap)
        _write(book.add_worksheet("Quotes"), _quotes(found.cited), head, wrap)
    return file.getvalue()


def _write(sheet: Any, lines: list[list[str]], head: Any, wrap: Any) -> None:
    for number, line in enumerate(lines):
        for place, text in enumerate(line):
            sheet.write_string(number, place, text, wrap if number else head)
    sheet.set_column(0, 1, 22)
    sheet.set_column(2, max(2, len(lines[0]) - 1), 48)
    sheet.freeze_panes(1, 2)


def as_word(found: SiftedMatrix) -> bytes:
    """Write a document: a heading for each row, a table of its themes, then the quotes."""
    from docx import Document

    paper = Document()
    paper.add_heading("Framework matrix", 0)
    if found.sentence:
        paper.add_paragraph(found.sentence)
    matrix = found.matrix
    for row in matrix.rows:
        paper.add_heading(_clean(_called(matrix, row)), 1)
        table = paper.add_table(rows=1, cols=3, style="Table Grid")
        _fill(table.rows[0], ["Theme", "Quotes", "Summary"])
        for theme in matrix.themes:
            quotes = matrix.cell(row["id"], theme["id"]).quotes
            _fill(table.add_row(), [theme["name"], str(quotes), _said(found, row, theme)])
    if found.cited:
        paper.add_heading("Quotes referred to", 1)
        for number, who, place, words, consent in _quotes(found.cited)[1:]:
            said = f"{who}: “{words}”" if words else consent
            paper.add_paragraph(_clean(f"{number} {said} ({place})"))
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def _fill(row: Any, texts: list[str]) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        cell.text = _clean(text)


def _clean(text: str) -> str:
    """Leave out what XML cannot hold."""
    return "".join(c for c in text if c.isprintable() or c in "\n\t" or ord(c) >= 128)


def _called(found: Matrix, row: Row) -> str:
    where = f"{row['area_name']}, {row['group']}"
    return f"{row['name'] or NAMELESS} ({where})" if found.kind == "speaker" else where


def _said(found: SiftedMatrix, row: Row, theme: Row) -> str:
    """Return the summary of a cell, or why it is not here."""
    cell, why = found.matrix.cell(row["id"], theme["id"]), found.left_out(row["id"], theme["id"])
    return f"[{why}]" if why else cell.summary["summary"] if cell.summary else ""


def _table(found: SiftedMatrix) -> list[list[str]]:
    first, themes = "Speaker" if found.matrix.kind == "speaker" else "Area", found.matrix.themes
    lines = [[first, "Group", *(theme["name"] for theme in themes)]]
    for row in found.matrix.rows:
        said = [_said(found, row, theme) for theme in themes]
        lines.append(
            [
                row["name"] or NAMELESS if first == "Speaker" else row["area_name"],
                row["group"],
                *said,
            ]
        )
    return lines


def _quotes(cited: list[Row]) -> list[list[str]]:
    lines = [["Reference", "Speaker", "Transcript", "Quote", "Consent"]]
    for quote in cited:
        who = quote["speaker"] or ("Nobody named" if quote["quote"] else NAMELESS)
        place = f"{quote['transcript']}, turn {quote['turn']}"
        lines.append([f"[q{quote['id']}]", who, place, quote["quote"], quote["consent"]])
    return lines
