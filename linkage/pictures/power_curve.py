"""The curve of power: the chance to find an effect, by how many are invited."""

from collections.abc import Sequence
from typing import Any

from .sheet import Sheet, shorten

Row = dict[str, Any]
LEFT, BOTTOM, TOP, RIGHT, LINE = 52, 46, 26, 18, 20
# Lines differ in dash and width, so that colour is never alone in telling them apart.
STYLES: tuple[Row, ...] = (
    {"stroke": "accent", "stroke_width": 2.5},
    {"stroke": "ink", "stroke_width": 2, "stroke_dasharray": "7 4"},
    {"stroke": "soft", "stroke_width": 2, "stroke_dasharray": "2 4"},
    {"stroke": "ink", "stroke_width": 1.25},
    {"stroke": "accent", "stroke_width": 1.5, "stroke_dasharray": "10 3 2 3"},
)


def draw_power(
    lines: Sequence[Row], label: str, *, wanted: float = 0.8, now: float = 0, width: int = 700
) -> Sheet:
    """Draw a line for each group of contrasts, with what it means beneath.

    Parameters
    ----------
    lines : sequence of dict
        `name`, and `points`: pairs of respondents invited and power (0 to 1).
    wanted, now : float
        The power that is wanted, and how many are to be invited: both drawn in.
    """
    drawn = lines[: len(STYLES)]
    height = 280 + LINE * len(drawn)
    sheet = Sheet(width, height, label)
    last = max((n for line in drawn for n, _ in line["points"]), default=1.0)
    base = height - BOTTOM - LINE * len(drawn)

    def at(n: float, power: float) -> tuple[float, float]:
        return LEFT + (width - LEFT - RIGHT) * n / last, base - (base - TOP) * power

    _axes(sheet, at, last, wanted, now)
    for number, line in enumerate(drawn):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(*point) for point in line["points"]))
        sheet.put("polyline", points=points, fill="none", title=line["name"], **STYLES[number])
        y = base + BOTTOM + LINE * number + 4
        sheet.put("line", x1=LEFT, x2=LEFT + 34, y1=y, y2=y, **STYLES[number])
        sheet.write(LEFT + 42, y, shorten(line["name"], width - LEFT - 60))
    return sheet


def _axes(sheet: Sheet, at: Any, last: float, wanted: float, now: float) -> None:
    for step in range(0, 101, 20):
        (left, y), (right, _) = at(0, step / 100), at(last, step / 100)
        sheet.put("line", x1=left, x2=right, y1=y, y2=y, stroke="rule")
        sheet.write(left - 8, y, f"{step} %", text_anchor="end", fill="soft")
    (left, y), (right, base) = at(0, wanted), at(last, 0)
    dots = {"stroke": "soft", "stroke_dasharray": "4 4"}
    sheet.put("line", x1=left, x2=right, y1=y, y2=y, title=f"Power wanted: {wanted:.0%}", **dots)
    for n in ticks(last, sheet.width):
        anchor = "start" if n == 0 else "middle"
        sheet.write(at(n, 0)[0], base + 14, f"{n:,.0f}", text_anchor=anchor, fill="soft")
    if now:
        x, top = at(now, 1)
        sheet.put("line", x1=x, x2=x, y1=top, y2=base, title=f"Now: {now:,.0f} invited", **dots)
        sheet.write(x + 5, base - 10, f"now {now:,.0f}", fill="soft", font_size=11)
    middle = (left + right) / 2
    sheet.write(middle, base + 32, "Respondents invited", text_anchor="middle", fill="soft")
    sheet.write(4, 10, "Chance to find the effect", fill="soft")


def ticks(last: float, width: float) -> list[float]:
    """Return round numbers from 0 to `last`, fewer on a narrow sheet."""
    wanted = max(3, int(width / 120))
    raw = last / wanted
    power = 10.0 ** (len(str(int(raw))) - 1) if raw >= 1 else 1.0
    step = next((power * k for k in (1, 2, 5) if power * k >= raw), power * 10)
    return [step * number for number in range(int(last // step) + 1)]
