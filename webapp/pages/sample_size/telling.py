"""What the page of the sample size says and draws of an experiment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from linkage.sample_size import Experiment

from ...display import number, plural
from ...numbers import plain_rows

if TYPE_CHECKING:
    from linkage.pictures import Sheet

Row = dict[str, Any]


def svg(sheet: Sheet) -> str:
    """Return the markup of a sheet for a page."""
    from linkage.pictures import page_svg

    return page_svg(sheet)


def draw_curve(view: Experiment, width: int) -> Sheet:
    """Draw power against the number invited."""
    from linkage.pictures import draw_power

    lines = [{**line, "name": names_of(line["contrasts"])} for line in view.curve()]
    now = sum(area.n for area in view.expected.values())
    label = (
        f"Chance to find an effect of {view.effect:g} by respondents invited. "
        + "; ".join(f"{line['name']}: {_at(line, now):.0%} with {now:,.0f}" for line in lines)
    )  # fmt: skip
    return draw_power(lines, label, wanted=view.power, now=now, width=width)


def _at(line: Row, now: float) -> float:
    """The power of a line where the present number lies on it."""
    return float(min(line["points"], key=lambda point: abs(point[0] - now))[1])


def single_areas(view: Experiment) -> list[tuple[str, Row, dict[str, Row]]]:
    """List each area alone: its name, a row of its numbers, and its rows by contrast."""
    rows = plain_rows(view.by_area())
    found = []
    for key in view.expected:
        own = {row["contrast"]: row for row in rows if row["area"] == key}
        found.append((view.labels.get(key, key), next(iter(own.values())), own))
    return found


def names_of(names: list[str]) -> str:
    """Name contrasts that are equally precise."""
    if len(names) <= 2:
        return " and ".join(names)
    return f"{names[0]}, and {len(names) - 1} others as precise"


def said(view: Experiment) -> str:
    """Say in a sentence what is expected."""
    invited = sum(area.n for area in view.expected.values())
    answers = sum(area.n * area.response for area in view.expected.values())
    one = next(iter(view.expected.values()))
    spread = f"SD {one.sd:g}" if one.rate is None else f"{one.rate:.0%} without a nudge"
    clusters = f", clusters of {one.cluster_size:g} with correlation {one.icc:g}" if one.icc else ""
    return (
        f"{number(invited)} invited and {number(answers)} answers expected in "
        f"{plural(len(view.expected), 'area')}, {len(view.arms)} equal arms, {spread}{clusters}; "
        f"effect {view.effect:g}, level {view.alpha:.2g}, two-sided, unadjusted"
    )
