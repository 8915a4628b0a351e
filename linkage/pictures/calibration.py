"""The picture of calibration: how often suggestions were right, by the probability told."""

from collections.abc import Sequence
from math import sqrt
from typing import Any

from .sheet import Sheet

Row = dict[str, Any]
LEFT, BOTTOM, TOP, RIGHT = 52, 46, 26, 18
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

    def at(x: float, y: float) -> tuple[float, float]:
        across, up = width - LEFT - RIGHT, height - BOTTOM - TOP
        return LEFT + across * x, height - BOTTOM - up * y

    _axes(sheet, at)
    held = [row for row in bins if row["n"]]
    most = max((row["n"] for row in held), default=1)
    points = [at(row["predicted"], row["observed"]) for row in held]
    joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    sheet.put("polyline", points=joined, fill="none", stroke="accent", stroke_width=1.5)
    for row, (x, y) in zip(held, points, strict=True):
        radius = max(SMALLEST, LARGEST * sqrt(row["n"] / most))
        told = f"Said {row['predicted']:.0%}, right {row['observed']:.0%}, n {row['n']:,}"
        sheet.put("circle", cx=x, cy=y, r=radius, fill="accent", fill_opacity=0.75,
                  stroke="card", stroke_width=1.5, title=told)  # fmt: skip
    return sheet


def _axes(sheet: Sheet, at: Any) -> None:
    for step in range(0, 101, 20):
        (left, y), (right, _) = at(0, step / 100), at(1, step / 100)
        sheet.put("line", x1=left, x2=right, y1=y, y2=y, stroke="rule")
        sheet.write(left - 8, y, f"{step} %", text_anchor="end", fill="soft")
        x, base = at(step / 100, 0)
        sheet.write(x, base + 14, f"{step} %", text_anchor="middle", fill="soft")
    (x1, y1), (x2, y2) = at(0, 0), at(1, 1)
    line = {"stroke": "soft", "stroke_dasharray": "4 4"}
    sheet.put("line", x1=x1, y1=y1, x2=x2, y2=y2, **line)
    middle = at(0.5, 0)
    sheet.write(middle[0], middle[1] + 34, "Probability told", text_anchor="middle", fill="soft")
    sheet.write(4, 10, "Share that was right", fill="soft")
