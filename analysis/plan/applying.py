"""A plan held against answers and results: who is left out, and what was planned."""

from collections.abc import Iterable

import pandas as pd

from ..blocks import POOLED
from ..design import Design
from ..multiplicity import Family
from ..values import written
from .planning import Plan


def exclude(frame: pd.DataFrame, plan: Plan) -> tuple[pd.DataFrame, list[str]]:
    """Leave out whom the plan leaves out; says of each rule how many that were, also if none."""
    told = []
    for rule in plan.exclusions:
        if rule.column not in frame.columns:
            told.append(
                f"The plan excludes by “{rule.column}”, which these answers do not have; "
                "nobody was left out by it."
            )
            continue
        out = frame[rule.column].map(written).isin(rule.values)
        frame = frame[~out]
        told.append(f"{int(out.sum()):,} left out as planned: {rule.reason or rule.column}.")
    return frame, told


def families_of(plan: Plan, design: Design) -> list[Family]:
    """The plan's families as far as the answers have their outcomes; see `Plan.families`."""
    asked = {o.key for o in design.outcomes if o.can_respond}
    if not plan.families:
        members = [
            (POOLED, key, plan.primary_contrast) for key in plan.primary_outcomes if key in asked
        ]
        return [Family("primary", tuple(members))] if members else []
    found = []
    for family in plan.families:
        every = tuple(
            (area, key, contrast)
            for contrast in family.contrasts
            for key in family.outcomes
            for area in family.areas
            if key in asked
        )
        if every:
            found.append(Family(family.name, every))
    return found


def smallest_effects(plan: Plan) -> dict[str, float]:
    """The planned smallest effect of interest by outcome."""
    return {o.key: o.sesoi for o in plan.outcomes if o.sesoi is not None}


def with_planned(found: pd.DataFrame, plan: Plan | None, further: str = "") -> pd.DataFrame:
    """Fill `planned`: whether outcome, contrast and area (and a further analysis) are planned.

    None without a frozen plan: then nothing can be said to be planned, and all is exploratory.
    """
    if plan is None:
        return found.assign(planned=None)
    announced = not further or further in plan.further
    keys = zip(found["area"], found["outcome"], found["contrast"], strict=True)
    return found.assign(planned=[announced and _holds(plan, key) for key in keys])


def _holds(plan: Plan, key: Iterable[str]) -> bool:
    area, outcome, contrast = key
    places = {POOLED, *plan.areas}
    return area in places and contrast in plan.contrasts and plan.outcome(outcome) is not None
