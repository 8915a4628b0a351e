"""A wave's answers as its plan would have them analysed: the one way from answers to estimates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from coding.errors import BadInput

from ..plans import frozen_plan

if TYPE_CHECKING:
    import pandas as pd

    from analysis.design import Contrast, Design
    from analysis.multiplicity import Family
    from analysis.plan import Plan

MEMBERS = ("include", "exclude")
MEMBER = "group_member"


@dataclass(frozen=True)
class Analysed:
    """Answers, design, the frozen plan's row where there is one, and what was done to them.

    `members` is how respondents who sat in a focus group are treated here; `has_members` whether
    any are known, before they were left out.
    """

    frame: pd.DataFrame
    design: Design
    stored: dict[str, Any] | None
    notes: list[str]
    members: str = "include"
    has_members: bool = False

    @property
    def plan(self) -> Plan | None:
        return self.stored["plan"] if self.stored else None

    @cached_property
    def families(self) -> list[Family] | None:
        """The planned families, as far as these answers have their members; None without a plan.

        An effect that stands in two families counts in the first.
        """
        from analysis.multiplicity import Family
        from analysis.plan.applying import families_of

        if self.plan is None:
            return None
        taken: set[tuple[str, str, str]] = set()
        found = []
        for family in families_of(self.plan, self.design):
            members = [m for m in family.members if self._is_here(m) and m not in taken]
            taken.update(members)
            if members:
                found.append(Family(family.name, tuple(members)))
        return found

    def _is_here(self, member: tuple[str, str, str]) -> bool:
        area, _, contrast = member
        return area in self._places and contrast in {c.name for c in self.design.contrasts()}

    @cached_property
    def _places(self) -> set[str]:
        from analysis.effects import POOLED

        return {POOLED, *self.frame[self.design.area].dropna().astype(str)}

    @property
    def smallest_effects(self) -> dict[str, float]:
        from analysis.plan.applying import smallest_effects

        return smallest_effects(self.plan) if self.plan else {}

    @property
    def primary_contrast(self) -> Contrast:
        """The plan's where these answers have it, else the design's first."""
        known = {c.name: c for c in self.design.contrasts()}
        planned = self.plan.primary_contrast if self.plan else ""
        return known.get(planned) or next(iter(known.values()))

    @property
    def primary_outcomes(self) -> list[str]:
        """Keys of the plan's primary outcomes that these answers have; the first one without."""
        keys = [o.key for o in self.design.outcomes if o.can_respond]
        planned = self.plan.primary_outcomes if self.plan else ()
        return [key for key in planned if key in keys] or keys[:1]


def analysed(db: Database, wave_id: int, members: str | None = None) -> Analysed:
    """Return a wave's answers without those whom the plan leaves out.

    Parameters
    ----------
    members : {'include', 'exclude'}, optional
        What happens to respondents who sat in a focus group; default: as planned, and where both
        are planned, or nothing is, they are included.

    Raises
    ------
    BadInput
        The wave has no answers, everybody is left out, or `members` is unknown.
    """
    from analysis.plan.applying import exclude
    from analysis.responses import load_responses

    frame, design = load_responses(db, wave_id)
    stored = frozen_plan(db, wave_id)
    notes: list[str] = []
    if stored is not None:
        frame, notes = exclude(frame, stored["plan"])
    treated = _treated(members, stored)
    known = MEMBER in frame.columns and bool(frame[MEMBER].fillna(False).any())
    if known and treated == "exclude":
        out = frame[MEMBER].fillna(False).astype(bool)
        frame = frame[~out]
        notes = [*notes, f"{int(out.sum()):,} who sat in a focus group are left out."]
    if frame.empty:
        raise BadInput("Everybody is left out by the plan, so there is nothing to estimate.")
    notes += list(_unlike(stored, design))
    return Analysed(frame.reset_index(drop=True), design, stored, notes, treated, known)


def _treated(members: str | None, stored: dict[str, Any] | None) -> str:
    if members is None:
        return "exclude" if stored and stored["plan"].group_members == "exclude" else "include"
    if members not in MEMBERS:
        raise BadInput(
            f"Respondents who sat in a focus group are {' or '.join(MEMBERS)}d, "
            f"not “{members[:20]}”."
        )
    return members


def _unlike(stored: dict[str, Any] | None, design: Design) -> Iterator[str]:
    """Say where the plan speaks of what the answers do not have."""
    if stored is None:
        return
    plan = stored["plan"]
    absent = sorted({o.key for o in plan.outcomes} - {o.key for o in design.outcomes})
    if absent:
        yield f"Planned outcomes that these answers do not have: {', '.join(absent)}."
    if tuple(plan.arms) != tuple(design.arms):
        yield (
            f"The plan’s arms ({', '.join(plan.arms)}) are not those of these answers "
            f"({', '.join(design.arms)}), so contrasts that only the plan has cannot be estimated."
        )
