"""Markdown: the words without the formatting, headings marked as such."""

import re
from collections.abc import Sequence
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ..marks import parse_mark
from .bold import Line, Pieces, lines_of, paragraphs_from
from .markup import lines_of_html
from .paragraph import Paragraph, clean_lines
from .text import decode

FRONT_MATTER = re.compile(r"\A---\n.*?\n(?:---|\.\.\.)\n", re.DOTALL)
# A rule under a line of talk would make it a heading, and an indented line would become code.
PARSER = MarkdownIt("commonmark").enable("table").disable(["lheading", "code"])


def read(path: Path) -> list[Paragraph]:
    """Read the paragraphs of a Markdown file."""
    text = decode(path).replace("\r\n", "\n").replace("\r", "\n")
    lines: list[Line] = []
    heading = False
    for token in PARSER.parse(FRONT_MATTER.sub("", text)):
        if token.type == "inline":
            lines += lines_of(_pieces(token.children or []), heading=heading)
        elif token.type == "html_block":
            lines += lines_of_html(token.content)
        elif token.type == "fence":
            lines += [Line(line) for line in clean_lines(token.content)]
        heading = token.type == "heading_open"
    return paragraphs_from(lines)


def _pieces(tokens: Sequence[Token]) -> Pieces:
    pieces: Pieces = []
    depth = 0
    for place, token in enumerate(tokens):
        depth += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
        if token.type in ("text", "code_inline", "image"):
            pieces.append((token.content, depth > 0))
        elif token.type == "hardbreak" or (token.type == "html_inline" and "<br" in token.content):
            pieces.append(("\n", False))
        elif token.type == "softbreak":
            pieces.append(("\n" if _speaks(tokens[place + 1 :]) else " ", False))
    return pieces


def _speaks(tokens: Sequence[Token]) -> bool:
    """Say whether a line inside a paragraph begins with a mark, so that it is a turn of its own."""
    first = next((t for t in tokens if t.content or t.type != "text"), None)
    if first is None or first.type == "strong_open":
        return first is not None
    return parse_mark(first.content).words > 0
