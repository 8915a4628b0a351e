"""Random tables of counts with all their totals, and the attack on what is left of them."""

import itertools

import numpy as np
import pandas as pd

from analysis.disclosure import feasible_ranges
from analysis.disclosure.relations import as_matrix, totals_of

WHOLE = "all"


def random_crosstab(rng: np.random.Generator, *, margins: bool) -> pd.DataFrame:
    """A table of 2 to 7 rows and columns, cells from none to many hundreds."""
    shape = rng.integers(2, 8, size=2)
    size = rng.choice([3, 12, 40, 150])
    table = pd.DataFrame(rng.poisson(rng.gamma(0.8, size, shape)))
    table.index, table.columns = [f"r{i}" for i in table.index], [f"c{i}" for i in table.columns]
    if margins:
        table["All"] = table.sum(axis=1)
        table.loc["All"] = table.sum()
    return table


def tidy(counts: np.ndarray) -> pd.DataFrame:
    """One row a cell of an array of any dimensions, with the totals over each and all of them."""
    whole = counts
    for axis in range(counts.ndim):
        whole = np.concatenate([whole, whole.sum(axis=axis, keepdims=True)], axis=axis)
    labels = [[*map(str, range(size)), WHOLE] for size in counts.shape]
    frame = pd.DataFrame(
        list(itertools.product(*labels)), columns=[f"d{i}" for i in range(counts.ndim)]
    )
    return frame.assign(n=whole.ravel())


def narrowest(told: pd.DataFrame, true: pd.DataFrame) -> float:
    """Attack a tidy table by linear programme; returns the width of the narrowest hidden range."""
    names = [name for name in true if name != "n"]
    cells = [tuple(row) for row in true[names].itertuples(index=False)]
    relations = as_matrix(totals_of(cells, dict.fromkeys(range(len(names)), WHOLE)), len(cells))
    hidden = told["n"].isna().to_numpy()
    ranges = feasible_ranges(true["n"].to_numpy(dtype=float), relations, hidden)
    widths = (ranges[:, 1] - ranges[:, 0])[hidden]
    return float(widths.min()) if len(widths) else np.inf


def as_tidy(table: pd.DataFrame) -> pd.DataFrame:
    """A crosstab with totals as one row a cell."""
    long = table.rename_axis("d0").reset_index().melt("d0", var_name="d1", value_name="n")
    return long.replace("All", WHOLE)
