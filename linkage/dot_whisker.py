"""The specification of a dot-and-whisker chart: where each mark stands and what it looks like."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, Literal

import altair as alt
import pandas as pd

from .svg import INK, NUDGES, SOFT

# A nudge's contrasts share its colour, and each has a shape of its own.
SHAPES = {
    "A": ("circle", "triangle-up", "triangle-down"),
    "B": ("square", "cross", "triangle-right"),
    "both": ("diamond", "triangle-left", "cross"),
    "none": ("stroke", "circle", "square"),
}
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"
NARROW = 520
ZERO_REACH = 11  # above a whisker, up to where its texts end


@dataclass(frozen=True)
class Layout:
    """Where things stand, in pixels: names and figures go above their row where it is narrow."""

    width: int
    headed: bool  # whether each area is a heading and its rows bear the contrasts' names

    @property
    def narrow(self) -> bool:
        return self.width < NARROW

    @property
    def padding(self) -> dict[str, int]:
        left, right = (14, 14) if self.narrow else (150, 244)
        return {"left": left, "right": right, "top": 6, "bottom": 48}

    @property
    def plot(self) -> int:
        return self.width - self.padding["left"] - self.padding["right"]

    def stand(self, rows: pd.DataFrame) -> tuple[pd.DataFrame, int]:
        """Give each row its height on the page, areas a little apart; return the whole height."""
        step, gap = (44, 8) if self.narrow else (24, 6)
        gap += 24 * self.headed
        first = rows["heading"] != "" if self.headed else rows["label"] != ""
        above = pd.Series(range(len(rows)), index=rows.index) * step + first.cumsum() * gap
        middle = above + step * (0.68 if self.narrow else 0.5)
        placed = rows.assign(
            y=middle, y_text=above + 10, y_zero_from=middle - ZERO_REACH, y_zero_to=above + step,
            y_heading=above - 10,
        )  # fmt: skip
        return placed, int(above.iloc[-1] + step + 6)


def specify(rows: pd.DataFrame, width: int, axis_title: str) -> dict[str, Any]:
    """Build the chart of `rows` (as `charts` makes them) at a total width."""
    contrasts = rows[["contrast", "nudge"]].drop_duplicates()
    place = Layout(width, len(contrasts) > 1 and list(rows["area"]) != list(rows["contrast"]))
    if place.headed:
        rows = rows.assign(heading=rows["label"], label=rows["contrast"])
    placed, height = place.stand(rows)
    y = _y("y", height)
    colour = _colour(contrasts)
    whisker = alt.Chart().mark_rule(strokeWidth=2, strokeCap="round")
    dot = alt.Chart().mark_point(filled=True, size=90, opacity=1)
    layers = [
        _zero(place, height),
        whisker.encode(x=_x(rows, place, axis_title), x2="ci_high:Q", y=y, color=colour),
        dot.encode(x="estimate:Q", y=y, color=colour, shape=_shape(contrasts)),
        *_texts(place, height, "href" in rows),
    ]
    chart = (
        alt.layer(*layers, data=placed)
        .properties(width=place.plot, height=height, background="transparent")
        .properties(autosize="none", padding=place.padding)
        .configure(font=FONT)
        .configure_view(stroke=None)
    )
    # Validation takes longer than the drawing; the tests draw every form of this chart.
    spec: dict[str, Any] = chart.to_dict(validate=False)
    return spec


def _x(rows: pd.DataFrame, place: Layout, axis_title: str) -> alt.X:
    ends = [0.0, *rows[["estimate", "ci_low", "ci_high"]].stack().dropna()]
    low, high = (min(ends), max(ends)) if any(ends) else (-1, 1)
    axis = alt.Axis(
        title=axis_title or None, titleColor=SOFT, titleFontSize=12, titleFontWeight="normal",
        titlePadding=8, titleLimit=place.width - 20, format="~g", labelFontSize=12,
        labelColor=SOFT, labelPadding=6, labelOverlap=True, labelFlush=False,
        tickCount=max(3, place.plot // 60),
        grid=not place.narrow, gridColor=SOFT, gridOpacity=0.15, domain=False, ticks=False,
    )  # fmt: skip
    return alt.X("ci_low:Q", axis=axis, scale=alt.Scale(domain=[low, high], nice=True))


def _zero(place: Layout, height: int) -> alt.Chart:
    """Draw the zero line; where texts stand above the whiskers it must not strike them out."""
    line = alt.Chart().mark_rule(color=SOFT)
    if not place.narrow:
        whole: alt.Chart = line.encode(x=alt.datum(0))
        return whole
    short: alt.Chart = line.encode(
        x=alt.datum(0), y=_y("y_zero_from", height), y2=alt.Y2("y_zero_to")
    )
    return short


def _y(field: str, height: int) -> alt.Y:
    scale = alt.Scale(domain=[0, height], reverse=True, nice=False, zero=False)
    return alt.Y(f"{field}:Q", axis=None, scale=scale)


def _texts(place: Layout, height: int, linked: bool) -> list[alt.Chart]:
    left, right = place.padding["left"], place.padding["right"]
    y = _y("y_text" if place.narrow else "y", height)
    if place.narrow:
        label = _text("label", 4 - left, INK, y)
        figures = _text("figures", place.plot + right - 4, INK, y, align="right")
        others = []
    else:
        label = _text("label", 4 - left, INK, y, limit=left - 20)
        figures = _text("figures", place.plot + 16, INK, y)
        others = [_text("n", place.plot + right - 4, SOFT, y, align="right")]
    if place.headed:
        others.append(_text("heading", 4 - left, INK, _y("y_heading", height), weight="bold"))
    return [label, figures.encode(href="href:N") if linked else figures, *others]


def _text(
    field: str, x: int, colour: str, y: alt.Y, align: Literal["left", "right"] = "left",
    limit: int = 240, weight: Literal["normal", "bold"] = "normal",
) -> alt.Chart:  # fmt: skip
    mark = alt.Chart().mark_text(
        align=align, baseline="middle", fontSize=12, limit=limit, color=colour, fontWeight=weight
    )
    chart: alt.Chart = mark.encode(x=alt.value(x), y=y, text=f"{field}:N")
    return chart


def _colour(contrasts: pd.DataFrame) -> alt.Color:
    scale = alt.Scale(
        domain=contrasts["contrast"].to_list(), range=[NUDGES[n] for n in contrasts["nudge"]]
    )
    return alt.Color("contrast:N", scale=scale, legend=None)


def _shape(contrasts: pd.DataFrame) -> alt.Shape:
    seen: Counter[str] = Counter()
    shapes = []
    for nudge in contrasts["nudge"]:
        shapes.append(SHAPES[nudge][seen[nudge] % len(SHAPES[nudge])])
        seen[nudge] += 1
    scale = alt.Scale(domain=contrasts["contrast"].to_list(), range=shapes)
    return alt.Shape("contrast:N", scale=scale, legend=None)
