"""Which estimates of a wave are asked for: its answers, one outcome, one contrast, the places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from coding.checks import Row
from coding.errors import BadInput

from .. import areas
from ..waves import find_wave_id
from .analysed import Analysed, analysed

if TYPE_CHECKING:
    import pandas as pd

    from analysis.design import Contrast, Design, Outcome
    from analysis.further import Pair, Rules
    from analysis.plan import Plan

POOLED = "pooled"


@dataclass(frozen=True)
class Asked:
    """A choice, with the answers of everybody whom no exclusion of the plan leaves out.

    `frame` and `design` have with others less alone of every pair among their outcomes; `rules`
    say whether members of focus groups are left out of what is estimated.
    """

    wave: Row
    held: Analysed
    frame: pd.DataFrame
    design: Design
    outcome: Outcome
    contrast: Contrast
    areas: Mapping[str, str]
    pairs: list[Pair]
    rules: Rules
    labels: Mapping[float, str]

    @property
    def plan(self) -> Plan | None:
        return self.held.plan

    @property
    def pair(self) -> Pair | None:
        """The pair that the outcome is part of, if any."""
        return next((pair for pair in self.pairs if self.outcome.key in pair.keys), None)

    @property
    def places(self) -> dict[str, str]:
        """Names by key of the areas that answered, and all together where there are several."""
        there = set(self.frame[self.design.area].dropna().astype(str))
        named = {key: name for key, name in self.areas.items() if key in there}
        named |= {key: key for key in sorted(there - set(named))}
        return {POOLED: "Pooled over areas", **named} if len(named) > 1 else named

    @property
    def outcomes(self) -> list[Outcome]:
        return [o for o in self.design.outcomes if o.can_respond]


def choose(
    db: Database,
    wave_key: str | None = None,
    outcome: str | None = None,
    contrast: str | None = None,
) -> Asked:
    """Choose what is asked for; the plan's primary outcome and contrast where nothing is.

    Raises
    ------
    BadInput
        The wave has no answers, or there is no such outcome or contrast.
    """
    from analysis.further import acting_pairs, with_differences

    wave_id = find_wave_id(db, wave_key)
    held = analysed(db, wave_id, "include")
    frame, design = with_differences(held.frame, held.design)
    known = {o.key: o for o in design.outcomes if o.can_respond}
    if not known:
        raise BadInput(
            "This wave has no outcome that a nudge can have changed: "
            "each was asked before it, or is about the past."
        )
    one = _one("outcome", known, outcome or held.primary_outcomes[0])
    weighed = _one(
        "contrast", {c.name: c for c in design.contrasts()}, contrast or held.primary_contrast.name
    )
    return Asked(
        wave=dict(db.table("wave").get(wave_id)),
        held=held,
        frame=frame,
        design=design,
        outcome=one,
        contrast=weighed,
        areas={row["key"]: row["name"] for row in areas.areas(db)},
        pairs=acting_pairs(held.design),
        rules=replace(_rules(db, wave_id, held, one), silent=_silent(db, wave_id, held.design)),
        labels=_labels(db, wave_id, one.key),
    )


def _rules(db: Database, wave_id: int, held: Analysed, outcome: Outcome) -> Rules:
    """What the plan says of the outcome; where it declares no range, what the mapping does."""
    from analysis.further import Rules

    plan = held.plan
    planned = plan.outcome(outcome.key) if plan else None
    limits = None
    if planned and planned.low is not None and planned.high is not None:
        limits = (planned.low, planned.high)
    limits = limits or _declared(db, wave_id, outcome.key)
    covariates = plan.covariates if plan and plan.covariates else None
    leave_out = bool(plan and plan.group_members == "exclude")
    return Rules(limits, planned.winsor if planned else None, covariates, leave_out)


def _silent(db: Database, wave_id: int, design: Design) -> tuple[tuple[Any, ...], ...] | None:
    """Count by area, arm and block who was allocated here and has no row among the answers."""
    from analysis.randomised import recorded_mechanism
    from analysis.responses import load_responses

    mechanism = recorded_mechanism(db, wave_id)
    if mechanism is None:
        return None
    answered = load_responses(db, wave_id)[0]["respondent"]
    gone = mechanism.frame[~mechanism.frame["respondent"].isin(answered)]
    cells = gone.groupby(["area", "arm", "block"], sort=True).size().reset_index(name="people")
    return tuple((*map(str, row[:-1]), int(row[-1])) for row in cells.to_numpy().tolist())


def _declared(db: Database, wave_id: int, key: str) -> tuple[float, float] | None:
    from analysis.mapping_toml import parse_mapping
    from analysis.responses import find_import

    found = find_import(db, wave_id)
    if found is None:
        return None
    for entry in parse_mapping(found["mapping"]).outcomes:
        low, high = entry.low, entry.high
        if entry.outcome.key == key and low is not None and high is not None:
            return float(low), float(high)
    return None


def _labels(db: Database, wave_id: int, key: str) -> dict[float, str]:
    """The words of an outcome's values, as far as the import kept them."""
    from analysis.responses import value_labels

    words = value_labels(db, wave_id).get(key, {})
    found = {}
    for value, label in words.items():
        try:
            found[float(value)] = str(label)
        except (TypeError, ValueError):
            continue
    return found


def _one(what: str, known: Mapping[str, Any], name: str) -> Any:
    if name not in known:
        raise BadInput(f"There is no {what} “{name[:80]}” here; there are: {', '.join(known)}.")
    return known[name]
