"""How hours are spread: a panel an arm, none apart from some, its mean marked."""

from collections.abc import Sequence
from typing import Any

from .sheet import Sheet, shorten

Row = dict[str, Any]
PANEL, TOP, BOTTOM, GAP = 190, 30, 40, 18


def draw_hours(
    rows: Sequence[Row], means: dict[str, float | None], label: str, *, width: int = 700
) -> Sheet:
    """Draw bars of the share of each arm that gives so many hours, on one scale.

    Parameters
    ----------
    rows : sequence of dict
        `arm` (its words), `low`, `high` (None: no end), `share` (0 to 1, or None), `n`,
        `answered`; the first bar of an arm is exactly 0.
    means : mapping of arm to mean hours
    """
    arms = list(dict.fromkeys(row["arm"] for row in rows))
    across = 1 if width < 520 else 2
    down = -(-len(arms) // across)
    sheet = Sheet(width, PANEL * down + GAP * (down - 1), label)
    most = max((row["share"] or 0 for row in rows), default=1) or 1
    wide = (width - GAP * (across - 1)) / across
    for number, arm in enumerate(arms):
        left = (wide + GAP) * (number % across)
        top = (PANEL + GAP) * (number // across)
        own = [row for row in rows if row["arm"] == arm]
        _panel(sheet, own, means.get(arm), (left, top, wide), most)
    return sheet


def _panel(
    sheet: Sheet, rows: Sequence[Row], mean: float | None, place: tuple[float, float, float],
    most: float,
) -> None:  # fmt: skip
    left, top, wide = place
    base, reach = top + PANEL - BOTTOM, PANEL - BOTTOM - TOP - 14
    known = rows[0]["answered"]  # either may be suppressed
    said = [f"mean {mean:.2f}"] if mean is not None else []
    told = ", ".join([*said, f"n {known:,}"] if known is not None else said)
    sheet.write(left + 4, top + 12, shorten(rows[0]["arm"], wide * 0.55), font_weight="bold")
    sheet.write(left + wide - 4, top + 12, told, text_anchor="end", fill="soft")
    sheet.put("line", x1=left, x2=left + wide, y1=base, y2=base, stroke="soft")
    step = wide / (len(rows) + 0.6)
    for number, row in enumerate(rows):
        x = left + step * number + (step * 0.6 if number else 0)
        if row["share"] is None:
            sheet.write(x + step / 2, base - 8, "·", text_anchor="middle", fill="soft")
            continue
        tall = reach * row["share"] / most
        sheet.put(
            "rect", x=x + 1, y=base - tall, width=float(step - 2), height=float(tall),
            fill="accent" if number else "soft", fill_opacity=0.85, title=_words(row),
        )  # fmt: skip
        if step > 24:
            share = f"{100 * row['share']:.0f}"
            sheet.write(
                x + step / 2, base - tall - 8, share, text_anchor="middle", fill="soft",
                font_size=10,
            )  # fmt: skip
        if number < 2 or step > 22 or number % 2:
            sheet.write(
                x + step / 2, base + 12, _end(row), text_anchor="middle", fill="soft", font_size=10
            )
    sheet.write(
        left + wide / 2, base + 29, "hours, up to; height: % of the arm", text_anchor="middle",
        fill="soft", font_size=11,
    )  # fmt: skip


def _end(row: Row) -> str:
    if row["high"] is None:
        return f"{row['low']:g}+"
    return f"{row['high']:g}"


def _words(row: Row) -> str:
    if row["high"] is None:
        span = f"more than {row['low']:g} hours"
    elif row["high"] == row["low"]:
        span = "none"
    else:
        span = f"more than {row['low']:g} up to {row['high']:g} hours"
    count = f" ({row['n']:,})" if row["n"] is not None else ""
    return f"{row['arm']}, {span}: {100 * row['share']:.0f} %{count}"
