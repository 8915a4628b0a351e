"""One permutation test of all covariates and arms together, for each area and for all."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from ..arms import Counts, Floats
from ..blocks import Blocks
from ..design import Design
from ..randomisation.arrangements import chunks, generator, shuffled
from ..randomisation.units import Codes, cluster_codes

SLICE = 8192  # units multiplied together: their one-hot matrix stays in the cache


@dataclass(frozen=True)
class Unit:
    """A block's respondents, or clusters of them: arm (units,), and Σ of [covariates, 1]."""

    arm: Codes
    sums: Floats


def omnibus(
    blocks: Blocks, x: Floats, design: Design, draws: int, seed: int, number: int
) -> list[dict[str, Any]]:
    """Test covariates x (rows, covariates); a row a place, all together last."""
    places = list(blocks.places())
    sizes = [int(np.isin(blocks.block, members).sum()) for _, members in places]
    told = [{"area": name, "n": n} for (name, _), n in zip(places, sizes, strict=True)]
    whitened = _whitened(blocks.block, x)
    if whitened.shape[1] == 0:
        none = {"statistic": np.nan, "p_randomisation": np.nan, "draws": pd.NA, "seed": pd.NA}
        return [row | none for row in told]
    units = _units(blocks, whitened, cluster_codes(blocks, design.cluster))
    within = np.stack([np.isin(np.arange(len(units)), members) for _, members in places])
    arms = len(design.arms)
    seen = within @ np.asarray([_distance(u.arm[None], u, arms)[0] for u in units])
    extreme, rng_of = np.zeros(len(places), dtype=np.int64), partial(generator, seed, number, 0)
    for chunk, size in enumerate(chunks(draws)):
        rng = rng_of(chunk)
        found = within @ np.stack([_distance(shuffled(rng, u.arm, size), u, arms) for u in units])
        extreme += (found >= seen[:, None] * (1 - 1e-9)).sum(axis=1)
    p = (extreme + 1) / (draws + 1)
    more = {"draws": draws, "seed": seed}
    return [
        row | {"statistic": float(seen[i]), "p_randomisation": float(p[i])} | more
        for i, row in enumerate(told)
    ]


def _units(blocks: Blocks, whitened: Floats, clusters: Counts | None) -> list[Unit]:
    whole = np.hstack([whitened, np.ones((len(whitened), 1))])
    found = []
    for block in range(len(blocks.areas)):
        rows = np.flatnonzero(blocks.block == block)
        arm, sums = blocks.arm[rows].astype(np.uint8), whole[rows]
        if clusters is not None:
            first, code = np.unique(clusters[rows], return_index=True, return_inverse=True)[1:]
            by = np.argsort(code, kind="stable")
            sums = np.add.reduceat(sums[by], np.searchsorted(code[by], np.arange(len(first))))
            arm = arm[first]
        found.append(Unit(arm, sums))
    return found


def _whitened(block: Counts, x: Floats) -> Floats:
    """Covariates less their block's mean, turned to be uncorrelated with variance 1."""
    gone = np.isnan(x)
    marks = gone[:, gone.any(axis=0)].astype(np.float64)
    filled = np.where(gone, 0.0, x)
    known = np.maximum(_sums((~gone).astype(np.float64), block), 1)
    filled = np.where(gone, 0.0, filled - (_sums(filled, block) / known)[block])
    marks -= (_sums(marks, block) / np.bincount(block)[:, None])[block]
    whole = np.hstack([filled, marks])
    spread = whole.std(axis=0)
    # What rounding leaves of a covariate that is constant within blocks is no variance.
    varies = spread > 1e-12 * np.maximum(np.abs(np.hstack([np.where(gone, 0, x), marks])).max(0), 1)
    whole = whole[:, varies] / spread[varies]
    values, vectors = np.linalg.eigh(whole.T @ whole / len(whole))
    keep = values > 1e-9
    return np.asarray(whole @ vectors[:, keep] / np.sqrt(values[keep]), dtype=np.float64)


def _sums(values: Floats, block: Counts) -> Floats:
    """Sum columns by block: (blocks, columns)."""
    found = np.zeros((int(block.max()) + 1, values.shape[1]))
    for column in range(values.shape[1]):
        found[:, column] = np.bincount(block, weights=values[:, column], minlength=len(found))
    return found


def _distance(codes: Codes, unit: Unit, arms: int) -> Floats:
    """Σ over arms of n·|mean|² for each arrangement (draws, units): (draws,)."""
    whole, found = unit.sums.sum(axis=0), np.zeros(len(codes))
    left = np.repeat(whole[None], len(codes), axis=0)
    for arm in range(arms):
        total = left if arm == arms - 1 else _summed(codes, unit.sums, arm)
        left = left - total  # every unit is in some arm, so the last is what the others leave
        found += (total[:, :-1] ** 2).sum(axis=1) / np.maximum(total[:, -1], 1)
    return found


def _summed(codes: Codes, sums: Floats, arm: int) -> Floats:
    found = np.zeros((len(codes), sums.shape[1]))
    for start in range(0, codes.shape[1], SLICE):
        here = (codes[:, start : start + SLICE] == arm).astype(np.float64)
        found += here @ sums[start : start + SLICE]
    return found
