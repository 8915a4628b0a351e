"""A measured axis across a sheet: round ticks, their words, and where a value stands."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .axis import ticks
from .sheet import Sheet


@dataclass(frozen=True)
class Axis:
    """Values from `low` to `high` between two places in pixels."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...]

    @staticmethod
    def over(values: Sequence[float], start: float, end: float) -> Axis:
        """Reach over all values and zero, ending on round numbers."""
        ends = [0.0, *(value for value in values if math.isfinite(value))]
        low, high = min(ends), max(ends)
        if low == high:
            low, high = low - 1, high + 1
        known = tuple(ticks(low, high, max(3, int((end - start) / 80))))
        return Axis(known[0], known[-1], start, end, known)

    def at(self, value: float) -> float:
        return self.start + (self.end - self.start) * (value - self.low) / (self.high - self.low)

    def draw(self, sheet: Sheet, top: float, bottom: float, title: str) -> None:
        """Draw the ticks from top to bottom, with their numbers and the axis's title below."""
        places = _decimals(self.ticks)
        for value in self.ticks:
            x, zero = self.at(value), abs(value) < 1e-12
            stroke = "soft" if zero else "rule"
            sheet.put("line", x1=x, x2=x, y1=top, y2=bottom, stroke=stroke)
            words = f"{0 if zero else value:,.{places}f}".replace("-", "−")
            sheet.write(x, bottom + 14, words, text_anchor="middle", fill="soft")
        middle = (self.start + self.end) / 2
        sheet.write(middle, bottom + 34, title, text_anchor="middle", fill="soft")


def _decimals(known: Sequence[float]) -> int:
    step = known[1] - known[0]
    for places in range(7):
        if abs(round(step, places) - step) < 1e-9 * step:
            return places
    return 7
