"""Pictures of a table: bars of shares, or dots of means; never what the table suppresses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from coding.errors import BadInput
from linkage.survey import tables

from ...current import study
from ...drawn import Drawn
from ...released import released
from .view import Grid, cell_words, lay_out

if TYPE_CHECKING:
    from linkage.pictures import Sheet

Row = dict[str, Any]
KINDS = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
WIDTHS = {"wide": 760, "narrow": 320}


def draw(grid: Grid, title: str) -> dict[str, Drawn]:
    """Draw a table for a wide and for a narrow page; nothing where there is nothing to draw."""
    from linkage.pictures import page_svg

    found = {name: sheet_of(grid, title, width) for name, width in WIDTHS.items()}
    return {name: Drawn(page_svg(sheet)) for name, sheet in found.items() if sheet}


def picture_file(form: str, told: tables.Tabled, by: str, title: str, said: Sequence[str]) -> bytes:
    """Draw what may leave as a file."""
    from linkage.pictures import file_bytes

    controlled = released(form, told.frame, tables.TABLE, title=title)
    kept = tables.Tabled(told.wave, controlled.frame, [*told.notes, *controlled.notes])
    sheet = sheet_of(lay_out(study().db, kept, by), title, WIDTHS["wide"])
    if sheet is None:
        raise BadInput("There is nothing to draw: too few answered. The table says so.")
    return file_bytes(sheet, form, title, [*said, *controlled.notes])


def sheet_of(grid: Grid, title: str, width: int) -> Sheet | None:
    from linkage.pictures import draw_dots, draw_stacked

    if grid.shares:
        rows = _bars(grid)
        known = any(row["share"] is not None for row in rows)
        return draw_stacked(rows, _label(grid, title), width=width) if known else None
    line = next((one for one in grid.lines if one.statistic == "mean"), None)
    if line is None or all(cell["estimate"] is None for cell in line.cells):
        return None
    dots = [
        {"name": name, "estimate": cell["estimate"], "low": cell["ci_low"],
         "high": cell["ci_high"], "told": cell_words(cell, "mean")}
        for (_, name), cell in zip(grid.groups, line.cells, strict=True)
    ]  # fmt: skip
    return draw_dots(dots, _label(grid, title), "Mean, with 95 % interval", width=width)


def _bars(grid: Grid) -> list[Row]:
    rows = []
    for place, (_, name) in enumerate(grid.groups):
        cells = [(line.name, line.cells[place]) for line in grid.shares]
        shares = [cell["estimate"] for _, cell in cells]
        whole = all(share is not None for share in shares)
        rows += [
            {"arm": name, "label": label, "share": cell["estimate"] if whole else None,
             "n": cell["n"] or 0, "answered": cell["base"]}
            for label, cell in cells
        ]  # fmt: skip
    return rows


def _label(grid: Grid, title: str) -> str:
    """Say in words what a picture shows."""
    told = []
    lines = grid.shares or [line for line in grid.lines if line.statistic == "mean"]
    for place, (_, name) in enumerate(grid.groups):
        parts = [f"{line.name} {cell_words(line.cells[place], line.statistic)}" for line in lines]
        told.append(f"{name}: {', '.join(parts)}")
    return f"{title}. {'; '.join(told)}."
