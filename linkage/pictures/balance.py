"""The picture of balance: each arm's standardised difference from the control, by covariate."""

from collections.abc import Sequence
from typing import Any

from .sheet import LETTER, Sheet, shorten

Row = dict[str, Any]
STEP, TOP, BOTTOM = 28, 34, 46
NARROW = 520
NOTED = 0.1
LOOKS = ("accent", "soft", "ink")


def draw_balance(
    rows: Sequence[Row], arms: Sequence[str], label: str, *, width: int = 700
) -> Sheet:
    """Draw a line a covariate with a mark an arm at `standardised`; unknown ones have no mark."""
    covariates = list(dict.fromkeys(row["covariate"] for row in rows))
    narrow = width < NARROW  # names stand above their line
    left, step = (12.0, 42) if narrow else (210.0, STEP)
    sheet = Sheet(width, TOP + step * len(covariates) + BOTTOM, label)
    seen = [abs(row["standardised"]) for row in rows if _known(row)]
    most = max([0.2, *seen]) * 1.1
    half = (width - left - 20) / 2

    def at(value: float) -> float:
        return float(left + half * (1 + value / most))

    _legend(sheet, arms, left)
    _axis(sheet, at, most)
    for number, name in enumerate(covariates):
        y, told = TOP + step * number + step * (0.7 if narrow else 0.5), name.replace("_", " ")
        if narrow:
            sheet.write(left, y - 17, shorten(told, 2 * half))
        else:
            sheet.write(left - 12, y, shorten(told, left - 16), text_anchor="end")
        sheet.put("line", x1=left, x2=left + 2 * half, y1=y, y2=y, stroke="rule")
        for row in rows:
            if row["covariate"] == name and _known(row):
                told = f"{name}, {row['arm']}: {row['standardised']:+.2f}".replace("-", "−")
                _mark(sheet, arms.index(row["arm"]), at(row["standardised"]), y, told)
    return sheet


def _known(row: Row) -> bool:
    value = row["standardised"]
    return value is not None and value == value


def _axis(sheet: Sheet, at: Any, most: float) -> None:
    base = sheet.height - BOTTOM
    sheet.put("line", x1=at(0), x2=at(0), y1=TOP - 4, y2=base, stroke="soft")
    for value in (-NOTED, NOTED):
        place = {"x1": at(value), "x2": at(value), "y1": TOP - 4, "y2": base}
        sheet.put("line", stroke="soft", stroke_dasharray="3 4", **place)
    step = next(s for s in (0.1, 0.2, 0.5, 1, 2, 5, 10, 50, 1e9) if most / s < 3.5)
    for number in range(-int(most / step), int(most / step) + 1):
        told = f"{number * step:+.1f}".replace("-", "−") if number else "0"
        sheet.write(at(number * step), base + 14, told, text_anchor="middle", fill="soft")
    told = "Difference from the control, in standard deviations"
    sheet.write(min(at(0), sheet.width - 4 - len(told) * LETTER / 2), base + 34, told,
                text_anchor="middle", fill="soft")  # fmt: skip


def _legend(sheet: Sheet, arms: Sequence[str], left: float) -> None:
    x = left
    for number, arm in enumerate(arms):
        _mark(sheet, number, x, 12, arm)
        sheet.write(x + 12, 12, arm, fill="soft")
        x += 30 + len(arm) * LETTER


def _mark(sheet: Sheet, number: int, x: float, y: float, told: str) -> None:
    """A shape and a tone an arm: circle, square, diamond, then the same hollow."""
    tone, hollow = LOOKS[number % 3], number // 3 % 2 == 1
    look: Row = {
        "fill": "card" if hollow else tone,
        "stroke": tone,
        "stroke_width": 1.5,
        "title": told,
    }
    if number % 3 == 0:
        sheet.put("circle", cx=x, cy=float(y), r=5, **look)
    elif number % 3 == 1:
        sheet.put("rect", x=x - 4.5, y=y - 4.5, width=9, height=9, **look)
    else:
        points = f"{x:.1f},{y - 6:.1f} {x + 6:.1f},{y:.1f} {x:.1f},{y + 6:.1f} {x - 6:.1f},{y:.1f}"
        sheet.put("polygon", points=points, **look)
