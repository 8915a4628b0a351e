"""A heat map of pairs: the lower half of a square, every value printed."""

from collections.abc import Mapping, Sequence
from typing import Any

from .sheet import LETTER, Sheet, shorten

CELL, LABEL = 30, 200
DARKEST = 0.45  # so that ink can be read on it, on a light page and on a dark one


def draw_heat(
    names: Sequence[str],
    values: Mapping[tuple[int, int], int],
    label: str,
    links: Mapping[tuple[int, int], str] | None = None,
) -> Sheet:
    """Draw names down and across; `values` by their places, the greater place first."""
    size, most = len(names), max(values.values(), default=0) or 1
    left = min(LABEL, max((len(name) for name in names), default=0) * LETTER + 12)
    top = max(0.0, left * 0.5 - CELL)  # the first name across rises above its row
    sheet = Sheet(left + CELL * size + left * 0.8, top + CELL * size + 6, label)
    for row, name in enumerate(names):
        y = top + CELL * row + CELL / 2
        sheet.write(left - 8, y, shorten(name, left - 8), text_anchor="end")
        for column in range(row):
            _cell(sheet, left + CELL * column, y, values.get((row, column), 0), most,
                  f"{name} and {names[column]}", (links or {}).get((row, column), ""))  # fmt: skip
        x = left + CELL * row + 4
        sheet.write(
            x, y, shorten(name, left), fill="soft", transform=f"rotate(-30 {x:.0f} {y:.0f})"
        )
    return sheet


def _cell(sheet: Sheet, x: float, y: float, value: int, most: int, what: str, href: str) -> None:
    place: dict[str, Any] = {
        "x": x + 1,
        "y": y - CELL / 2 + 1,
        "width": CELL - 2,
        "height": CELL - 2,
    }
    fill = {"fill": "accent", "fill_opacity": DARKEST * value / most} if value else {"fill": "card"}
    sheet.put("rect", title=f"{what}: {value}", stroke="rule", **place, **fill)
    if value:
        sheet.write(x + CELL / 2, y, f"{value}", text_anchor="middle", href=href)


def draw_grid(
    names: Sequence[str],
    columns: Sequence[str],
    cells: Mapping[tuple[int, int], tuple[int, int]],
    label: str,
    links: Mapping[tuple[int, int], str] | None = None,
) -> Sheet:
    """Draw names down and columns across; a cell is a part of a whole, both printed."""
    left = min(LABEL, max((len(name) for name in names), default=0) * LETTER + 12)
    wide = min(130.0, max(72.0, max((len(name) for name in columns), default=0) * LETTER + 10))
    sheet = Sheet(left + wide * len(columns) + 4, CELL * (len(names) + 1) + 4, label)
    for place, column in enumerate(columns):
        x = left + wide * (place + 0.5)
        sheet.write(x, CELL / 2, shorten(column, wide - 6), text_anchor="middle", fill="soft")
    for row, name in enumerate(names):
        y = CELL * (row + 1) + CELL / 2
        sheet.write(left - 8, y, shorten(name, left - 8), text_anchor="end")
        for place, column in enumerate(columns):
            part, whole = cells.get((row, place), (0, 0))
            share = part / whole if whole else 0
            at: dict[str, Any] = {
                "x": left + wide * place + 1,
                "y": y - CELL / 2 + 1,
                "width": wide - 2,
            }
            fill = {"fill": "accent", "fill_opacity": DARKEST * share} if part else {"fill": "card"}
            told = f"{name}, {column}: {part} of {whole}"
            sheet.put("rect", height=CELL - 2, stroke="rule", title=told, **at, **fill)
            href = (links or {}).get((row, place), "") if part else ""
            middle = left + wide * (place + 0.5)
            sheet.write(middle, y, f"{part}/{whole}", text_anchor="middle", href=href)
    return sheet
