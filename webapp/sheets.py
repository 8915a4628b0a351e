"""Files that leave as workbooks: text stays text, numbers stay numbers."""

import io
from collections.abc import Sequence
from typing import Any

from flask import Response

from .downloads import attachment, harmless
from .numbers import plain_value

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def xlsx_file(rows: Sequence[dict[str, Any]], columns: Sequence[str], name: str) -> Response:
    """Answer with rows as a workbook of one sheet, its heading frozen."""
    import xlsxwriter

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for column, heading in enumerate(columns):
            sheet.write_string(0, column, str(harmless(heading)), bold)
        for line, row in enumerate(rows, 1):
            for column, heading in enumerate(columns):
                value = harmless(plain_value(row.get(heading)))
                if isinstance(value, str):
                    sheet.write_string(line, column, value)
                elif value is not None:
                    sheet.write(line, column, value)
    return attachment(content.getvalue(), XLSX, name)
