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


def count(ratings: Array, categories: int) -> Array:
    """Count the coders by category: ratings (..., coders, units), below 0 where missing."""
    counted: Array = (ratings[..., None] == np.arange(categories)).sum(-3).astype(float)
    return counted


def sums_of(ratings: Array, weights: Array, categories: int) -> Sums:
    """Add up ratings (..., coders, units): whole numbers from 0, below 0 where missing."""
    sums = add_up(count(ratings, categories), weights)
    if ratings.shape[-2] != 2:
        return sums
    both = np.where((ratings >= 0).all(-2), weights, 0.0)
    one, two = (
        (both[..., None] * (ratings[..., row, :, None] == np.arange(categories))).sum(-2)
        for row in (0, 1)
    )
    return Sums(**{**vars(sums), "first": one, "second": two})


def stack(parts: Sequence[Sums]) -> Sums:
    """Put the sums of texts under each other, on a new first axis."""
    return Sums(*(np.stack([getattr(part, f.name) for part in parts]) for f in fields(Sums)))
