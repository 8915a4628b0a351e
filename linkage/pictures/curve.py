"""The curve of saturation: codes known after each transcript, as imported and on average."""

from collections.abc import Sequence
from typing import Any

from .sheet import Sheet

Row = dict[str, Any]
LEFT, BOTTOM, TOP, RIGHT = 48, 44, 26, 18


def draw_curve(rows: Sequence[Row], label: str, *, width: int = 700) -> Sheet:
    """Draw `known` as points, `mean_known` as a line, `known_low` to `known_high` as a band."""
    height = 300
    sheet = Sheet(width, height, label)
    most, last = max((row["known_high"] for row in rows), default=1) or 1, max(len(rows), 2)
    ceiling = _round_up(most)

    def at(place: float, value: float) -> tuple[float, float]:
        x = LEFT + (width - LEFT - RIGHT) * (place - 1) / (last - 1)
        return x, height - BOTTOM - (height - BOTTOM - TOP) * value / ceiling

    _axes(sheet, at, last, ceiling)
    band = [at(row["place"], row["known_high"]) for row in rows]
    band += [at(row["place"], row["known_low"]) for row in reversed(rows)]
    sheet.put("polygon", points=_points(band), fill="accent", fill_opacity=0.18)
    mean = [at(row["place"], row["mean_known"]) for row in rows]
    sheet.put("polyline", points=_points(mean), fill="none", stroke="accent", stroke_width=2)
    for row in rows:
        x, y = at(row["place"], row["known"])
        told = f"{row['transcript']}: {row['new']} new, {row['known']} known"
        sheet.put(
            "circle", cx=x, cy=y, r=4, fill="card", stroke="ink", stroke_width=1.5, title=told
        )
    return sheet


def _axes(sheet: Sheet, at: Any, last: int, ceiling: int) -> None:
    step = max(1, ceiling // 5)
    for value in range(0, ceiling + 1, step):
        (left, y), (right, _) = at(1, value), at(last, value)
        sheet.put("line", x1=left, x2=right, y1=y, y2=y, stroke="rule")
        sheet.write(left - 8, y, str(value), text_anchor="end", fill="soft")
    base = sheet.height - BOTTOM
    every = max(1, -(-last // 12))
    for place in range(1, last + 1, every):
        sheet.write(at(place, 0)[0], base + 14, str(place), text_anchor="middle", fill="soft")
    sheet.write(
        (LEFT + sheet.width - RIGHT) / 2,
        base + 34,
        "Transcripts",
        text_anchor="middle",
        fill="soft",
    )
    sheet.write(4, 10, "Codes known so far", fill="soft")


def _round_up(value: float) -> int:
    for step in (5, 10, 25, 50, 100, 250, 500, 1000):
        if value <= step * 5:
            return int(-(-value // step) * step)
    return int(value) + 1


def _points(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
