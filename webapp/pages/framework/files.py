"""The matrix as a workbook and as a document, with the quotes that its summaries refer to."""

import io
from typing import Any

from coding.framework import Matrix

Row = dict[str, Any]


def as_sheet(found: Matrix, cited: dict[int, Row]) -> bytes:
    """Write a workbook of two sheets; every cell is text, so that none is run as a formula."""
    from xlsxwriter import Workbook

    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        _write(book.add_worksheet("Framework"), _table(found), head, wrap)
        _write(book.add_worksheet("Quotes"), _quotes(cited), head, wrap)
    return file.getvalue()


def _write(sheet: Any, lines: list[list[str]], head: Any, wrap: Any) -> None:
    for number, line in enumerate(lines):
        for place, text in enumerate(line):
            sheet.write_string(number, place, text, wrap if number else head)
    sheet.set_column(0, 1, 22)
    sheet.set_column(2, max(2, len(lines[0]) - 1), 48)
    sheet.freeze_panes(1, 2)


def as_word(found: Matrix, cited: dict[int, Row]) -> bytes:
    """Write a document: a heading for each row, a table of its themes, then the quotes."""
    from docx import Document

    paper = Document()
    paper.add_heading("Framework matrix", 0)
    for row in found.rows:
        paper.add_heading(_clean(_called(found, row)), 1)
        table = paper.add_table(rows=1, cols=3, style="Table Grid")
        _fill(table.rows[0], ["Theme", "Quotes", "Summary"])
        for theme in found.themes:
            cell = found.cell(row["id"], theme["id"])
            said = cell.summary["summary"] if cell.summary else ""
            _fill(table.add_row(), [theme["name"], str(cell.quotes), said])
    if cited:
        paper.add_heading("Quotes referred to", 1)
        for line in _quotes(cited)[1:]:
            paper.add_paragraph(_clean(f"{line[0]} {line[1]}: “{line[3]}” ({line[2]})"))
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
    return f"{row['name']} ({where})" if found.kind == "speaker" else where


def _table(found: Matrix) -> list[list[str]]:
    first = "Speaker" if found.kind == "speaker" else "Area"
    lines = [[first, "Group", *(theme["name"] for theme in found.themes)]]
    for row in found.rows:
        cells = [found.cell(row["id"], theme["id"]) for theme in found.themes]
        said = [cell.summary["summary"] if cell.summary else "" for cell in cells]
        lines.append([row["name"] if first == "Speaker" else row["area_name"], row["group"], *said])
    return lines


def _quotes(cited: dict[int, Row]) -> list[list[str]]:
    lines = [["Reference", "Speaker", "Transcript", "Quote"]]
    for number, quote in sorted(cited.items()):
        place = f"{quote['transcript']}, turn {quote['turn']}"
        lines.append([f"[q{number}]", quote["speaker"] or "Nobody named", place, quote["quote"]])
    return lines
