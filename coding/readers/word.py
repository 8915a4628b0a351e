"""Word documents: body text and tables as a reader sees them, with changes accepted."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from lxml.etree import LxmlError  # type: ignore[import-untyped]

from ..errors import BadInput
from .archive import check_archive
from .bold import Line, Pieces, lines_of, paragraphs_from
from .paragraph import Paragraph
from .table import Row, paragraphs_of

BROKEN = (OpcError, LxmlError, KeyError, ValueError, AttributeError, TypeError, IndexError)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Deleted and moved-away text, and the second copy that Word keeps for older programs.
UNREAD = {
    f"{W}del",
    f"{W}moveFrom",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
HEADINGS = ("heading", "title", "subtitle")


def read(path: Path) -> list[Paragraph]:
    """Read the body of a Word document; comments, footnotes and deleted text are left out."""
    check_archive(path, "Word (.docx)")
    try:
        document = docx.Document(str(path))
        styles = {style.style_id: str(style.name or "").casefold() for style in document.styles}
        return _blocks(document.element.body, styles)
    except (*BROKEN, RecursionError) as error:
        raise BadInput(
            f"{path.name} cannot be read as a Word document; open it in Word and save it again "
            "as “Word Document (.docx)”, not the strict kind."
        ) from error


def _blocks(parent: Any, styles: dict[str, str]) -> list[Paragraph]:
    paragraphs: list[Paragraph] = []
    lines: list[Line] = []
    for block in _children(parent):
        if block.tag == f"{W}tbl":
            paragraphs += paragraphs_from(lines) + paragraphs_of(_rows(block, styles))
            lines = []
        else:
            lines += _lines(block, styles)
    return paragraphs + paragraphs_from(lines)


def _children(parent: Any) -> Iterator[Any]:
    """Walk paragraphs and tables in order, through wrappers such as content controls."""
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif isinstance(child.tag, str) and child.tag not in UNREAD:
            yield from _children(child)


def _rows(table: Any, styles: dict[str, str]) -> list[Row]:
    rows = []
    for row in _nearest(table, f"{W}tr"):
        rows.append([_blocks(cell, styles) for cell in _nearest(row, f"{W}tc")])
    return rows


def _nearest(parent: Any, tag: str) -> Iterator[Any]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from _nearest(child, tag)


def _lines(paragraph: Any, styles: dict[str, str]) -> list[Line]:
    pieces: Pieces = []
    boxes: list[Any] = []
    _collect(paragraph, pieces, boxes)
    lines = lines_of(pieces, heading=_is_heading(paragraph, styles))
    for box in boxes:
        lines += [Line(p.text, heading=p.heading) for p in _blocks(box, styles)]
    return lines


def _collect(node: Any, pieces: Pieces, boxes: list[Any], bold: bool = False) -> None:
    for child in node:
        tag = child.tag
        if tag in UNREAD or not isinstance(tag, str):
            continue
        if tag == f"{W}t":
            pieces.append((child.text or "", bold))
        elif tag in SIGNS:
            pieces.append((SIGNS[tag], bold))
        elif tag == f"{W}txbxContent":
            boxes.append(child)
        elif tag not in (f"{W}pPr", f"{W}rPr"):
            _collect(child, pieces, boxes, _is_bold(child) if tag == f"{W}r" else bold)


def _is_bold(run: Any) -> bool:
    properties = run.find(f"{W}rPr")
    if properties is None:
        return False
    mark, style = properties.find(f"{W}b"), properties.find(f"{W}rStyle")
    if mark is not None:
        return mark.get(f"{W}val", "1") not in ("0", "false", "off")
    return style is not None and style.get(f"{W}val") == "Strong"


def _is_heading(paragraph: Any, styles: dict[str, str]) -> bool:
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        return False
    style, level = properties.find(f"{W}pStyle"), properties.find(f"{W}outlineLvl")
    if level is not None and level.get(f"{W}val") != "9":
        return True
    return style is not None and styles.get(style.get(f"{W}val"), "").startswith(HEADINGS)
