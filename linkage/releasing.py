"""Disclosure control: what a table may say when it leaves the study."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlite_utils import Database

if TYPE_CHECKING:
    import pandas as pd

THRESHOLD = 10


@dataclass(frozen=True)
class Shape:
    """How a tidy table of respondents is built, so that it can be controlled.

    Parameters
    ----------
    what : str
        What the table is, such as “effects”: tables of the same kind are compared with each other.
    by : sequence of str
        The columns whose values name a cell.
    counts : sequence of str
        The columns that count respondents.
    values : sequence of str
        The columns that are emptied together with a count: shares, means, estimates.
    totals : mapping, optional
        Column of `by` → the label of its total, such as ``{"area": "pooled"}``.
    df : str, optional
        The column of residual degrees of freedom, where the values come from a model.
    """

    what: str
    by: tuple[str, ...]
    counts: tuple[str, ...]
    values: tuple[str, ...] = ()
    totals: Mapping[str, str] = field(default_factory=dict)
    df: str | None = None


@dataclass(frozen=True)
class Controlled:
    """A table that may leave, with a column `suppressed` of reasons, and sentences about it."""

    frame: pd.DataFrame
    notes: list[str]


def control(db: Database, frame: pd.DataFrame, shape: Shape) -> Controlled:
    """Suppress what could tell of single respondents."""
    few = (frame[list(shape.counts)].lt(THRESHOLD) & frame[list(shape.counts)].gt(0)).any(axis=1)
    told = frame.astype(dict.fromkeys((*shape.counts, *shape.values), object))
    told.loc[few, [*shape.counts, *shape.values]] = None
    told["suppressed"] = ["fewer than 10 respondents" if one else "" for one in few]
    notes = [f"{int(few.sum()):,} rows are suppressed: fewer than {THRESHOLD} respondents."]
    return Controlled(told, notes if few.any() else [])
