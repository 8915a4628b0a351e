"""A first draft of a plan: from what a wave asked, or from the areas and issues of the study."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from ..design import TWO_BY_TWO_ARMS, Outcome
from .planning import Plan, PlannedOutcome, contrasts_of

# Hours people are willing to give are what the nudges speak of: the study's main outcomes.
MAIN = ("hours_willing_with_others", "hours_willing_alone")
# Of the nine contrasts of the 2x2, those that each say something of their own about the nudges.
FIRST = 4


def draft_plan(
    areas: Sequence[str],
    issues: Sequence[str],
    outcomes: Iterable[Outcome] = (),
    arms: Sequence[str] = TWO_BY_TWO_ARMS,
    covariates: Sequence[str] = (),
    earlier: Plan | None = None,
) -> Plan:
    """Propose a plan; nothing of it is meant before a person has read it.

    Parameters
    ----------
    areas, issues : sequence of str
        Keys of the study.
    outcomes : iterable of Outcome
        What the wave asked; those that a nudge cannot have changed are left out. Without any, the
        main outcomes of each issue.
    covariates : sequence of str
        Columns asked before the nudge.
    earlier : Plan, optional
        Of an earlier wave: what it said of the same outcomes, and its rules, are kept.
    """
    asked = [o for o in outcomes if o.can_respond]
    planned = [_of(outcome) for outcome in asked] or _first(issues)
    plan = Plan(
        arms=arms,
        areas=areas,
        issues=issues,
        outcomes=_with_primary(planned),
        primary_contrast=contrasts_of(arms)[0].name,
        contrasts=_contrasts(arms),
        covariates=covariates,
    )
    return plan if earlier is None else _as_before(plan, earlier)


def _contrasts(arms: Sequence[str]) -> list[str]:
    names = [contrast.name for contrast in contrasts_of(arms)]
    return names[:FIRST] if tuple(arms) == TWO_BY_TWO_ARMS else names


def _first(issues: Sequence[str]) -> list[PlannedOutcome]:
    return [
        PlannedOutcome(f"{measure}_{issue}" if issue else measure, issue, measure, "hours")
        for issue in (issues or [""])
        for measure in MAIN
    ]


def _of(outcome: Outcome) -> PlannedOutcome:
    low, high = (0.0, 1.0) if outcome.scale == "binary" else (None, None)
    return PlannedOutcome(
        outcome.key, outcome.issue, outcome.measure, outcome.scale, low=low, high=high
    )


def _with_primary(outcomes: list[PlannedOutcome]) -> list[PlannedOutcome]:
    """Make the main measures primary; where none is asked, the first outcome of each issue."""
    first = {o.issue: o.key for o in reversed(outcomes)}
    chosen = {o.key for o in outcomes if o.measure in MAIN} or set(first.values())
    return [replace(o, primary=o.key in chosen) for o in outcomes]


def _as_before(plan: Plan, earlier: Plan) -> Plan:
    kept = {o.key: earlier.outcome(o.key) or o for o in plan.outcomes}
    outcomes = [replace(kept[o.key], scale=o.scale, issue=o.issue) for o in plan.outcomes]
    rules: dict[str, Any] = {"group_members": earlier.group_members, "further": earlier.further,
             "draws": earlier.draws, "exclusions": earlier.exclusions}  # fmt: skip
    if earlier.arms == plan.arms:
        rules |= {"primary_contrast": earlier.primary_contrast, "contrasts": earlier.contrasts}
    if not any(o.primary for o in outcomes):
        outcomes = list(plan.outcomes)
    return replace(plan, outcomes=outcomes, **rules)
