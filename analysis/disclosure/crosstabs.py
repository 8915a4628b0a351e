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
_WHOLE = object()  # the total of a dimension whose table has none


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
    cell to a range narrower than the threshold. A table without totals is protected as though
    those of at least the threshold were known, since they usually stand elsewhere. Which emptied
    cell is of either kind is not told: it would narrow the range again.
    """
    counts = _counts(table)
    if not isinstance(threshold, int | np.integer) or threshold < 1:
        raise BadInput("The threshold is a whole number of respondents, 1 or more.")
    flat = _flatten(table, counts)
    few = (flat.counts < threshold) & ((flat.counts > 0) | zeros) & ~flat.empty
    fixed = flat.empty | ((flat.counts == 0) & (not zeros))
    hidden, _ = protect(Cells(flat.counts, flat.relations, flat.cost, fixed), few, threshold)
    shape = counts.shape
    mask = hidden[: counts.size].reshape(shape)
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
class _Flat:
    counts: Any
    relations: Any
    cost: Any
    empty: Any


def _flatten(table: pd.DataFrame, counts: Any) -> _Flat:
    """Lay the cells end to end, with the totals that the table lacks behind them."""
    rows, columns = counts.shape
    total_row, total_column = _total(table.index, counts), _total(table.columns, counts.T)
    down: list[Hashable] = [_WHOLE if i == total_row else i for i in range(rows)]
    across: list[Hashable] = [_WHOLE if j == total_column else j for j in range(columns)]
    cells = [(i, j) for i in down for j in across]
    values = np.nan_to_num(counts).ravel().tolist()
    by_cell = dict(zip(cells, values, strict=True))
    lacking_rows = [_WHOLE] if total_row is None and rows > 1 else []
    lacking_columns = [_WHOLE] if total_column is None and columns > 1 else []
    parts_of_row = [j for j in across if j is not _WHOLE]
    parts_of_column = [i for i in down if i is not _WHOLE]
    for i in [*down, *lacking_rows]:
        for j in [*across, *lacking_columns]:
            if (i, j) not in by_cell:
                rows_of = parts_of_column if i is _WHOLE and lacking_rows else [i]
                columns_of = parts_of_row if j is _WHOLE and lacking_columns else [j]
                by_cell[i, j] = sum(by_cell[a, b] for a in rows_of for b in columns_of)
    every = list(by_cell)
    pairs = totals_of(every, {0: _WHOLE, 1: _WHOLE})
    flat = np.array([by_cell[cell] for cell in every])
    wholes = np.array([sum(label is _WHOLE for label in cell) for cell in every])
    lacking = np.arange(len(every)) >= counts.size
    cost = (1 + np.log1p(flat)) * TOTAL_COST**wholes * np.where(lacking, TOTAL_COST, 1)
    empty = np.concatenate([np.isnan(counts).ravel(), np.zeros(lacking.sum(), dtype=bool)])
    return _Flat(flat, as_matrix(pairs, len(every)), cost, empty)


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
