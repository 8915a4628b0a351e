"""Dots with their intervals on one axis, a row each, the figures printed beside them."""

from collections.abc import Sequence
from math import ceil, floor, isfinite, log10
from typing import Any

from .sheet import LETTER, Sheet, shorten

Row = dict[str, Any]
STEP, AXIS = 26, 44
NARROW = 520


def draw_dots(
    rows: Sequence[Row], label: str, unit: str, *, width: int = 700, line: float | None = None
) -> Sheet:
    """Draw a row each: a dot at `estimate`, a whisker from `low` to `high`, and `told` beside it.

    Parameters
    ----------
    rows : sequence of dict
        `name`, `heading` (optional, above the first row that bears it), `estimate`, `low`,
        `high` (None or NaN where there is none) and `told`.
    line : float, optional
        Where a line stands that the dots are held against, such as 0.
    """
    narrow = width < NARROW
    left, right = (8, 8) if narrow else _sides(rows)
    step = STEP + 16 if narrow else STEP
    headed = [
        bool(r.get("heading")) and (n == 0 or rows[n - 1].get("heading") != r["heading"])
        for n, r in enumerate(rows)
    ]
    sheet = Sheet(width, step * len(rows) + 24 * sum(headed) + AXIS + 6, label)
    ends: list[Any] = [line, *(r[n] for r in rows for n in ("estimate", "low", "high"))]
    ends = [value for value in ends if _known(value)]
    ticks = _ticks(min(ends, default=0.0), max(ends, default=1.0), 4 if narrow else 6)
    place = _place(ticks, left, width - left - right)
    bottom = sheet.height - AXIS
    for tick in ticks:
        sheet.put("line", x1=place(tick), x2=place(tick), y1=0, y2=bottom, stroke="rule")
        words = f"{tick:,.{_places(ticks)}f}".replace("-", "−")
        sheet.write(place(tick), bottom + 12, words, text_anchor="middle", fill="soft")
    if line is not None:
        sheet.put("line", x1=place(line), x2=place(line), y1=0, y2=bottom, stroke="soft")
    sheet.write(left + (width - left - right) / 2, bottom + 32, unit, text_anchor="middle",
                fill="soft")  # fmt: skip
    y = 2.0
    for row, heads in zip(rows, headed, strict=True):
        if heads:
            sheet.write(4, y + 14, shorten(str(row["heading"]), width - 12), font_weight="bold")
            y += 24
        _row(sheet, row, y, (left, right, width), narrow, place)
        y += step
    return sheet


def _sides(rows: Sequence[Row]) -> tuple[int, int]:
    """Leave as much room as the longest name and the longest figures need, within reason."""
    name, told = (max((len(r[key]) for r in rows), default=0) for key in ("name", "told"))
    return min(290, 30 + int(LETTER * name)), min(240, 30 + int(LETTER * told))


def _row(
    sheet: Sheet, row: Row, y: float, sizes: tuple[int, int, int], narrow: bool, place: Any
) -> None:
    left, right, width = sizes
    middle = y + (30 if narrow else STEP / 2)
    if narrow:
        room = width - 12 - LETTER * len(row["told"])
        sheet.write(4, y + 9, shorten(row["name"], room))
        sheet.write(width - 4, y + 9, row["told"], text_anchor="end", fill="soft")
    else:
        sheet.write(left - 14, middle, shorten(row["name"], left - 18), text_anchor="end")
        sheet.write(width - right + 14, middle, shorten(row["told"], right - 14))
    if not _known(row["estimate"]):
        return
    title = f"{row['name']}: {row['told']}"
    if _known(row["low"]) and _known(row["high"]):
        sheet.put("line", x1=place(row["low"]), x2=place(row["high"]), y1=middle, y2=middle,
                  stroke="accent", stroke_width=2, stroke_linecap="round", title=title)  # fmt: skip
    sheet.put("circle", cx=place(row["estimate"]), cy=middle, r=4.5, fill="accent", title=title)


def _known(value: Any) -> bool:
    return value is not None and isfinite(value)


def _place(ticks: Sequence[float], start: float, reach: float) -> Any:
    low, high = ticks[0], ticks[-1]
    return lambda value: float(start + reach * (value - low) / (high - low))


def _ticks(low: float, high: float, most: int) -> list[float]:
    if not low < high:
        low, high = low - 0.5, high + 0.5
    rough = (high - low) / most
    power = 10.0 ** floor(log10(rough))
    step = next(power * n for n in (1, 2, 2.5, 5, 10) if power * n >= rough * 0.999)
    return [step * n for n in range(floor(low / step + 1e-9), ceil(high / step - 1e-9) + 1)]


def _places(ticks: Sequence[float]) -> int:
    step = ticks[1] - ticks[0]
    return next(n for n in range(8) if n == 7 or abs(round(step, n) - step) < 1e-9 * step)
