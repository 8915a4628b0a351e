"""Pictures of one transcript from beginning to end: lines of codes, and a cell a turn."""

from collections.abc import Mapping, Sequence
from typing import Any

from .sheet import Sheet, shorten

Row = dict[str, Any]
STEP = 24


def draw_lines(rows: Sequence[Row], turns: int, label: str, *, width: int = 700) -> Sheet:
    """Draw a line a code, thick from the `first` to the `last` turn of each coding."""
    codes = list(dict.fromkeys(row["code"] for row in rows))
    left = 110 if width < 520 else 190
    plot = width - left - 12
    sheet = Sheet(width, STEP * len(codes) + 34, label)
    base = STEP * len(codes)
    for number, code in enumerate(codes):
        y = STEP * number + STEP / 2
        sheet.write(left - 8, y, shorten(code, left - 8), text_anchor="end")
        sheet.put("line", x1=left, x2=left + plot, y1=y, y2=y, stroke="rule")
    place = {code: STEP * number + STEP / 2 for number, code in enumerate(codes)}
    for row in rows:
        x = left + plot * (row["first"] - 1) / max(turns, 1)
        long = max(3.0, plot * (row["last"] - row["first"] + 1) / max(turns, 1))
        told = f"{row['code']}, turn {row['first']}, {row['speaker'] or 'nobody named'}"
        sheet.put("rect", x=x, y=place[row["code"]] - 7, width=long, height=14, title=told,
                  fill=(row["colour"], row["code_id"]), href=row.get("href", ""))  # fmt: skip
    for share, side in ((0, "start"), (0.5, "middle"), (1, "end")):
        turn = max(1, round(turns * share))
        sheet.write(left + plot * share, base + 16, f"turn {turn}", text_anchor=side, fill="soft")
    return sheet


def draw_portrait(
    rows: Sequence[Row], letters: Mapping[int, str], label: str, *, width: int = 700
) -> Sheet:
    """Draw a cell a turn in the colour of its code, with the code's letter; a line of 10s."""
    cell, left = 24, 40
    across = max(5, int((width - left) // cell) // 5 * 5)
    deep = -(-len(rows) // across)
    sheet = Sheet(left + across * cell, deep * cell + 4, label)
    for line in range(deep):
        sheet.write(
            left - 6, line * cell + cell / 2, str(line * across + 1), text_anchor="end", fill="soft"
        )
    for number, row in enumerate(rows):
        x, y = left + cell * (number % across), cell * (number // across)
        _cell(sheet, row, x, y, cell, letters)
    return sheet


def _cell(
    sheet: Sheet, row: Row, x: float, y: float, cell: int, letters: Mapping[int, str]
) -> None:
    told = f"Turn {row['turn']}, {row['speaker'] or 'nobody named'}: {row['code'] or 'no code'}"
    place: Row = {"x": x + 1, "y": y + 1, "width": cell - 2, "height": cell - 2, "title": told}
    if not row["code"]:
        moderator = row["role"] == "moderator"
        sheet.put("rect", fill="rule" if moderator else "card", stroke="rule", **place)
        return
    sheet.put("rect", fill=(row["colour"], row["code_id"]), href=row.get("href", ""), rx=2, **place)
    sheet.write(x + cell / 2, y + cell / 2, letters[row["code_id"]], text_anchor="middle",
                fill="card", font_weight="bold", pointer_events="none")  # fmt: skip
