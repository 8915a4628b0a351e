"""What a reader can work out of hidden cells: their least and greatest values."""

from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from ..errors import BadInput


def feasible_ranges(counts: Any, relations: Any, hidden: Any) -> Any:
    """Attack a table: the range of each hidden cell, given the others and what adds up.

    Parameters
    ----------
    counts : array of float, shape (cells,)
    relations : array or sparse matrix, shape (relations, cells)
        Each row adds to a known number: 1 for a part, -1 for the total.
    hidden : array of bool, shape (cells,)

    Returns
    -------
    array of float, shape (cells, 2)
        Least and greatest value, infinity where there is no bound; what is shown twice where a
        cell is shown.
    """
    counts, hidden = np.asarray(counts, dtype=float), np.asarray(hidden, dtype=bool)
    found = np.column_stack([counts, counts])
    for cell in np.flatnonzero(hidden):
        wanted = np.zeros(len(counts))
        wanted[cell] = 1
        for side, sign in ((0, 1), (1, -1)):
            table = extreme_table(counts, relations, hidden, sign * wanted)
            found[cell, side] = sign * np.inf * -1 if table is None else table[cell]
    return found


def extreme_table(
    counts: Any, relations: Any, hidden: Any, cost: Any, ceiling: Any = None
) -> Any | None:
    """Return the table of least cost among those that a reader cannot tell apart; None: unbounded.

    `cost` and `ceiling` are by cell, of those hidden; none is below 0.
    """
    places = np.flatnonzero(hidden)
    lines: Any = sparse.csc_matrix(relations)[:, places].tocsr()
    lines = lines[np.flatnonzero(np.diff(lines.indptr))]
    tops = np.full(len(places), np.inf) if ceiling is None else np.asarray(ceiling)[places]
    answer = programme(
        np.asarray(cost)[places], lines, lines @ counts[places], np.zeros(len(places)), tops
    )
    if answer.status == 3:
        return None
    if answer.status != 0:
        raise BadInput(f"The table could not be checked for disclosure: {answer.message}")
    table = counts.copy()
    table[places] = answer.x
    return table


def programme(cost: Any, lines: Any, sums: Any, lows: Any, tops: Any) -> Any:
    """Solve a linear programme with equalities and bounds; returns scipy's result."""
    given: Any = {"A_eq": lines, "b_eq": sums} if lines.shape[0] else {}
    bounds: Any = np.column_stack([lows, tops])
    return linprog(cost, bounds=bounds, method="highs", **given)
