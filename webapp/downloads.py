"""Files that leave: tables that a spreadsheet does not run."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from flask import Response

from .numbers import plain_value
from .uploads import safe_name

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_file(rows: Sequence[dict[str, Any]], name: str) -> Response:
    """Answer with rows as a CSV file for spreadsheets (UTF-8 with a mark)."""
    sheet = io.StringIO()
    if rows:
        writer = csv.DictWriter(sheet, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows({key: harmless(plain_value(v)) for key, v in row.items()} for row in rows)
    return attachment(sheet.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", name)


def xlsx_file(rows: Sequence[dict[str, Any]], name: str, about: Sequence[str]) -> Response:
    """Answer with rows as a workbook, no text a formula; a second sheet says what they are."""
    import xlsxwriter

    kept = io.BytesIO()
    never = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(kept, {"in_memory": True, **never}) as book:
        sheet, bold = book.add_worksheet("Rows"), book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, list(rows[0]) if rows else [], bold)
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, [plain_value(value) for value in row.values()])
        book.add_worksheet("About").write_column(0, 0, list(about))
    return attachment(kept.getvalue(), XLSX, name)


def docx_file(
    rows: Sequence[dict[str, Any]], name: str, title: str, about: Sequence[str]
) -> Response:
    """Answer with rows as a table of a text document, what they are above it and its notes below.

    Numbers are written as they are; round them before where a reader should not see every digit.
    """
    import docx

    document = docx.Document()
    document.add_heading(title, level=1)
    if rows:
        table = document.add_table(rows=1, cols=len(rows[0]), style="Light Grid Accent 1")
        _fill(table.rows[0].cells, rows[0])
        for row in rows:
            _fill(table.add_row().cells, row.values())
    for sentence in about:
        document.add_paragraph(sentence)
    kept = io.BytesIO()
    document.save(kept)
    return attachment(kept.getvalue(), DOCX, name)


def _fill(cells: Sequence[Any], values: Iterable[Any]) -> None:
    for cell, value in zip(cells, values, strict=True):
        plain = plain_value(value)
        cell.text = "" if plain is None else str(plain)


def attachment(content: bytes, kind: str, name: str) -> Response:
    """Answer with a file to keep."""
    answer = Response(content, content_type=kind)
    clean = safe_name(re.sub(r"[\\/]", "_", name))  # it may hold what a person typed
    answer.headers.set("Content-Disposition", "attachment", filename=clean)
    return answer


def harmless(value: Any) -> Any:
    """Prefix text that a spreadsheet would run as a formula."""
    risky = isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r")
    return f"'{value}" if risky else value
