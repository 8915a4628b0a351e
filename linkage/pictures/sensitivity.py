"""Dot and whisker of one effect by many estimators; bounds are bars, since they are no interval."""

from collections.abc import Sequence
from typing import Any

from ..figures import figures
from .measured import Axis
from .sheet import LETTER, Sheet, shorten

Row = dict[str, Any]
NARROW = 520
BELOW = 48


def draw_estimates(rows: Sequence[Row], label: str, axis_title: str, *, width: int = 700) -> Sheet:
    """Draw a row for each estimate or pair of bounds; rows that have neither are left out.

    Parameters
    ----------
    rows : sequence of dict
        `name`; `estimate`, `ci_low`, `ci_high`, or `lower`, `upper`; also, where given, `heading`,
        which stands above the first row of those that share it, and `strong` (drawn filled).
    label, axis_title : str
        What the picture shows, and what the axis measures.
    """
    drawn = [row for row in rows if row["estimate"] is not None or row["lower"] is not None]
    narrow = width < NARROW
    placed, height = _placed(drawn, 44 if narrow else 28)
    sheet = Sheet(width, height + BELOW, f"{label}: {_told(drawn)}")
    start, end = (14, width - 14) if narrow else (min(210, width * 0.3), width - 190)
    axis = Axis.over(_ends(drawn), start, end)
    axis.draw(sheet, 4, height, axis_title)
    for row, heading, y in placed:
        if heading is not None:
            sheet.write(4, heading, row["heading"], font_weight="bold")
        _names(sheet, row, y, narrow, start)
        (_bounds if row["estimate"] is None else _whisker)(sheet, axis, row, y)
    return sheet


def _ends(rows: Sequence[Row]) -> list[float]:
    """Where the axis must reach: over the intervals, and over bounds that do not dwarf them."""
    whiskers = [row[n] for row in rows for n in ("estimate", "ci_low", "ci_high")
                if row[n] is not None]  # fmt: skip
    bounds = [row[n] for row in rows for n in ("lower", "upper") if row[n] is not None]
    if not whiskers:
        return bounds
    low, high = min(0.0, *whiskers), max(0.0, *whiskers)
    span = high - low
    return [*whiskers, *(end for end in bounds if low - span <= end <= high + span)]


def _placed(rows: Sequence[Row], step: int) -> tuple[list[tuple[Row, float | None, float]], float]:
    """Give each row its height, and that of the heading above it where a new one begins."""
    found: list[tuple[Row, float | None, float]] = []
    y, last = 4.0, None
    for row in rows:
        heading = None
        if row.get("heading") and row["heading"] != last:
            heading, y = y + 14, y + 26
        last = row.get("heading")
        found.append((row, heading, y + step * (0.72 if step > 30 else 0.5)))
        y += step
    return found, y + 4


def _names(sheet: Sheet, row: Row, y: float, narrow: bool, start: float) -> None:
    words, weight = _figures(row), {"font_weight": "bold"} if row.get("strong") else {}
    if narrow:
        # No line of the axis strikes the words out.
        sheet.put("rect", x=0, y=y - 28, width=sheet.width, height=20, fill="card")
        sheet.write(4, y - 18, shorten(row["name"], sheet.width * 0.5), **weight)
        sheet.write(sheet.width - 4, y - 18, words, text_anchor="end")
        return
    sheet.write(4, y, shorten(row["name"], start - 12), **weight)
    sheet.write(sheet.width - 4 - LETTER * 0.5, y, words, text_anchor="end")


def _whisker(sheet: Sheet, axis: Axis, row: Row, y: float) -> None:
    title = f"{row['name']}: {_figures(row)}"
    colour = "accent" if row.get("causal", True) else "soft"
    if row["ci_low"] is not None:
        low, high = axis.at(row["ci_low"]), axis.at(row["ci_high"])
        sheet.put("line", x1=low, x2=high, y1=y, y2=y, stroke=colour, stroke_width=2, title=title)
    fill = colour if row.get("strong") else "card"
    x = axis.at(row["estimate"])
    sheet.put("circle", cx=x, cy=y, r=5, fill=fill, stroke=colour, stroke_width=2, title=title)


def _bounds(sheet: Sheet, axis: Axis, row: Row, y: float) -> None:
    """A pale bar between two posts, without a dot: anything within is as likely as the data go.

    An end beyond the axis is an arrowhead.
    """
    low, high = (min(max(axis.at(row[n]), axis.start), axis.end) for n in ("lower", "upper"))
    title = f"{row['name']}: {_figures(row)}"
    wide = max(high - low, 1.0)
    sheet.put(
        "rect", x=low, y=y - 6, width=wide, height=12, fill="soft", fill_opacity=0.25, title=title
    )
    for x, value in ((low, row["lower"]), (high, row["upper"])):
        inside = axis.low <= value <= axis.high
        back = 0 if inside else 7 if value < axis.low else -7
        for end in (y - 7, y + 7):
            sheet.put("line", x1=x + back, x2=x, y1=end, y2=y, stroke="soft", stroke_width=2)


def _figures(row: Row) -> str:
    if row["estimate"] is None:
        # The decimals of an interval of the same width.
        between = figures((row["lower"] + row["upper"]) / 2, row["lower"], row["upper"])
        return f"bounds {between[between.index('(') + 1 : -1]}"
    if row["ci_low"] is None:
        return figures(row["estimate"], float("nan"), float("nan"))
    return figures(row["estimate"], row["ci_low"], row["ci_high"])


def _told(rows: Sequence[Row]) -> str:
    return "; ".join(
        f"{row['heading'] + ', ' if row.get('heading') else ''}{row['name']} {_figures(row)}"
        for row in rows
    )
