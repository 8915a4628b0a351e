"""Where a plan and its wave do not fit: told before the plan is frozen, and beside results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Database

from ..areas import areas

if TYPE_CHECKING:
    from analysis.plan import Plan


def misfits(db: Database, wave_id: int, plan: Plan) -> list[str]:
    """Say in sentences what the plan names that the study or the wave does not have."""
    from analysis.stored_design import asked_of

    told = []
    unknown = [key for key in plan.areas if key not in {row["key"] for row in areas(db)}]
    if unknown:
        told.append(f"The study has no area {_named(unknown)}.")
    asked = asked_of(db, wave_id)
    if asked is None:
        return told
    if asked.arms != tuple(plan.arms):
        told.append(
            f"The plan’s arms are {', '.join(plan.arms)}; the wave has {', '.join(asked.arms)}."
        )
    return told + _columns(plan, asked) if asked.outcomes else told


def columns_of(db: Database, wave_id: int) -> list[str]:
    """List the columns of a wave's answers that a plan may name beside its outcomes."""
    from analysis.stored_design import asked_of

    asked = asked_of(db, wave_id)
    if asked is None:
        return []
    before = {o.key for o in asked.outcomes if not o.can_respond}
    after = {o.key for o in asked.outcomes if o.can_respond}
    fixed = {"respondent", "area", "arm", "weight"}
    return sorted((asked.columns - fixed - after) | before)


def _columns(plan: Plan, asked: object) -> list[str]:
    from analysis.stored_design import Asked

    assert isinstance(asked, Asked)
    known = {o.key: o for o in asked.outcomes}
    told = []
    absent = [o.key for o in plan.outcomes if o.key not in known]
    if absent:
        told.append(f"The answers have no outcome {_named(absent)}.")
    past = [o.key for o in plan.outcomes if o.key in known and not known[o.key].can_respond]
    if past:
        told.append(
            f"Asked before the nudge, or about the past, so no nudge can have changed it: "
            f"{_named(past)}."
        )
    other = [o.key for o in plan.outcomes if o.key in known and known[o.key].scale != o.scale]
    if other:
        told.append(f"Of another scale in the answers: {_named(other)}.")
    used = [*plan.covariates, *plan.subgroups, *(rule.column for rule in plan.exclusions)]
    lacking = [name for name in dict.fromkeys(used) if name not in asked.columns]
    if lacking:
        told.append(f"The answers have no column {_named(lacking)}.")
    return told


def _named(names: list[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
