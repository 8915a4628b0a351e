"""Effects as dots and whiskers on one axis, with what could have been found drawn in."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from .axis import ticks
from .sheet import LETTER, Sheet, shorten

Row = dict[str, Any]
NARROW = 520
BOTTOM, HEAD, FIGURES = 46, 26, 244
# A nudge's contrasts share its colour, and each has a shape of its own.
SHAPES = {
    "A": ("circle", "up", "down"),
    "B": ("square", "cross", "right"),
    "both": ("diamond", "left", "plus"),
    "none": ("circle", "square", "diamond"),
}
# Corners about the middle, in half widths of the mark.
CORNERS = {
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "diamond": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
    "up": ((0, -1.2), (1.2, 1), (-1.2, 1)),
    "down": ((0, 1.2), (1.2, -1), (-1.2, -1)),
    "right": ((1.2, 0), (-1, 1.2), (-1, -1.2)),
    "left": ((-1.2, 0), (1, 1.2), (1, -1.2)),
    "cross": ((-1.2, -0.5), (-0.5, -1.2), (0, -0.6), (0.5, -1.2), (1.2, -0.5), (0.6, 0),
              (1.2, 0.5), (0.5, 1.2), (0, 0.6), (-0.5, 1.2), (-1.2, 0.5), (-0.6, 0)),
    "plus": ((-0.4, -1.2), (0.4, -1.2), (0.4, -0.4), (1.2, -0.4), (1.2, 0.4), (0.4, 0.4),
             (0.4, 1.2), (-0.4, 1.2), (-0.4, 0.4), (-1.2, 0.4), (-1.2, -0.4), (-0.4, -0.4)),
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Where things stand: names and figures go above their row where it is narrow."""

    width: float
    low: float
    high: float
    named: float  # how wide the names are

    @property
    def narrow(self) -> bool:
        return self.width < NARROW

    @property
    def left(self) -> float:
        return 14 if self.narrow else self.named

    @property
    def right(self) -> float:
        return 14 if self.narrow else FIGURES

    @property
    def step(self) -> int:
        return 46 if self.narrow else 26

    def x(self, value: float) -> float:
        plot = self.width - self.left - self.right
        return self.left + plot * (value - self.low) / (self.high - self.low)


def draw_effects(
    rows: Sequence[Row], label: str, *, width: float = 760, axis_title: str = ""
) -> Sheet:
    """Draw a row an effect.

    Parameters
    ----------
    rows : sequence of dict
        `label`, `contrast`, `nudge` (A, B, both or none), `estimate, ci_low, ci_high`, `figures`
        and `n`, both as written; and where there are any `heading` (above the first row that
        bears it), `href`, `mde` (a grey bar of effects too small to be found), `sesoi` (dashed
        lines either side of zero), `shrunken` (a hollow mark), `pooled` (set apart by a line).
    """
    ends = _ends(rows)
    names = min(300.0, max(110.0, 16 + LETTER * max(len(row["label"]) for row in rows)))
    room = width - 28 if width < NARROW else width - names - FIGURES
    scale = ticks(min(ends), max(ends), max(3, int(room / 56)))
    place = Place(width, min(scale[0], *ends), max(scale[-1], *ends), names)
    tops, height = _tops(rows, place)
    sheet = Sheet(width, height + BOTTOM, label)
    _axis(sheet, place, scale, height, axis_title)
    shapes = _shapes(rows)
    for row, top in zip(rows, tops, strict=True):
        if row.get("heading"):
            _heading(sheet, row["heading"], top - 11)
        _row(sheet, place, row, top, shapes[row["contrast"]])
    return sheet


def _heading(sheet: Sheet, text: str, y: float) -> None:
    """Write a heading on a strip of its own, so that no line strikes it out."""
    sheet.put("rect", x=0, y=y - 10, width=sheet.width, height=20, fill="card")
    sheet.write(4, y, shorten(text, sheet.width - 8), font_weight="bold")


def _ends(rows: Sequence[Row]) -> list[float]:
    ends = [row[name] for row in rows for name in ("estimate", "ci_low", "ci_high")]
    ends += [row["shrunken"] for row in rows if row.get("shrunken") is not None]
    ends += [sign * row["mde"] for row in rows if row.get("mde") for sign in (-1, 1)]
    known = [0.0, *(float(end) for end in ends if isfinite(end))]
    reach = max(map(abs, known))
    least = [row["sesoi"] for row in rows if row.get("sesoi") and row["sesoi"] <= 1.5 * reach]
    known += [sign * end for end in least for sign in (-1, 1)]
    return known if any(known) else [-1.0, 0.0, 1.0]


