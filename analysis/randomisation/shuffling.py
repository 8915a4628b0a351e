"""Random arrangements of arm codes, each as likely as any other."""

import numpy as np
from numpy.typing import NDArray

from ..arms import Counts
from .units import Codes

SORTED = 400  # units up to which sorting keys is quicker than throwing and settling
AT_ONCE = 2**22  # units shuffled together: 32 MB of keys a thread
INDEX = np.int64(22)  # bits that hold a pick's place among those of one round


def shuffled(rng: np.random.Generator, arm: Codes, draws: int) -> Codes:
    """Shuffle arm codes anew for each draw: (draws, units)."""
    found = np.empty((draws, len(arm)), dtype=np.uint8)
    step = max(1, AT_ONCE // max(len(arm), 1))
    sizes = np.bincount(arm).astype(np.int64)
    for start in range(0, draws, step):
        part = found[start : start + step]
        if len(arm) <= SORTED:
            _sort(rng, arm, part)
        else:
            _throw(rng, sizes, part)
            _settle(rng, sizes, part)
    return found


def _sort(rng: np.random.Generator, arm: Codes, found: Codes) -> None:
    """Sort random 56-bit keys that carry the arm in their last 8 bits."""
    keys = rng.integers(0, 2**64 - 1, size=found.shape, dtype=np.uint64, endpoint=True)
    keys &= np.uint64(~np.uint64(0xFF))
    keys |= arm
    keys.sort(axis=1)
    found[:] = keys & np.uint64(0xFF)


def _throw(rng: np.random.Generator, sizes: Counts, found: Codes) -> None:
    """Give each unit an arm of its own luck, arms being about as likely as they are large."""
    units = found.shape[1]
    kind, top = (np.uint16, 2**16) if units > 2**15 else (np.uint8, 2**8)
    words = -(-units * kind().nbytes // 8)
    size = (len(found), words)
    raw = rng.integers(0, 2**64 - 1, size=size, dtype=np.uint64, endpoint=True)
    luck = raw.astype("<u8", copy=False).view(kind)[:, :units]
    found[:] = 0
    for cut in np.rint(np.cumsum(sizes)[:-1] * (top / units)).astype(np.int64).tolist():
        if cut < top:
            found += (luck >= kind(cut)).view(np.uint8)


def _settle(rng: np.random.Generator, sizes: Counts, codes: Codes) -> None:
    """Move random units out of arms that got too many, until each arm has its size.

    Notes
    -----
    Which unit is picked, and where it goes, does not depend on which unit it is; so arrangements
    that differ by a permutation of units stay as likely as each other, and all that are left
    with these sizes differ by one.
    """
    units, arms = codes.shape[1], len(sizes)
    counts, rows = _count(codes, arms), np.arange(len(codes))
    while True:
        wrong = (counts != sizes).any(axis=1)
        if not wrong.any():
            return
        rows, counts = rows[wrong], counts[wrong]
        share = (np.maximum(counts - sizes, 0) / np.maximum(counts, 1)).max(axis=1)
        picks = min(units, int(1.3 * units * share.mean()) + 16)
        at = rng.integers(0, units, size=(len(rows), picks)) + rows[:, None] * units
        counts = counts + _move(codes.reshape(-1), at, counts - sizes)


def _move(codes: Codes, at: Counts, extra: Counts) -> Counts:
    """Move what was picked at places (rows, picks) and is too many; returns how counts change."""
    code = codes[at]
    code.reshape(-1)[_again(at.reshape(-1))] = 255
    moved = np.zeros(code.shape, dtype=np.bool_)
    for arm in range(extra.shape[1]):
        mine = code == arm
        moved |= mine & (np.cumsum(mine, axis=1, dtype=np.int32) <= extra[:, arm, None])
    row, pick = np.nonzero(moved)
    rank = np.cumsum(moved, axis=1, dtype=np.int32)[row, pick]
    room = np.cumsum(np.maximum(-extra, 0), axis=1)[row, :-1]
    to = (rank[:, None] > room).sum(axis=1)
    codes[at[row, pick]] = to.astype(np.uint8)
    first, size = row * extra.shape[1], extra.size
    change = np.bincount(first + to, minlength=size)
    change -= np.bincount(first + code[row, pick], minlength=size)
    return change.reshape(extra.shape)


def _again(places: Counts) -> NDArray[np.int64]:
    """Where a place stands that stood before; sorting pairs takes a third of what argsort does."""
    pairs = (places << INDEX) | np.arange(len(places))
    pairs.sort()
    twice = (pairs[1:] >> INDEX) == (pairs[:-1] >> INDEX)
    found: NDArray[np.int64] = pairs[1:][twice] & ((np.int64(1) << INDEX) - 1)
    return found


def _count(codes: Codes, arms: int) -> Counts:
    """Count units by draw and arm: (draws, arms)."""
    if codes.shape[1] > 4_000:
        rows = [[np.count_nonzero(row == arm) for arm in range(arms)] for row in codes]
        return np.asarray(rows, dtype=np.int64)
    return np.stack([(codes == arm).sum(axis=1) for arm in range(arms)], axis=1)
