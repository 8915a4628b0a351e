"""Pictures of rows: bars of how many of how many, and scores to either side of zero."""

from collections.abc import Sequence
from typing import Any

from .sheet import LETTER, Sheet, shorten

Row = dict[str, Any]
STEP = 28


def draw_bars(rows: Sequence[Row], label: str, *, width: int = 700) -> Sheet:
    """Draw a bar a row, filled as far as `part` is of `whole`; both are printed behind it."""
    left = min(190, width * 0.36)
    plot, sheet = width - left - 110, Sheet(width, STEP * len(rows) + 4, label)
    for number, row in enumerate(rows):
        y = STEP * number + STEP / 2 + 2
        share = row["part"] / row["whole"] if row["whole"] else 0
        sheet.write(left - 10, y, shorten(row["name"], left - 10), text_anchor="end")
        sheet.put("rect", x=left, y=y - 8, width=float(plot), height=16, fill="rule")
        sheet.put("rect", x=left, y=y - 8, width=float(plot * share), height=16, fill="accent")
        sheet.write(
            left + plot + 10, y, f"{row['part']:,} of {row['whole']:,}", href=row.get("href", "")
        )
    return sheet


def draw_scores(rows: Sequence[Row], label: str, *, width: int = 700) -> Sheet:
    """Draw a bar a row from zero to its `score`, the words of `told` at the far right."""
    most = max((abs(row["score"]) for row in rows), default=1) or 1
    left, right = (110, 20) if width < 520 else (150, 190)
    middle = left + (width - left - right) / 2
    reach = (width - left - right) / 2 - 34
    sheet = Sheet(width, 22 * len(rows) + 8, label)
    sheet.put("line", x1=middle, x2=middle, y1=0, y2=sheet.height, stroke="soft")
    for number, row in enumerate(rows):
        y, long = 22 * number + 15, reach * row["score"] / most
        sheet.write(left - 8, y, shorten(row["name"], left - 8), text_anchor="end")
        place = {"x": middle + min(0, long), "width": abs(long)}
        sheet.put("rect", y=y - 7, height=14, fill="accent" if long > 0 else "soft", **place)
        side = {"text_anchor": "start" if long > 0 else "end"}
        beside = middle + long + (6 if long > 0 else -6)
        sheet.write(beside, y, f"{row['score']:+.1f}".replace("-", "−"), **side)
        if right > 20:
            told = shorten(row["told"], right)
            sheet.write(width - LETTER * 0.5, y, told, text_anchor="end", fill="soft")
    return sheet
