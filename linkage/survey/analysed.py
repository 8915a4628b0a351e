"""A wave's answers as its plan would have them analysed: the one way from answers to estimates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from ..plans import frozen_plan

if TYPE_CHECKING:
    import pandas as pd

    from analysis.design import Design
    from analysis.multiplicity import Family
    from analysis.plan import Plan


@dataclass(frozen=True)
class Analysed:
    """Answers, design, the frozen plan's row where there is one, and what was done to them."""

    frame: pd.DataFrame
    design: Design
    stored: dict[str, Any] | None
    notes: list[str]

    @property
    def plan(self) -> Plan | None:
        return self.stored["plan"] if self.stored else None

    @property
    def families(self) -> list[Family] | None:
        """The planned families; None leaves each contrast its own."""
        from analysis.plan.applying import families_of

        return families_of(self.plan, self.design) if self.plan else None

    @property
    def smallest_effects(self) -> dict[str, float]:
        from analysis.plan.applying import smallest_effects

        return smallest_effects(self.plan) if self.plan else {}


def analysed(db: Database, wave_id: int) -> Analysed:
    """Return a wave's answers without those whom the plan leaves out.

    Raises BadInput where the wave has no answers.
    """
    from analysis.plan.applying import exclude
    from analysis.responses import load_responses

    frame, design = load_responses(db, wave_id)
    stored = frozen_plan(db, wave_id)
    if stored is None:
        return Analysed(frame, design, None, [])
    frame, notes = exclude(frame, stored["plan"])
    return Analysed(frame.reset_index(drop=True), design, stored, notes)
