"""What stands beside a wave's effects: shrunken, weighted, subgroups, without group members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from coding.errors import BadInput

from .analysed import MEMBER, Analysed

if TYPE_CHECKING:
    import pandas as pd

    from analysis.design import Contrast, Design

SHRUNKEN = ["shrunken", "shrunken_low", "shrunken_high"]
_KEYS = ["area", "outcome", "contrast"]


def with_shrunken(found: pd.DataFrame) -> pd.DataFrame:
    """Add the areas' shrunken effects to an effects frame; empty where fewer than two have any.

    For display only (`analysis.pooling.shrink`).
    """
    from analysis.pooling import shrink

    near = shrink(found)[[*_KEYS, *SHRUNKEN]]
    return found.merge(near, on=_KEYS, how="left").set_axis(found.index)


def area_differences(found: pd.DataFrame) -> pd.DataFrame:
    """Measure how the effects of an effects frame differ between areas."""
    from analysis.pooling import heterogeneity

    return heterogeneity(found)


def weighted(
    held: Analysed, outcomes: Sequence[str] | None = None, contrasts: Sequence[str] | None = None
) -> pd.DataFrame:
    """Estimate the effects with the survey weight, in the columns of the effects frame.

    Raises BadInput where the answers have no weight.
    """
    from analysis.effects import weighted_effects
    from analysis.plan.applying import with_planned

    design, weighed = narrowed(held.design, outcomes, contrasts)
    found = weighted_effects(held.frame, design, weighed)
    return with_planned(found, held.plan, "weighted")


def subgroups(
    held: Analysed,
    column: str,
    outcomes: Sequence[str] | None = None,
    contrasts: Sequence[str] | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Estimate the effects among the respondents of each value of a covariate.

    Returns the effects with `subgroup`, `value` and `planned` (the plan names the covariate and
    holds the effect), and the tests of whether they differ, with `planned` too.
    """
    from analysis.effects import interaction_tests, subgroup_effects
    from analysis.plan.applying import with_planned

    check_subgroup(held, column)
    design, weighed = narrowed(held.design, outcomes, contrasts)
    found = with_planned(subgroup_effects(held.frame, design, column, weighed), held.plan)
    tests = with_planned(interaction_tests(found), held.plan)
    if held.plan is not None and column not in held.plan.subgroups:
        found, tests = found.assign(planned=False), tests.assign(planned=False)
    return found, tests


def subgroup_columns(held: Analysed) -> list[str]:
    """The covariates whose values can make subgroups, those that the plan names first."""
    planned = held.plan.subgroups if held.plan else ()
    known = [*planned, *held.design.covariates]
    return [name for name in dict.fromkeys(known) if name in held.frame.columns]


def check_subgroup(held: Analysed, column: str) -> None:
    """Refuse what is no covariate: subgroups are of what was asked before the nudge."""
    known = subgroup_columns(held)
    if column not in known:
        there = f"there are: {', '.join(known)}" if known else "the mapping names none"
        raise BadInput(f"There is no covariate “{column[:80]}” to make subgroups of; {there}.")


def without_members(held: Analysed) -> Analysed | None:
    """The same answers without those who sat in a focus group, or None where none are known."""
    if not held.has_members or held.members != "include":
        return None
    out = held.frame[MEMBER].fillna(False).astype(bool)
    frame = held.frame[~out].reset_index(drop=True)
    return replace(held, frame=frame, members="exclude")


def over_all_issues(held: Analysed, contrasts: Sequence[str] | None = None) -> pd.DataFrame:
    """Estimate the effects on each measure over all its issues, clustered by respondent.

    Raises BadInput where no measure is asked of two issues.
    """
    from analysis.effects import issue_pooled_effects

    design, weighed = narrowed(held.design, None, contrasts)
    found = issue_pooled_effects(held.frame, design, weighed)
    return found.assign(planned=None if held.plan is None else False)


def narrowed(
    design: Design, outcomes: Sequence[str] | None, contrasts: Sequence[str] | None
) -> tuple[Design, list[Contrast]]:
    """A design with only some outcomes, and only some of its contrasts."""
    kept = [o for o in design.outcomes if outcomes is None or o.key in outcomes]
    weighed = [c for c in design.contrasts() if contrasts is None or c.name in contrasts]
    return replace(design, outcomes=kept), weighed
