"""Suppression of a tidy table: rows of cells, with several counts and what rests on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from .crosstabs import TOTAL_COST
from .differencing import DIFFERS, KNOWN, WAS_HIDDEN, Ledger, implied_parts
from .keys import Key, counted_as, row_key
from .protecting import Cells, protect
from .relations import as_matrix
from .shapes import Shape

FEW, DIFFERING, REPEATED, STUCK = "few", "differing", "hidden before", "stuck"
Place = tuple[int, str]  # row, column of counts
Labels = tuple[str, ...]


@dataclass
class Hidden:
    """What of a tidy table is hidden: counts by place, and for which reasons."""

    places: set[Place] = field(default_factory=set)
    reasons: dict[Place, str] = field(default_factory=dict)
    released: dict[Key, float | None] = field(default_factory=dict)


@dataclass
class _Cell:
    """One number of respondents, which may stand at several places."""

    labels: Labels
    column: str
    key: Key
    count: float
    places: list[Place] = field(default_factory=list)


def hide_counts(
    frame: pd.DataFrame, shape: Shape, threshold: int, ledger: Ledger | None = None
) -> Hidden:
    """Choose the counts of a tidy table to hide.

    Parameters
    ----------
    frame : DataFrame
        One row a cell; see `Shape`. A count that is NaN is no cell.
    ledger : Ledger, optional
        What has left already.

    Returns
    -------
    Hidden
        Places, reasons (few, differing, hidden before, stuck; none where a cell is hidden for the
        sake of others), and the table's cells as they may leave.
    """
    found, discount = Hidden(), set[Labels]()
    for cells, pairs in _blocks(frame, shape):
        if not cells:
            continue
        _hide_block(cells, pairs, shape, threshold, ledger or Ledger(), found, discount)
    return found


def _hide_block(
    cells: list[_Cell],
    pairs: list[tuple[int, list[int]]],
    shape: Shape,
    threshold: int,
    ledger: Ledger,
    found: Hidden,
    discount: set[Labels],
) -> None:
    counts = np.array([cell.count for cell in cells])
    told = [ledger.compare(c.key, c.count, threshold) if ledger else "" for c in cells]
    own = _differing_within(cells, threshold)
    beyond, more = _implied(cells, threshold, ledger)
    counts = np.concatenate([counts, [cell.count for cell in beyond]])
    told += more
    few = np.array([_is_few(cell, shape, threshold) for cell in cells] + [False] * len(beyond))
    primary = (
        few | np.array([t in (DIFFERS, WAS_HIDDEN) for t in told]) | np.pad(own, (0, len(beyond)))
    )
    fixed = np.array([t == KNOWN for t in told]) & ~primary
    pairs = pairs + _pairs_of(beyond, cells)
    cost = _costs([*cells, *beyond], pairs, discount)
    matrix = as_matrix(pairs, len(counts))
    hidden, exposed = protect(Cells(counts, matrix, cost, fixed), primary, threshold)
    if exposed.any():
        hidden = ~fixed
    _note(cells, hidden, exposed.any(), few, told, found, discount)


def _is_few(cell: _Cell, shape: Shape, threshold: int) -> bool:
    return cell.count < threshold and not (cell.count == 0 and shape.may_be_zero(cell.column))


def _note(
    cells: list[_Cell],
    hidden: Any,
    stuck: bool,
    few: Any,
    told: list[str],
    found: Hidden,
    discount: set[Labels],
) -> None:
    words = {DIFFERS: DIFFERING, WAS_HIDDEN: REPEATED}
    for place, cell in enumerate(cells):
        shown = None if hidden[place] else cell.count
        if found.released.get(cell.key, 0.0) is not None:
            found.released[cell.key] = shown
        if not hidden[place]:
            continue
        discount.add((*cell.labels, cell.column))
        reason = FEW if few[place] else words.get(told[place], STUCK if stuck else "")
        found.places.update(cell.places)
        found.reasons |= dict.fromkeys(cell.places, reason) if reason else {}


def _costs(
    cells: Sequence[_Cell], pairs: list[tuple[int, list[int]]], discount: set[Labels]
) -> Any:
    """Price totals above parts, and low what was hidden of another question: its pattern again."""
    cost = np.array([1 + np.log1p(cell.count) for cell in cells])
    levels = np.zeros(len(cells))
    for total, _ in pairs:
        levels[total] += 1
    again = np.array([(*cell.labels, cell.column) in discount for cell in cells])
    return cost * TOTAL_COST ** np.minimum(levels, 3) * np.where(again, 0.1, 1)


def _differing_within(cells: list[_Cell], threshold: int) -> Any:
    """Mark counts of the same respondents that differ by few, such as of pooled areas."""
    by_key: dict[Key, list[int]] = defaultdict(list)
    for place, cell in enumerate(cells):
        by_key[cell.key].append(place)
    marked = np.zeros(len(cells), dtype=bool)
    for places in by_key.values():
        for a in places:
            gaps = [abs(cells[a].count - cells[b].count) for b in places]
            marked[a] = any(0 < gap < threshold for gap in gaps)
    return marked


def _implied(cells: list[_Cell], threshold: int, ledger: Ledger) -> tuple[list[_Cell], list[str]]:
    """List totals that the table does not print but that matter beside what has left."""
    if not ledger:
        return [], []
    table = {cell.key: cell.count for cell in cells}
    beyond, told = [], []
    for total, parts in implied_parts(table).items():
        count = sum(table[part] for part in parts)
        word = ledger.compare(total, count, threshold)
        if word in (DIFFERS, KNOWN):
            beyond.append(_Cell((), "", total, count))
            told.append(word)
    return beyond, told


def _pairs_of(beyond: list[_Cell], cells: list[_Cell]) -> list[tuple[int, list[int]]]:
    if not beyond:
        return []
    places = {cell.key: place for place, cell in enumerate(cells)}
    parts = implied_parts(places)
    return [
        (len(cells) + i, [places[part] for part in parts[cell.key]])
        for i, cell in enumerate(beyond)
    ]


def _blocks(
    frame: pd.DataFrame, shape: Shape
) -> list[tuple[list[_Cell], list[tuple[int, list[int]]]]]:
    """Cut the table by question; of each its cells, and which of them add up to which."""
    from .adding_up import adding_up

    columns = [c for c in shape.counts if c in frame and not shape.counts_missing(c)]
    names = [name for name in shape.by if name not in shape.calculations]
    blocks: dict[Labels, dict[Any, _Cell]] = defaultdict(dict)
    dropped: dict[Place, set[str]] = {}
    for number, row in enumerate(frame.to_dict("records")):
        key = row_key({str(k): v for k, v in row.items()}, shape)
        labels = tuple(str(row[name]) for name in names)
        block = blocks[tuple(str(row[n]) for n in names if n in shape.questions)]
        for column, count, of in _counts_of(row, key, columns, shape):
            cell = block.setdefault((labels, column, count), _Cell(labels, column, of, count))
            cell.places.append((number, column))
        dropped |= {(number, c): set(str(row.get("dropped_areas") or "").split(", "))
                    for c in columns}  # fmt: skip
    return [
        (list(block.values()), adding_up(list(block.values()), names, shape, dropped))
        for block in blocks.values()
    ]


def _counts_of(
    row: dict[Any, Any], key: Key, columns: Sequence[str], shape: Shape
) -> list[tuple[str, float, Key]]:
    """List a row's counts, and those that its shares tell: of whom it holds, and of whom not."""
    found = [(c, float(row[c]), counted_as(key, c)) for c in columns if not pd.isna(row[c])]
    for share, column in shape.shares.items():
        if share in row and not pd.isna(row[share]) and not pd.isna(row[column]):
            yes = float(round(row[share] * row[column]))
            of = counted_as(key, column)
            found.append((f"{share} yes", yes, of.also(share, "yes")))
            found.append((f"{share} no", float(row[column]) - yes, of.also(share, "no")))
    return found


def with_companions(frame: pd.DataFrame, shape: Shape, rows: set[int], threshold: int) -> set[int]:
    """Return rows whose values must be hidden, and those that would give them back with a total.

    The pattern is that of respondents' counts: no hidden row can be worked out from the others.
    """
    if not rows:
        return rows
    found = set(rows)
    for cells, pairs in _blocks(frame, shape):
        primary = np.array([any(number in rows for number, _ in cell.places) for cell in cells])
        counts = np.array([cell.count for cell in cells])
        none = np.zeros(len(cells), dtype=bool)
        matrix = as_matrix(pairs, len(cells))
        hidden, _ = protect(Cells(counts, matrix, _costs(cells, pairs, set()), none), primary,
                            threshold)  # fmt: skip
        for cell, gone in zip(cells, hidden, strict=True):
            found |= {number for number, _ in cell.places} if gone else set()
    return found


__all__ = ["DIFFERING", "FEW", "REPEATED", "STUCK", "Hidden", "hide_counts", "with_companions"]
