"""How a tidy table of respondents is built, so that it can be controlled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

# Columns that say what was asked or worked out, not whom of: cells of different questions are
# never compared, those that differ in the calculation only are the same respondents.
QUESTIONS = frozenset(
    {"wave", "issue", "outcome", "measure", "scale", "item", "items", "question", "key", "kind",
     "check"}
)  # fmt: skip
CALCULATIONS = frozenset(
    {"contrast", "estimator", "adjusted", "method", "term", "statistic", "model", "weighted"}
)
# A pair of columns such as covariate and level says one condition.
NAMES = ("covariate", "subgroup", "variable", "by", "split")
LEVELS = ("level", "group", "category", "value")
HARMLESS_ZEROS = frozenset({"flagged", "left_out"})


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
    fixed : mapping, optional
        What holds of every row though no column says it: the wave, filters, who is left out.
    missing : sequence of str, optional
        Counts of those who did not answer; columns named missing or missing_… are taken as such.
        Few of them are hidden, but hide nothing else.
    shares : mapping, optional
        Column of a share from 0 to 1 → the count it is a share of: it tells two counts.
    zeros : sequence of str, optional
        Counts whose 0 tells nothing of anybody and may be shown, such as that of faulty answers.
    dominated : str, optional
        A column of booleans, whether one or two respondents give most of the row's hours
        (`dominated`); it is taken out.
    prepare : callable, optional
        Adds columns to the frame by which `by` tells apart whom rows count; they begin with an
        underscore and are taken out again.
    """

    what: str
    by: tuple[str, ...]
    counts: tuple[str, ...]
    values: tuple[str, ...] = ()
    totals: Mapping[str, str] = field(default_factory=dict)
    df: str | None = None
    fixed: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    shares: Mapping[str, str] = field(default_factory=dict)
    dominated: str | None = None
    zeros: tuple[str, ...] = ()
    prepare: Callable[[pd.DataFrame], pd.DataFrame] | None = None

    def may_be_zero(self, column: str) -> bool:
        """Say whether a 0 of this count may be shown."""
        return column in self.zeros or column in HARMLESS_ZEROS

    @property
    def questions(self) -> frozenset[str]:
        """Columns that say what was asked; which arms a contrast counts, where it does not say."""
        return QUESTIONS if self._counts_arms else QUESTIONS | {"contrast"}

    @property
    def calculations(self) -> frozenset[str]:
        """Columns whose values are different figures of the same respondents."""
        return CALCULATIONS if self._counts_arms else CALCULATIONS - {"contrast"}

    @property
    def _counts_arms(self) -> bool:
        return any(column.startswith("n_") for column in self.counts)

    def counts_missing(self, column: str) -> bool:
        """Say whether a count is of those who did not answer."""
        return column in self.missing or column.split("_")[0].split(" ")[0] == "missing"
