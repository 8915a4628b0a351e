"""How tables of effects are built, for their control on the way out and on some screens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from linkage.releasing import Shape

from ...released import for_eyes

if TYPE_CHECKING:
    import pandas as pd

    from analysis.design import Design

VALUES = (
    *("control_mean", "control_sd", "estimate", "std_error", "df", "ci_low", "ci_high", "p_value"),
    *("p_randomisation", "monte_carlo_error", "p_holm", "p_bh", "p_maxt", "std_effect", "mde_80"),
    *("p_equivalence", "shrunken", "shrunken_low", "shrunken_high", "smallest_cell", "n"),
)
CELL = ("area", "outcome", "contrast")


def shape_of(
    frame: pd.DataFrame, design: Design, wave: str, by: Sequence[str] = CELL, what: str = "effects"
) -> Shape:
    """The shape of an effects frame: a cell is an area, outcome and contrast."""
    values = [*(f"missing_{arm}" for arm in design.arms), *VALUES]
    return Shape(
        what=f"{what} of wave {wave}",
        by=tuple(by),
        counts=tuple(f"n_{arm}" for arm in design.arms),
        values=tuple(name for name in values if name in frame.columns),
        totals={"area": "pooled"},
        df="df",
    )


def seen(
    frame: pd.DataFrame, design: Design, wave: str, by: Sequence[str] = CELL, what: str = "effects"
) -> pd.DataFrame:
    """The rows as the signed-in person may see them; `note` says why one was suppressed."""
    if frame.empty:
        return frame.assign(suppressed="")
    told = for_eyes(frame, shape_of(frame, design, wave, by, what)).frame
    hidden = told["suppressed"] != ""
    return told.assign(note=told["note"].where(~hidden, "suppressed, " + told["suppressed"]))
