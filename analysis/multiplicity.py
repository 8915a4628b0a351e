"""Families of effects, and p-values adjusted within them: Holm, Benjamini–Hochberg, maxT."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from .arms import Floats
from .blocks import POOLED
from .design import Contrast, Outcome
from .errors import BadInput

KEYS = ("area", "outcome", "contrast")
ADJUSTED = ("p_holm", "p_bh", "p_maxt")


@dataclass(frozen=True)
class Family:
    """Effects whose errors count together, in every wave.

    Parameters
    ----------
    name : str
    members : sequence of (area, outcome, contrast)
        The area is ``"pooled"`` for the effect over areas; where a wave has one area, that is it.
    """

    name: str
    members: tuple[tuple[str, str, str], ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "members", tuple(tuple(member) for member in self.members))
        if len(set(self.members)) != len(self.members) or not self.members:
            raise BadInput(f"The family “{self.name}” must name effects, each once.")


def default_families(outcomes: Sequence[Outcome], contrasts: Sequence[Contrast]) -> list[Family]:
    """One family a contrast: its effects on all outcomes, pooled over areas."""
    return [
        Family(f"{contrast.name}, pooled", tuple((POOLED, o.key, contrast.name) for o in outcomes))
        for contrast in contrasts
    ]


def check_families(
    families: Sequence[Family],
    areas: Sequence[str],
    outcomes: Sequence[Outcome],
    contrasts: Sequence[Contrast],
) -> None:
    """Say which member of a family there is not, or which is in two."""
    known = [{POOLED, *areas}, {o.key for o in outcomes}, {c.name for c in contrasts}]
    taken: set[tuple[str, str, str]] = set()
    for family in families:
        for member in family.members:
            for word, name, names in zip(KEYS, member, known, strict=True):
                if name not in names:
                    raise BadInput(
                        f"The family “{family.name}” names no {word} there is: “{name}”."
                    )
            if member in taken:
                raise BadInput(f"“{' / '.join(member)}” stands in two families; one is enough.")
            taken.add(member)


def adjust(p_values: Floats) -> tuple[Floats, Floats]:
    """Holm's and Benjamini–Hochberg's adjusted p-values; NaN stays NaN and counts for nothing.

    By hand: statsmodels' `multipletests` collects garbage on every call, 40 ms each.
    """
    there = np.flatnonzero(~np.isnan(p_values))
    order = there[np.argsort(p_values[there], kind="stable")]
    p, m = p_values[order], len(order)
    holm, bh = np.full((2, len(p_values)), np.nan)
    holm[order] = np.minimum(np.maximum.accumulate(p * np.arange(m, 0, -1)), 1)
    up = (p * m / np.arange(1, m + 1))[::-1]
    bh[order] = np.minimum(np.minimum.accumulate(up)[::-1], 1)
    return holm, bh


def in_families(found: pd.DataFrame, families: Sequence[Family]) -> pd.DataFrame:
    """Fill `family, p_holm, p_bh` of an effects frame, wave by wave, from its `p_value`."""
    found = found.assign(family="", p_holm=np.nan, p_bh=np.nan)
    for _, wave in found.groupby("wave", sort=False, dropna=False):
        one = wave["area"].nunique() == 1
        keys = list(zip(*(wave[key] for key in KEYS), strict=True))
        row_of: dict[Any, Any] = dict(zip(keys, wave.index, strict=True))
        for family in families:
            rows = [row_of.get(_here(m, wave["area"].iloc[0], one)) for m in family.members]
            rows = [row for row in rows if row is not None]
            holm, bh = adjust(found.loc[rows, "p_value"].to_numpy(dtype=np.float64))
            found.loc[rows, "family"] = family.name
            found.loc[rows, "p_holm"], found.loc[rows, "p_bh"] = holm, bh
    return found


def _here(member: tuple[str, str, str], only: str, one: bool) -> tuple[str, str, str]:
    return (only, *member[1:]) if one and member[0] == POOLED else member
