"""From a chart's specification to a picture: for a page under a strict policy, or for a file."""

import re
from collections.abc import Callable
from html import escape
from typing import Any

import vl_convert

from coding.errors import BadInput

# Links must be absolute to come through the renderer unchanged; a page gets them relative.
LINK_BASE = "http://coproduce.invalid"
INK, SOFT = "#1c2024", "#565f67"
NUDGES = {"A": "#b3541e", "B": "#2c5f9e", "both": "#6b4c9a", "none": "#7a828a"}
ON_PAGE = {
    INK: "currentColor",
    SOFT: "currentColor",
    NUDGES["A"]: f"var(--nudge-a, {NUDGES['A']})",
    NUDGES["B"]: f"var(--nudge-b, {NUDGES['B']})",
    NUDGES["both"]: f"var(--both, {NUDGES['both']})",
    NUDGES["none"]: f"var(--none, {NUDGES['none']})",
}
# What XML 1.0 cannot hold; the renderer ends the whole process over one such character.
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# It shortens a long label within such a character, and then cannot read it.
WIDE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd]")
_COLOUR = re.compile(r'(fill|stroke)="([^"]*)"')
_ROOT = re.compile(r"<svg [^>]*?(width=\"[^\"]*\" height=\"[^\"]*\" viewBox=\"[^\"]*\")>")
_HIDDEN = re.compile(r' (?:aria-\w+|role|class)="[^"]*"')


def page_svg(spec: dict[str, Any], label: str) -> str:
    """Draw a chart for a page: theme colours, one label, no style, script or outside address."""
    drawn = _HIDDEN.sub("", _draw(vl_convert.vegalite_to_svg, spec))
    drawn = _COLOUR.sub(lambda m: f'{m[1]}="{ON_PAGE.get(m[2], m[2])}"', drawn)
    drawn = drawn.replace(f'xlink:href="{LINK_BASE}', 'href="').replace(' target="_blank"', "")
    # Links inside a picture of role img would be hidden from assistive technology.
    role = "group" if "<a " in drawn else "img"
    label = escape(_replaced(label, ILLEGAL))
    root = rf'<svg xmlns="http://www.w3.org/2000/svg" role="{role}" aria-label="{label}" '
    return _ROOT.sub(lambda m: root + m[1] + ">", drawn, count=1)


def file_bytes(spec: dict[str, Any], form: str) -> bytes:
    """Draw a chart for a file: svg, or png at 300 points an inch on white paper."""
    if form not in _FILES:
        raise BadInput(f"A chart cannot be saved as “{form[:20]}”; choose svg or png.")
    return _FILES[form]({**spec, "background": "white"})


def _draw(render: Callable[..., Any], spec: dict[str, Any], **options: Any) -> Any:
    try:
        return render(_replaced(spec, ILLEGAL), **options)
    except ValueError:
        return render(_replaced(spec, WIDE), **options)


def _replaced(part: Any, characters: re.Pattern[str]) -> Any:
    """Replace characters in every string of a specification."""
    if isinstance(part, str):
        return characters.sub("\ufffd", part)
    if isinstance(part, dict):
        return {
            _replaced(name, characters): _replaced(value, characters)
            for name, value in part.items()
        }
    if isinstance(part, list | tuple):
        return [_replaced(value, characters) for value in part]
    return part


def _svg_file(spec: dict[str, Any]) -> bytes:
    return str(_draw(vl_convert.vegalite_to_svg, spec)).encode()


def _png_file(spec: dict[str, Any]) -> bytes:
    return bytes(_draw(vl_convert.vegalite_to_png, spec, scale=300 / 72, ppi=72))


_FILES: dict[str, Callable[[dict[str, Any]], bytes]] = {"svg": _svg_file, "png": _png_file}
