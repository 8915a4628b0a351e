"""What of a table adds up: parts to their totals, dimension by dimension."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from scipy import sparse

Labels = tuple[Hashable, ...]


def totals_of(
    cells: Sequence[Labels], totals: Mapping[int, Hashable]
) -> list[tuple[int, list[int]]]:
    """Pair each total with its parts.

    Parameters
    ----------
    cells : sequence of tuple
        A label a dimension.
    totals : mapping of dimension to the label of its total

    Returns
    -------
    list of (place of the total, places of the parts)
    """
    found = []
    for dimension, label in totals.items():
        parts: dict[Labels, list[int]] = defaultdict(list)
        whole: dict[Labels, list[int]] = defaultdict(list)
        for place, labels in enumerate(cells):
            others = labels[:dimension] + labels[dimension + 1 :]
            (whole if labels[dimension] == label else parts)[others].append(place)
        found += [
            (total, parts[o]) for o, places in whole.items() if o in parts for total in places
        ]
    return found


def as_matrix(pairs: Sequence[tuple[int, Sequence[int]]], cells: int) -> Any:
    """Write totals and parts as a sparse matrix, parts 1 and total -1; shape (pairs, cells)."""
    rows, columns, values = [], [], []
    for row, (total, parts) in enumerate(pairs):
        rows += [row] * (len(parts) + 1)
        columns += [total, *parts]
        values += [-1.0, *([1.0] * len(parts))]
    return sparse.csr_matrix((values, (rows, columns)), shape=(len(pairs), cells))
