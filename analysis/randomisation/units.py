"""What is permuted: respondents, or whole clusters where the allocation drew clusters."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..arms import Counts, Floats
from ..blocks import Blocks
from ..errors import BadInput
from .columns import Codes, Columns

__all__ = ["Codes", "Unit", "Values", "cluster_codes", "make_unit", "make_units"]


@dataclass(frozen=True)
class Values:
    """One outcome in one block: its different values and how many respondents have each.

    Attributes
    ----------
    value : array (values,)
        Less a value near the block's mean; 0 for missing.
    counts : array (values,)
    missing : array (values,) of bool
    """

    value: Floats
    counts: Counts
    missing: NDArray[np.bool_]


@dataclass(frozen=True)
class Unit:
    """The units of one block.

    Attributes
    ----------
    arm : array (units,)
        Arm codes as they were allocated.
    y : array (units, outcomes)
        Less a value near the block's mean, 0 where missing; summed over a cluster.
    seen : array (units, patterns)
        How many answered, once for each pattern of missing values; 1 or 0 of one respondent.
    pattern : array (outcomes,)
        Which of them belongs to an outcome.
    rows : array (units,)
        The positions of the respondents, or of each cluster's first.
    clustered : bool
    """

    arm: Codes
    y: Floats
    seen: Counts
    pattern: Counts
    rows: Counts
    clustered: bool

    def of(self, outcomes: list[int]) -> "Unit":
        """Keep only some outcomes."""
        if outcomes == [*range(len(self.pattern))]:
            return self
        patterns, pattern = np.unique(self.pattern[outcomes], return_inverse=True)
        seen = self.seen[:, patterns]
        return replace(self, y=self.y[:, outcomes], seen=seen, pattern=pattern.ravel())

    @cached_property
    def answered(self) -> Floats:
        """How many answered each outcome: (outcomes,)."""
        return np.asarray(self.seen.sum(axis=0)[self.pattern], dtype=np.float64)

    @cached_property
    def columns(self) -> Columns:
        """y and y² of each outcome, then who answered: all that differences in means need."""
        return Columns.of(np.hstack([self.y, self.y**2, self.seen.astype(np.float64)]))

    @cached_property
    def sizes(self) -> list[Counts]:
        """The different numbers of answers a cluster gave, by pattern; none gave nothing."""
        found = [np.unique(column) for column in self.seen.T]
        return [sizes[sizes > 0] for sizes in found]

    @cached_property
    def sized(self) -> Columns:
        """By outcome and cluster size Σy and (Σy)², then by pattern and size the clusters."""
        parts = []
        for outcome, pattern in enumerate(self.pattern):
            here = self.seen[:, pattern, None] == self.sizes[pattern]
            y = self.y[:, outcome, None]
            parts += [np.where(here, y, 0.0), np.where(here, y**2, 0.0)]
        for pattern, sizes in enumerate(self.sizes):
            parts.append((self.seen[:, pattern, None] == sizes).astype(np.float64))
        return Columns.of(np.hstack(parts))

    def values(self, outcome: int) -> Values:
        """Count the different values of one outcome; the most frequent last."""
        if outcome not in self._values:
            self._values[outcome] = _tabulate(
                self.y[:, outcome], self.seen[:, self.pattern[outcome]] > 0
            )
        return self._values[outcome]

    @cached_property
    def _values(self) -> dict[int, Values]:
        return {}


def _tabulate(y: Floats, seen: NDArray[np.bool_]) -> Values:
    known = y[seen]
    whole = np.abs(known).max(initial=0.0) < 2**15 and (known == np.rint(known)).all()
    if whole:  # counted instead of sorted, which a large study waits for
        first = int(known.min(initial=0.0))
        counts = np.bincount((known - first).astype(np.int64))
        value = np.flatnonzero(counts) + float(first)
        counts = counts[counts > 0]
    else:
        value, counts = np.unique(known, return_counts=True)
    gone = len(y) - len(known)
    value, counts = np.r_[value, [0.0] * (gone > 0)], np.r_[counts, [gone] * (gone > 0)]
    missing = np.arange(len(value)) == (len(value) - 1 if gone else -1)
    order = np.argsort(counts, kind="stable")
    return Values(value[order], counts[order].astype(np.int64), missing[order])


def cluster_codes(
    blocks: Blocks, cluster: str | None, permutations: NDArray[np.integer] | None = None
) -> Counts | None:
    """Code clusters from 0 where each has one arm; None where respondents were allocated.

    Permutations (draws, rows) that were given must keep clusters whole too.

    Raises
    ------
    BadInput
        A respondent has no cluster, or a cluster that was allocated whole lies in two blocks.
    """
    if cluster is None:
        return None
    if blocks.frame[cluster].isna().any():
        raise BadInput(f"A respondent has no “{cluster}”; every row needs its cluster.")
    codes = np.asarray(pd.factorize(blocks.frame[cluster])[0], dtype=np.int64)
    if _varies(codes, blocks.arm):
        return None
    if permutations is not None and any(_varies(codes, drawn) for drawn in permutations):
        return None
    if _varies(codes, blocks.block):
        raise BadInput(
            f"A cluster of “{cluster}” lies in more than one area or stratum, so clusters "
            "cannot have been allocated within them."
        )
    return codes


def _varies(codes: Counts, label: NDArray[np.integer]) -> bool:
    first = np.zeros(codes.max() + 1, dtype=label.dtype)
    first[codes[::-1]] = label[::-1]
    return bool((first[codes] != label).any())


def make_units(blocks: Blocks, values: Floats, clusters: Counts | None) -> list[Unit]:
    """Sum outcomes (rows, outcomes; NaN where missing) by unit, block by block."""
    order = np.argsort(blocks.block, kind="stable")
    ends = np.cumsum(np.bincount(blocks.block, minlength=len(blocks.areas)))[:-1]
    return [
        make_unit(
            rows, values[rows], blocks.arm[rows], None if clusters is None else clusters[rows]
        )
        for rows in np.split(order, ends)
    ]


def centred(values: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Subtract from each column its value nearest the mean; 0 where missing, and who answered.

    Not the mean itself: so a constant becomes exactly 0 and whole numbers stay whole.
    """
    seen = ~np.isnan(values)
    if not len(values):
        return values, seen
    mean = np.where(seen, values, 0.0).sum(axis=0) / np.maximum(seen.sum(axis=0), 1)
    away = np.where(seen, np.abs(values - mean), np.inf)
    middle = values[away.argmin(axis=0), np.arange(values.shape[1])]
    return np.where(seen, values - middle, 0.0), seen


def make_unit(rows: Counts, values: Floats, arm: Counts, clusters: Counts | None) -> Unit:
    """Sum outcomes (rows, outcomes) of one block by unit, its respondents at these positions."""
    y, seen = centred(values)
    patterns, pattern = _patterns(seen)
    counts = patterns.astype(np.int64)
    if clusters is not None:
        first, code = np.unique(clusters, return_index=True, return_inverse=True)[1:]
        by = np.argsort(code, kind="stable")
        starts = np.searchsorted(code[by], np.arange(len(first)))
        y, counts = np.add.reduceat(y[by], starts), np.add.reduceat(counts[by], starts)
        arm, rows = arm[first], rows[first]
    return Unit(arm.astype(np.uint8), y, counts, pattern, rows, clusters is not None)


def _patterns(seen: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], Counts]:
    """The different columns of who answered, and which of them an outcome has."""
    known: dict[bytes, int] = {}
    first: list[int] = []
    pattern = []
    for column, bits in enumerate(np.packbits(seen, axis=0).T):
        found = known.setdefault(bits.tobytes(), len(known))
        if found == len(first):
            first.append(column)
        pattern.append(found)
    return seen[:, first], np.asarray(pattern, dtype=np.int64)
