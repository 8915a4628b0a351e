"""Effects of a later wave among those who were in an earlier one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlite_utils import Database

from coding.checks import Row
from coding.errors import BadInput

from ..areas import waves
from ..waves import answered_waves
from .analysed import Analysed
from .beside import narrowed
from .panel import with_earlier

if TYPE_CHECKING:
    import pandas as pd


def earlier_waves(db: Database, wave_id: int) -> list[Row]:
    """List the answered waves before a wave, the latest last."""
    answered, rows = answered_waves(db), waves(db)
    place = next((i for i, row in enumerate(rows) if row["id"] == wave_id), 0)
    return [row for row in rows[:place] if row["id"] in answered]


def later_wave(
    db: Database,
    wave_id: int,
    held: Analysed,
    earlier: str,
    outcomes: Sequence[str] | None = None,
    contrasts: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Estimate a wave's effects blocked on an earlier wave's arm and adjusted for its answers.

    Parameters
    ----------
    earlier : str
        The key of the earlier wave. Answers are matched by outcome key.

    Returns
    -------
    DataFrame
        As `analysis.effects.later_effects`: unadjusted and adjusted, with `planned` (the plan
        holds the effect and announces covariate adjustment) and `in_both`, how many were in both.

    Raises
    ------
    BadInput
        The earlier wave is not before this one, has no answers, or shares no respondents.
    """
    from analysis.effects import later_effects
    from analysis.plan.applying import with_planned

    known = {row["key"]: row["id"] for row in earlier_waves(db, wave_id)}
    if earlier not in known:
        there = ", ".join(known) or "none"
        raise BadInput(
            f"There is no earlier wave “{earlier[:80]}” with answers; there are: {there}."
        )
    both = with_earlier(db, wave_id, known[earlier])
    columns = [name for name in both.columns if str(name).endswith(f"@{earlier}")]
    frame = held.frame.merge(both[["respondent", *columns]], on="respondent", how="left")
    arm = f"arm@{earlier}"
    if not frame[arm].notna().any():
        raise BadInput(f"Nobody of this wave was in wave {earlier}; the respondents’ ids differ.")
    design, weighed = narrowed(held.design, outcomes, contrasts)
    asked = {
        o.key: f"{o.key}@{earlier}" for o in design.outcomes if f"{o.key}@{earlier}" in columns
    }
    found = later_effects(frame, design, arm, asked, weighed)
    found = with_planned(found, held.plan, "covariate adjustment")
    return found.assign(in_both=int(frame[arm].notna().sum()))