def _tops(rows: Sequence[Row], place: Place) -> tuple[list[float], float]:
    tops, y = [], 4.0
    for row in rows:
        y += HEAD if row.get("heading") else 0
        tops.append(y)
        y += place.step
    return tops, y + 4


def _axis(sheet: Sheet, place: Place, scale: list[float], height: float, title: str) -> None:
    for value in scale:
        x = place.x(value)
        if not place.narrow:
            sheet.put("line", x1=x, x2=x, y1=0, y2=height, stroke="rule", stroke_opacity=0.6)
        told = f"{value:g}".replace("-", "−")
        sheet.write(x, height + 12, told, text_anchor="middle", fill="soft")
    if not place.narrow:  # there it would strike out the texts
        zero = place.x(0)
        sheet.put("line", x1=zero, x2=zero, y1=0, y2=height, stroke="soft")
    middle = (place.left + place.width - place.right) / 2
    sheet.write(middle, height + 34, title, text_anchor="middle", fill="soft")


def _row(sheet: Sheet, place: Place, row: Row, top: float, shape: str) -> None:
    y = top + place.step * (0.7 if place.narrow else 0.5)
    if row.get("mde"):
        x, wide = place.x(-row["mde"]), place.x(row["mde"]) - place.x(-row["mde"])
        told = f"Effects within ± {row['mde']:.2g} would be found less than four times in five"
        sheet.put("rect", x=x, y=y - 7, width=wide, height=14, fill="soft", fill_opacity=0.14,
                  title=told)  # fmt: skip
    if place.narrow:
        zero = place.x(0)
        sheet.put("line", x1=zero, x2=zero, y1=y - 10, y2=y + 10, stroke="soft")
    for sign in (-1, 1) if row.get("sesoi") else ():
        x = place.x(sign * row["sesoi"])
        if place.left - 2 <= x <= place.width - place.right + 2:
            told = f"± {row['sesoi']:g}, the smallest effect of interest"
            sheet.put("line", x1=x, x2=x, y1=y - 12, y2=y + 12, stroke="ink",
                      stroke_dasharray="3 3", title=told)  # fmt: skip
    _whisker(sheet, place, row, y, shape)
    _texts(sheet, place, row, top + 11 if place.narrow else y)


def _whisker(sheet: Sheet, place: Place, row: Row, y: float, shape: str) -> None:
    colour = "no nudge" if row["nudge"] == "none" else row["nudge"]
    if isfinite(row["ci_low"]) and isfinite(row["ci_high"]):
        x1, x2 = place.x(row["ci_low"]), place.x(row["ci_high"])
        thick = 3 if row.get("pooled") else 2
        sheet.put("line", x1=x1, x2=x2, y1=y, y2=y, stroke=colour, stroke_width=thick,
                  stroke_linecap="round")  # fmt: skip
    near = row.get("shrunken")
    if near is not None and isfinite(near):
        told = f"Shrunken towards the areas’ mean: {near:+.2g}".replace("-", "−")
        sheet.put("circle", cx=place.x(near), cy=y + 7, r=3.5, fill="card", stroke=colour,
                  stroke_width=1.5, title=told)  # fmt: skip
    put_mark(sheet, shape, place.x(row["estimate"]), y, colour, 5.5 if row.get("pooled") else 4.5)


def put_mark(sheet: Sheet, shape: str, x: float, y: float, colour: str, half: float) -> None:
    """Put a mark of a shape in a colour at its middle."""
    if shape == "circle":
        sheet.put("circle", cx=x, cy=y, r=half, fill=colour)
        return
    corners = " ".join(f"{x + half * dx:.1f},{y + half * dy:.1f}" for dx, dy in CORNERS[shape])
    sheet.put("polygon", points=corners, fill=colour)


def _texts(sheet: Sheet, place: Place, row: Row, y: float) -> None:
    weight = {"font_weight": "bold"} if row.get("pooled") else {}
    sheet.write(
        4,
        y,
        shorten(row["label"], (place.width - 170) if place.narrow else place.named - 12),
        **weight,
    )
    if place.narrow:
        sheet.write(place.width - 4, y, row["figures"], text_anchor="end", **_link(row))
        return
    sheet.write(place.width - place.right + 16, y, row["figures"], **_link(row))
    sheet.write(place.width - 4, y, row["n"], text_anchor="end", fill="soft")


def _link(row: Row) -> Row:
    return {"href": row["href"]} if row.get("href") else {}


def _shapes(rows: Sequence[Row]) -> dict[str, str]:
    seen: dict[str, list[str]] = {}
    for row in rows:
        names = seen.setdefault(row["nudge"], [])
        if row["contrast"] not in names:
            names.append(row["contrast"])
    return {
        name: SHAPES[nudge][place % len(SHAPES[nudge])]
        for nudge, names in seen.items()
        for place, name in enumerate(names)
    }
