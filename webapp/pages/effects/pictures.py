"""The effects as pictures: one a unit, since differences of unlike units share no axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for

from linkage import areas

from ...current import study
from ...drawn import Drawn
from .page import Page, axis_title

if TYPE_CHECKING:
    import pandas as pd

WIDTHS = {"wide": 760, "narrow": 320}
MOST_DRAWN = 120  # of more rows, only those pooled are drawn


def draw_charts(page: Page) -> list[dict[str, Drawn | str]]:
    """Draw the effects for a wide and for a narrow page; each figure opens its answers."""
    from linkage.charts import effects_chart

    linked = drawable(page)
    named = {row["key"] for row in areas.areas(study().db)}
    place = {"wave": page.wave["key"]}
    linked["href"] = [
        url_for("responses.table", **place, outcome=row["outcome"], area=row["area"]
                if row["area"] in named else None)
        for row in linked.to_dict("records")
    ]  # fmt: skip
    return [
        {
            "unit": axis_title(str(scale)),
            **{
                name: Drawn(effects_chart(part, width=width, axis_title=axis_title(str(scale))))
                for name, width in WIDTHS.items()
            },
        }
        for scale, part in linked.groupby("scale", sort=False)
    ]


def drawable(page: Page) -> pd.DataFrame:
    """The rows that a picture can show, with their headings where there are several outcomes."""
    rows = page.rows[page.rows["estimate"].notna()].copy()
    if len(rows) > MOST_DRAWN:
        rows = rows[rows["area"] == "pooled"].head(MOST_DRAWN)
    if rows["outcome"].nunique() == 1:
        rows["heading"] = ""
    one_place = rows["area"].nunique() == 1
    if one_place and rows["outcome"].nunique() > 1 and rows["contrast"].nunique() == 1:
        rows["label"], rows["heading"] = rows["outcome"].map(page.outcome_names), ""
    elif one_place and rows["contrast"].nunique() > 1:
        rows["label"] = rows["contrast"]
    return rows
