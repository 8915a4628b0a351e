"""What coefficients are made of: sums over units, which add up over texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Sums:
    """Weighted sums over units; leading axes (texts, codes, draws) are free.

    Categories are on the last axis of `shares`, `values`, `first` and `second`.
    """

    rated: Array  # units that somebody coded
    pairable: Array  # units that two or more coded
    agreed: Array  # of those, the share of pairs of coders who agree, added up
    apart: Array  # pairs of values that differ, as Krippendorff counts them
    shares: Array  # each category's share among the coders of a unit, added up
    values: Array  # values of pairable units, by category
    first: Array  # values of the first coder where two coded, by category
    second: Array

    def map(self, change: Callable[[Array], Array]) -> Sums:
        """Return the sums with each array changed."""
        return Sums(*(change(getattr(self, field.name)) for field in fields(self)))


def add_up(counts: Array, weights: Array) -> Sums:
    """Add up units, from how many coders gave each unit each category.

    Parameters
    ----------
    counts : array (..., units, categories)
    weights : array (units,)
        How many units each is worth.
    """
    coders = counts.sum(-1)
    both = np.where(coders >= 2, weights, 0.0)
    squares = (counts * counts).sum(-1)
    pairs = np.maximum(coders * (coders - 1.0), 1.0)
    rated = np.where(coders >= 1, weights, 0.0)
    nobody = np.zeros(counts.shape[:-2] + counts.shape[-1:])
    return Sums(
        rated=rated.sum(-1),
        pairable=both.sum(-1),
        agreed=(both * (squares - coders) / pairs).sum(-1),
        apart=(both * (coders**2 - squares) / np.maximum(coders - 1.0, 1.0)).sum(-1),
        shares=((rated / np.maximum(coders, 1))[..., None] * counts).sum(-2),
        values=(both[..., None] * counts).sum(-2),
        first=nobody,
        second=nobody,
    )


def sums_of(ratings: Array, weights: Array, categories: int) -> Sums:
    """Add up ratings (coders, units): whole numbers from 0, below 0 where missing.

    Pairs of coders are compared, not categories counted: sets of codes may be thousands.
    """
    known = ratings >= 0
    coders = known.sum(0)
    same = [((one == two) & there).astype(float) for one, there in zip(ratings, known, strict=True)
            for two in ratings]  # fmt: skip
    squares = np.sum(same, axis=0)
    both, rated = np.where(coders >= 2, weights, 0.0), np.where(coders >= 1, weights, 0.0)
    each = np.broadcast_to(rated / np.maximum(coders, 1), ratings.shape)
    of_two = np.where(known.all(0), weights, 0.0)
    one, two = (
        _by_category(row, of_two, categories) if len(ratings) == 2 else np.zeros(categories)
        for row in ratings[:2]
    )
    return Sums(
        rated=rated.sum(),
        pairable=both.sum(),
        agreed=(both * (squares - coders) / np.maximum(coders * (coders - 1.0), 1.0)).sum(),
        apart=(both * (coders**2 - squares) / np.maximum(coders - 1.0, 1.0)).sum(),
        shares=_by_category(ratings, each, categories),
        values=_by_category(ratings, np.broadcast_to(both, ratings.shape), categories),
        first=one,
        second=two,
    )


def _by_category(ratings: Array, worth: Array, categories: int) -> Array:
    known = ratings >= 0
    return np.bincount(ratings[known], weights=worth[known], minlength=categories)


def stack(parts: Sequence[Sums]) -> Sums:
    """Put the sums of texts under each other, on a new first axis."""
    return Sums(*(np.stack([getattr(part, f.name) for part in parts]) for f in fields(Sums)))
