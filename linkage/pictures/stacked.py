"""Stacked bars: how the answers of each arm divide, a paler shade the lower the answer."""

from collections.abc import Sequence
from typing import Any

from .sheet import LETTER, Sheet, shorten

Row = dict[str, Any]
BAR, STEP, HEAD = 30, 46, 20
PALEST, DARKEST = 0.08, 0.6  # of the accent; ink is read on all of them, the highest is full


def draw_stacked(rows: Sequence[Row], label: str, *, width: int = 700) -> Sheet:
    """Draw a bar an arm, cut by the share of each answer.

    Parameters
    ----------
    rows : sequence of dict
        `arm` (its words), `label` (of the answer), `share` (0 to 1, or None), `n`, `answered`;
        arm by arm, answers from the lowest to the highest.
    """
    arms = list(dict.fromkeys(row["arm"] for row in rows))
    answers = list(dict.fromkeys(row["label"] for row in rows))
    narrow = width < 520
    left, right = (4, 4) if narrow else (150, 84)
    lines = _legend_lines(answers, width)
    top = HEAD * len(lines) + 10
    step = STEP + 18 if narrow else STEP
    sheet = Sheet(width, top + step * len(arms) + 4, label)
    _legend(sheet, lines, answers)
    for number, arm in enumerate(arms):
        own = [row for row in rows if row["arm"] == arm]
        y = top + step * number + (18 if narrow else 4)
        n = f"n {own[0]['answered']:,}" if own[0]["answered"] is not None else "n –"
        if narrow:
            sheet.write(left, y - 10, shorten(arm, width - 90))
            sheet.write(width - 4, y - 10, n, text_anchor="end", fill="soft")
        else:
            sheet.write(left - 10, y + BAR / 2, shorten(arm, left - 14), text_anchor="end")
            sheet.write(width - 4, y + BAR / 2, n, text_anchor="end", fill="soft")
        _bar(sheet, own, answers, left, y, width - left - right)
    return sheet


def _bar(
    sheet: Sheet, rows: Sequence[Row], answers: Sequence[str], left: float, y: float, reach: float
) -> None:
    if any(row["share"] is None for row in rows):
        sheet.write(left, y + BAR / 2, "suppressed or nobody answered", fill="soft")
        return
    x = left
    for row in rows:
        wide, shade = reach * row["share"], _shade(answers.index(row["label"]), len(answers))
        count = f" ({row['n']:,})" if row["n"] is not None else ""
        told = f"{row['arm']}, {row['label']}: {100 * row['share']:.0f} %{count}"
        sheet.put(
            "rect", x=x, y=y, width=float(wide), height=BAR, fill="accent", fill_opacity=shade,
            stroke="card", stroke_width=1.5, title=told,
        )  # fmt: skip
        words = f"{100 * row['share']:.0f} %"
        if wide > LETTER * len(words) + 4:
            ink = "card" if shade == 1 else "ink"
            sheet.write(x + wide / 2, y + BAR / 2, words, text_anchor="middle", fill=ink)
        x += wide


def _shade(number: int, of: int) -> float:
    """The highest answer is full; the others leave what is written on them readable."""
    if number == of - 1:
        return 1.0
    return round(PALEST + (DARKEST - PALEST) * number / max(of - 2, 1), 3)


def _legend_lines(answers: Sequence[str], width: float) -> list[list[tuple[int, float]]]:
    """Set the answers' words in lines: each with its number and where it begins."""
    lines: list[list[tuple[int, float]]] = [[]]
    x = 4.0
    for number, words in enumerate(answers):
        need = 22 + (LETTER + 0.8) * min(len(words), 40) + 16
        if x + need > width and lines[-1]:
            lines.append([])
            x = 4.0
        lines[-1].append((number, x))
        x += need
    return lines


def _legend(sheet: Sheet, lines: list[list[tuple[int, float]]], answers: Sequence[str]) -> None:
    for row, line in enumerate(lines):
        for number, x in line:
            y = HEAD * row + HEAD / 2
            sheet.put(
                "rect", x=x, y=y - 7, width=14, height=14, fill="accent", stroke="soft",
                fill_opacity=_shade(number, len(answers)),
            )  # fmt: skip
            sheet.write(x + 20, y, shorten(answers[number], 40 * LETTER))
