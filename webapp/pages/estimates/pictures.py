"""The pictures of the estimates, from the rows that the tables show."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ...display import arm
from ...drawn import Drawn
from .view import View

if TYPE_CHECKING:
    from linkage.pictures import Sheet

Row = dict[str, Any]
WIDE, NARROW = 760, 330
PRIMARY = ("unadjusted", "clusters (CR2)", "mean difference", "mean hours", "difference")


def draw(view: View, what: str, width: int) -> Sheet | None:
    """Draw one table's picture at a width; None where it has none, or nothing to show."""
    if what not in PICTURES or not view.tables.get(what):
        return None
    return PICTURES[what](view, view.tables[what], width)


def charts(view: View) -> dict[str, dict[str, Drawn]]:
    """The pictures as markup, by table and width."""
    from linkage.pictures import page_svg

    found: dict[str, dict[str, Drawn]] = {}
    for what in view.tables:
        wide, narrow = draw(view, what, WIDE), draw(view, what, NARROW)
        if wide and narrow:
            found[what] = {"wide": Drawn(page_svg(wide)), "narrow": Drawn(page_svg(narrow))}
    return found


def _estimates(view: View, rows: list[Row], width: int) -> Sheet | None:
    from linkage.pictures import draw_estimates

    own = [{**row, "name": row["analysis"], "strong": row is view.primary} for row in rows]
    return _if_any(own, lambda: draw_estimates(own, _label(view), view.unit, width=width))


def _acting(view: View, rows: list[Row], width: int) -> Sheet | None:
    from linkage.pictures import draw_estimates

    names = view.asked.places
    own = [
        {**row, "name": row["analysis"], "strong": row["analysis"] == "difference"}
        | {"heading": names.get(row["area"], "Pooled over areas")}
        for row in rows
    ]
    return _if_any(own, lambda: draw_estimates(own, _label(view), view.unit, width=width))


def _stacked(view: View, rows: list[Row], width: int) -> Sheet:
    from linkage.pictures import draw_stacked

    own = [{**row, "arm": arm(row["arm"])} for row in rows]
    return draw_stacked(own, f"Answers by arm. {_label(view)}", width=width)


def _hours(view: View, rows: list[Row], width: int) -> Sheet:
    from linkage.pictures import draw_hours

    own = [{**row, "arm": arm(row["arm"])} for row in rows]
    means = {arm(row["arm"]): row["mean"] for row in view.tables["means"]}
    return draw_hours(own, means, f"Hours by arm. {_label(view)}", width=width)


def _if_any(rows: list[Row], draw_them: Callable[[], Sheet]) -> Sheet | None:
    there = any(row["estimate"] is not None or row["lower"] is not None for row in rows)
    return draw_them() if there else None


def _label(view: View) -> str:
    return f"{view.outcome_words}, {view.asked.contrast.name}, {view.place_name}"


PICTURES: dict[str, Callable[[View, list[Row], int], Sheet | None]] = {
    "sensitivity": _estimates,
    "balance-of-acting": _acting,
    "shares": _stacked,
    "hours-distribution": _hours,
}
