"""The joint display as it may leave: its effects are respondents' numbers, its talk is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linkage.releasing import Controlled, Shape

if TYPE_CHECKING:
    import pandas as pd

PLACE = ("area", "outcome", "contrast")
NUMBERS = ("estimate", "std_error", "ci_low", "ci_high", "p_value", "df", "mde_80", "smallest_cell")


def effects_of(display: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of a joint display that tell of respondents."""
    return display[[c for c in (*PLACE, "n", *NUMBERS) if c in display]]


def shape_of(wave: str) -> Shape:
    return Shape("joint display", PLACE, ("n",), NUMBERS, df="df", fixed={"wave": wave})


def with_effects(display: pd.DataFrame, controlled: Controlled) -> pd.DataFrame:
    """Put the controlled effects back beside the talk, and why some are suppressed."""
    told = controlled.marked.set_axis(display.index)
    return display.assign(**{str(column): told[column] for column in told})
