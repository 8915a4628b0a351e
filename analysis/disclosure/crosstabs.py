"""Suppression of a table of counts that stands by itself."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ..errors import BadInput
from .protecting import Cells, protect
from .relations import as_matrix, totals_of

TOTALS = {"all", "total", "totals", "sum", "pooled", "grand total", "margin"}
TOTAL_COST = 25.0  # a total is worth as much as many of its parts
_ALL = object()  # the label of a total


def suppress(table: pd.DataFrame, threshold: int = 10, *, zeros: bool = True) -> pd.DataFrame:
    """Empty the cells that count too few respondents, and those that would give them back.

    Parameters
    ----------
    table : DataFrame
        Whole numbers of respondents, rows by columns, with or without totals: a row or column
        named “All”, “Total” or the like. NaN: there can be nobody, which stays so.
    threshold : int
        Counts below are emptied.
    zeros : bool
        Whether 0 is too few as well, as in acro: that nobody in an area said yes tells something of
        everybody there. Where nobody *can* be in a cell, make it NaN or say False.

    Returns
    -------
    DataFrame
        The same table with NaN in suppressed cells; ``attrs["notes"]`` says how many and why.

    Raises
    ------
    BadInput
        The table holds something that is no count, or the threshold is not at least 1.

    Notes
    -----
    Whoever knows the totals, non-negativity and every cell that is left can narrow down no emptied
    cell to a range narrower than the threshold. A table without totals is protected as it would be
    with them, since they usually stand elsewhere. Which emptied cell is of either kind is not told:
    it would narrow the range again.
    """
    counts = _counts(table)
    if not isinstance(threshold, int | np.integer) or threshold < 1:
        raise BadInput("The threshold is a whole number of respondents, 1 or more.")
    whole = _complete(table, counts)
    few = (whole.counts < threshold) & ((whole.counts > 0) | zeros) & ~whole.empty
    fixed = whole.empty | ((whole.counts == 0) & (not zeros))
    hidden, _ = protect(Cells(whole.counts, whole.relations, whole.cost, fixed), few, threshold)
    mask = whole.own(hidden, *counts.shape)
    found = table.mask(pd.DataFrame(mask, table.index, table.columns))
    found.attrs["notes"] = _notes(int(mask.sum()), int((~np.isnan(counts)).sum()), threshold)
    return found


def _notes(hidden: int, of: int, threshold: int) -> list[str]:
    if not hidden:
        return []
    return [
        f"{hidden:,} of {of:,} cells are suppressed: they count fewer than {threshold} respondents,"
        " or would give such a cell back together with the others."
    ]


def _counts(table: pd.DataFrame) -> Any:
    try:
        counts = table.to_numpy(dtype=float, na_value=np.nan)
    except (TypeError, ValueError) as error:
        raise BadInput("A table to suppress must hold counts only.") from error
    known = counts[~np.isnan(counts)]
    if (known < 0).any() or (known != np.round(known)).any() or np.isinf(known).any():
        raise BadInput("A table to suppress must hold whole numbers of respondents, 0 or more.")
    return counts


@dataclass(frozen=True)
class _Whole:
    """A table with all its totals, end to end; `own` cuts out what the given table has."""

    counts: Any
    relations: Any
    cost: Any
    empty: Any
    shape: tuple[int, int]

    def own(self, hidden: Any, rows: int, columns: int) -> Any:
        return hidden.reshape(self.shape)[:rows, :columns]


def _complete(table: pd.DataFrame, counts: Any) -> _Whole:
    """Add the totals that a table lacks behind its rows and columns."""
    row, column = _total(table.index, counts), _total(table.columns, counts.T)
    if row is None and len(counts) > 1:
        row, counts = len(counts), np.vstack([counts, np.nansum(counts, axis=0)])
    if column is None and counts.shape[1] > 1:
        column = counts.shape[1]
        counts = np.column_stack([counts, np.nansum(counts, axis=1)])
    down: list[Hashable] = [_ALL if i == row else i for i in range(counts.shape[0])]
    across: list[Hashable] = [_ALL if j == column else j for j in range(counts.shape[1])]
    cells = [(i, j) for i in down for j in across]
    flat = np.nan_to_num(counts).ravel()
    levels = np.array([sum(label is _ALL for label in cell) for cell in cells])
    return _Whole(
        flat,
        as_matrix(totals_of(cells, {0: _ALL, 1: _ALL}), len(cells)),
        (1 + np.log1p(flat)) * TOTAL_COST**levels,
        np.isnan(counts).ravel(),
        counts.shape,
    )


def _total(labels: pd.Index, counts: Any) -> int | None:
    """Find the total among the rows: by its name, or as the last one that all others add up to."""
    for place, label in enumerate(labels):
        first = label[0] if isinstance(label, tuple) else label
        if str(first).strip().casefold() in TOTALS and len(labels) > 1:
            return place
    last = len(labels) - 1
    if last > 1 and counts.shape[1] > 1 and (counts[:last].sum(axis=0) == counts[last]).all():
        return last
    return None
