"""A sheet on which marks are put; it becomes markup for a page or a file with its title."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from coding.errors import BadInput

INK, SOFT = "#1c2024", "#565f67"
NUDGES = {"A": "#b3541e", "B": "#2c5f9e", "both": "#6b4c9a", "none": "#7a828a"}
# What XML 1.0 cannot hold; the renderer ends the whole process over one such character.
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"
# A colour by its name here: in a file, and on a page that may be light or dark.
COLOURS = {
    "ink": (INK, "var(--ink)"),
    "soft": (SOFT, "var(--soft)"),
    "accent": ("#0b5d5e", "var(--accent)"),
    "rule": ("#e0dbd0", "var(--rule)"),
    "card": ("#ffffff", "var(--card)"),
    "A": (NUDGES["A"], "var(--nudge-a)"),
    "B": (NUDGES["B"], "var(--nudge-b)"),
    "both": (NUDGES["both"], "var(--both)"),
    "no nudge": (NUDGES["none"], "var(--none)"),
}
LETTER = 6.4  # how wide a letter is on average, in type of 12


@dataclass
class Sheet:
    """A picture under way; `label` says in words what it shows."""

    width: float
    height: float
    label: str
    marks: list[tuple[str, dict[str, Any], str, str, str]] = field(default_factory=list)

    def put(
        self, tag: str, text: str = "", *, title: str = "", href: str = "", **attributes: Any
    ) -> None:
        """Put a mark; `fill` and `stroke` are names of COLOURS, or a code's colour and number."""
        self.marks.append((tag, attributes, text, title, href))

    def write(self, x: float, y: float, text: str, **attributes: Any) -> None:
        """Write a text of type 12, its middle at y."""
        size = attributes.setdefault("font_size", 12)
        self.put("text", text, x=x, y=y + size * 0.35, **{"fill": "ink", **attributes})


def shorten(text: str, width: float) -> str:
    """Shorten a text of type 12 to a width in pixels."""
    letters = max(3, int(width / LETTER))
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"


def page_svg(sheet: Sheet) -> str:
    """Return markup for a page: theme colours, a label, no style, no script."""
    role = "group" if any(mark[4] for mark in sheet.marks) else "img"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="{role}" aria-label="{_text(sheet.label)}" '
        f'width="{sheet.width:g}" height="{sheet.height:g}" '
        f'viewBox="0 0 {sheet.width:g} {sheet.height:g}" font-size="12">'
        f"{''.join(_markup(mark, page=True) for mark in sheet.marks)}</svg>"
    )


def file_bytes(sheet: Sheet, form: str, title: str, lines: Sequence[str] = ()) -> bytes:
    """Return a file (svg, png at 300 points an inch, pdf) headed by a title and lines."""
    if form not in _FILES:
        raise BadInput(f"A picture cannot be saved as “{form[:20]}”; choose {', '.join(_FILES)}.")
    width, top = max(sheet.width, 520), 44 + 16 * len(lines)
    head = Sheet(width, top, sheet.label)
    head.write(16, 22, title, font_size=15, font_weight="bold")
    for number, line in enumerate(lines):
        head.write(16, 44 + 16 * number, line, font_size=11, fill="soft")
    above = "".join(_markup(mark, page=False) for mark in head.marks)
    body = "".join(_markup(mark, page=False) for mark in sheet.marks)
    height = sheet.height + top + 16
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width + 32:g}" height="{height:g}" '
        f'viewBox="0 0 {width + 32:g} {height:g}" font-family="{FONT}" font-size="12">'
        f'<title>{_text(title)}</title><rect width="100%" height="100%" fill="white"/>{above}'
        f'<g transform="translate(16 {top:g})">{body}</g></svg>'
    )
    return _FILES[form](drawn)


def _markup(mark: tuple[str, dict[str, Any], str, str, str], *, page: bool) -> str:
    tag, attributes, text, title, href = mark
    written = "".join(
        f' {name.replace("_", "-")}="{_value(name, value, page=page)}"'
        for name, value in attributes.items()
    )
    told = f"<title>{_text(title)}</title>" if title else ""
    drawn = f"<{tag}{written}>{told}{_text(text)}</{tag}>"
    if not (href and page):
        return drawn
    # The table beneath has the same links in order; a picture of a thousand is no place to tab.
    return f'<a href="{_text(href)}" tabindex="-1" aria-label="{_text(title or text)}">{drawn}</a>'


def _value(name: str, value: Any, *, page: bool) -> str:
    if isinstance(value, tuple):  # a code's colour and number
        colour, code_id = value
        return f'var(--c, {colour})" class="c{int(code_id)}' if page else _text(colour)
    if name in ("fill", "stroke") and value in COLOURS:
        return COLOURS[value][page]
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else _text(value)


def _text(value: Any) -> str:
    return escape(ILLEGAL.sub("\ufffd", str(value)))


def _png(drawn: str) -> bytes:
    import vl_convert

    return bytes(vl_convert.svg_to_png(drawn, scale=300 / 72, ppi=72))


def _pdf(drawn: str) -> bytes:
    import vl_convert

    return bytes(vl_convert.svg_to_pdf(drawn))


_FILES: dict[str, Callable[[str], bytes]] = {"svg": str.encode, "png": _png, "pdf": _pdf}
FORMS = tuple(_FILES)
