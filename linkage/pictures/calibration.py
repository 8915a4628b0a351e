"""The picture of calibration: how often suggestions were right, by the probability told."""

from collections.abc import Sequence
from math import sqrt
from typing import Any

from .sheet import Sheet

Row = dict[str, Any]
LEFT, BOTTOM, TOP, RIGHT = 52, 46, 26, 18
# Both axes run to the first of these that holds all: most codes are unlikely for most passages.
ENDS = (0.05, 0.1, 0.2, 0.5, 1.0)
LARGEST, SMALLEST = 13, 3.5  # radii in pixels


def draw_calibration(bins: Sequence[Row], label: str, *, width: int = 560) -> Sheet:
    """Draw a circle for each bin of probabilities that holds any, its area by their number.

    Parameters
    ----------
    bins : sequence of dict
        `predicted`, the mean probability in a bin; `observed`, the share that was right; `n`.
        Both are between 0 and 1, or None where `n` is 0.
    """
    height = min(width, 380)
    sheet = Sheet(width, height, label)
    held = [row for row in bins if row["n"]]
    furthest = max((max(row["predicted"], row["observed"]) for row in held), default=1.0)
    end = next(end for end in ENDS if end >= min(furthest, 1.0))

    def at(x: float, y: float) -> tuple[float, float]:
        across, up = width - LEFT - RIGHT, height - BOTTOM - TOP
        return LEFT + across * x / end, height - BOTTOM - up * y / end

    _axes(sheet, at, end)
    most = max((row["n"] for row in held), default=1)
    points = [at(row["predicted"], row["observed"]) for row in held]
    joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    sheet.put("polyline", points=joined, fill="none", stroke="accent", stroke_width=1.5)
    for row, (x, y) in zip(held, points, strict=True):
        radius = max(SMALLEST, LARGEST * sqrt(row["n"] / most))
        told = f"Said {row['predicted']:.1%}, right {row['observed']:.1%}, n {row['n']:,}"
        sheet.put("circle", cx=x, cy=y, r=radius, fill="accent", fill_opacity=0.75,
                  stroke="card", stroke_width=1.5, title=told)  # fmt: skip
    return sheet


def _axes(sheet: Sheet, at: Any, end: float) -> None:
    for step in range(6):
        value = end * step / 5
        (left, y), (right, _) = at(0, value), at(end, value)
        sheet.put("line", x1=left, x2=right, y1=y, y2=y, stroke="rule")
        sheet.write(left - 8, y, f"{100 * value:g} %", text_anchor="end", fill="soft")
        x, base = at(value, 0)
        sheet.write(x, base + 14, f"{100 * value:g} %", text_anchor="middle", fill="soft")
    (x1, y1), (x2, y2) = at(0, 0), at(end, end)
    line = {"stroke": "soft", "stroke_dasharray": "4 4"}
    sheet.put("line", x1=x1, y1=y1, x2=x2, y2=y2, **line)
    middle = at(end / 2, 0)
    sheet.write(middle[0], middle[1] + 34, "Probability told", text_anchor="middle", fill="soft")
    sheet.write(4, 10, "Share that was right", fill="soft")
