"""What of a tidy table adds up: rows to totals, counts of a row, answers to their base."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, Protocol

from .shapes import Shape

Pairs = list[tuple[int, list[int]]]


class Cell(Protocol):
    """A number of a table: where it stands and how many it counts."""

    labels: tuple[str, ...]
    column: str
    count: float
    places: list[tuple[int, str]]


def adding_up(
    cells: Sequence[Any],
    names: Sequence[str],
    shape: Shape,
    dropped: Mapping[tuple[int, str], set[str]],
) -> Pairs:
    """Pair each total with its parts: over rows, within a row, and answers with their base."""
    return [
        *_over_rows(cells, names, shape, dropped),
        *_within_rows(cells, shape),
        *_to_base(cells, names, shape),
    ]


def _over_rows(
    cells: Sequence[Any],
    names: Sequence[str],
    shape: Shape,
    dropped: Mapping[tuple[int, str], set[str]],
) -> Pairs:
    pairs: Pairs = []
    for dimension, label in ((names.index(n), t) for n, t in shape.totals.items() if n in names):
        parts: dict[Any, list[int]] = defaultdict(list)
        wholes: dict[Any, list[int]] = defaultdict(list)
        for place, cell in enumerate(cells):
            others = (cell.labels[:dimension], cell.labels[dimension + 1 :], cell.column)
            (wholes if cell.labels[dimension] == label else parts)[others].append(place)
        for others, places in wholes.items():
            for total in places:
                out = dropped.get((cells[total].places[0][0], cells[total].column), set())
                kept = [p for p in parts[others] if cells[p].labels[dimension] not in out]
                pairs += [(total, kept)] if kept else []
    return pairs


def _within_rows(cells: Sequence[Any], shape: Shape) -> Pairs:
    """Find a count that is the sum of others in every row, and the two sides of a share."""
    rows: dict[int, dict[str, int]] = defaultdict(dict)
    for place, cell in enumerate(cells):
        for number, column in cell.places:
            rows[number][column] = place
    sums = [(count, [f"{share} yes", f"{share} no"]) for share, count in shape.shares.items()]
    columns = sorted({cell.column for cell in cells if cell.column in shape.counts})
    sums += _sums_of_columns(cells, list(rows.values()), columns)
    found = {
        (row[total], tuple(row[part] for part in parts))
        for total, parts in sums
        for row in rows.values()
        if total in row and all(part in row for part in parts)
    }
    return [(total, list(parts)) for total, parts in sorted(found)]


def _sums_of_columns(
    cells: Sequence[Any], rows: list[dict[str, int]], columns: list[str]
) -> list[tuple[str, list[str]]]:
    found = []
    full = [row for row in rows if all(column in row for column in columns)]
    for total in columns if full else []:
        others = [column for column in columns if column != total]
        arms = [column for column in others if column.startswith("n_")]
        candidates = [list(pair) for pair in combinations(others, 2)] + [others, arms]
        for parts in candidates:
            if (
                len(parts) > 1
                and (total, parts) not in found
                and all(
                    cells[row[total]].count == sum(cells[row[part]].count for part in parts)
                    for row in full
                )
            ):
                found.append((total, parts))
    return found


def _to_base(cells: Sequence[Any], names: Sequence[str], shape: Shape) -> Pairs:
    """Find answers that add up to a base, which stands in each of their rows."""
    pairs: Pairs = []
    columns = sorted({cell.column for cell in cells if cell.column in shape.counts})
    for part, base in ((a, b) for a in columns for b in columns if a != b):
        for dimension in range(len(names)):
            pairs += _one_base(cells, part, base, dimension, shape.totals.get(names[dimension]))
    return pairs


def _one_base(
    cells: Sequence[Any], part: str, base: str, dimension: int, total: str | None
) -> Pairs:
    groups: dict[Any, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for place, cell in enumerate(cells):
        if cell.column in (part, base) and cell.labels[dimension] != total:
            others = cell.labels[:dimension] + cell.labels[dimension + 1 :]
            groups[others][cell.column == base].append(place)
    pairs: Pairs = []
    for parts, bases in groups.values():
        counts = {cells[place].count for place in bases}
        if len(parts) < 2 or len(bases) < 2 or len(counts) != 1:
            continue
        if sum(cells[place].count for place in parts) == counts.pop():
            pairs.append((bases[0], parts))
            pairs += [(bases[0], [other]) for other in bases[1:]]
    return pairs
