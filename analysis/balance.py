"""Balance of covariates: standardised differences and one permutation p for all of them."""

from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from .arms import Counts, Floats
from .blocks import Blocks, check_columns, check_numbers, floats, read_blocks
from .design import Design
from .errors import BadInput
from .randomisation.arrangements import chunks, generator, shuffled


def balance(
    frame: pd.DataFrame, design: Design, draws: int = 2_000, seed: int = 0
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Compare the design's covariates between arms.

    Returns
    -------
    differences : DataFrame
        wave, area, covariate, arm, control, mean, control_mean, difference, standardised (over
        the square root of the mean of both variances), missing.
    omnibus : DataFrame
        wave, statistic, p_randomisation, draws, seed: one test of all covariates and arms.

    Raises
    ------
    BadInput
        No covariates, one that is absent or no number; draws below 1.

    Notes
    -----
    The omnibus statistic adds up n·(x̄ − x̄_block)'S⁻¹(x̄ − x̄_block) over blocks and arms, with
    S the covariates' covariance within blocks (after Hansen and Bowers 2008); arms are permuted
    within blocks. A missing covariate counts as the block's mean and as a covariate of its own.
    """
    if not design.covariates:
        raise BadInput("The design has no covariates, so there is no balance to look at.")
    if int(draws) != draws or draws < 1:
        raise BadInput("The number of draws must be a whole number of at least 1.")
    check_columns(frame, [design.area, design.arm, *design.strata, *design.covariates])
    for name in design.covariates:
        check_numbers(frame[name], "of covariates")
    rows, tests = [], []
    for number, blocks in enumerate(read_blocks(frame, design)):
        x = np.column_stack([floats(blocks.frame[name]) for name in design.covariates])
        for area, members in blocks.places():
            here = np.isin(blocks.block, members)
            rows += _differences(blocks, area, x[here], blocks.arm[here], design)
        tests.append(
            {"wave": blocks.wave, **_omnibus(blocks, x, len(design.arms), draws, seed, number)}
        )
    return pd.DataFrame(rows), pd.DataFrame(tests).astype({"draws": "Int64", "seed": "Int64"})


def _differences(
    blocks: Blocks, area: str, x: Floats, arm: Counts, design: Design
) -> list[dict[str, Any]]:
    rows = []
    for column, name in enumerate(design.covariates):
        groups = [x[arm == k, column] for k in range(len(design.arms))]
        known = [group[~np.isnan(group)] for group in groups]
        for k in range(1, len(groups)):
            one, two = known[k], known[0]
            enough = min(len(one), len(two)) > 1
            spread = np.sqrt((one.var(ddof=1) + two.var(ddof=1)) / 2) if enough else np.nan
            mean = float(one.mean()) if len(one) else np.nan
            control = float(two.mean()) if len(two) else np.nan
            rows.append(
                {
                    "wave": blocks.wave,
                    "area": area,
                    "covariate": name,
                    "arm": design.arms[k],
                    "control": design.arms[0],
                    "mean": mean,
                    "control_mean": control,
                    "difference": mean - control,
                    "standardised": (mean - control) / spread if spread > 0 else np.nan,
                    "missing": len(groups[k]) - len(one),
                }
            )
    return rows


def _omnibus(
    blocks: Blocks, x: Floats, arms: int, draws: int, seed: int, number: int
) -> dict[str, Any]:
    units = _whitened(blocks.block, x)
    rows = [np.flatnonzero(blocks.block == b) for b in range(len(blocks.areas))]
    codes = [blocks.arm[r].astype(np.uint8) for r in rows]
    observed = sum(_distance(c[None], units[r], arms)[0] for c, r in zip(codes, rows, strict=True))
    if units.shape[1] == 0:
        return {"statistic": np.nan, "p_randomisation": np.nan, "draws": pd.NA, "seed": pd.NA}
    extreme, rng_of = 0, partial(generator, seed, number, 0)
    for chunk, size in enumerate(chunks(draws)):
        rng, found = rng_of(chunk), np.zeros(size)
        for c, r in zip(codes, rows, strict=True):
            found += _distance(shuffled(rng, c, size), units[r], arms)
        extreme += int((found >= observed * (1 - 1e-9)).sum())
    p = (extreme + 1) / (draws + 1)
    return {"statistic": observed, "p_randomisation": p, "draws": draws, "seed": seed}


def _whitened(block: Counts, x: Floats) -> Floats:
    """Covariates less their block's mean, turned to be uncorrelated with variance 1."""
    gone = np.isnan(x)
    filled, marks = np.where(gone, 0.0, x), gone[:, gone.any(axis=0)].astype(np.float64)
    for b in np.unique(block):
        here = block == b
        n = np.maximum((~gone[here]).sum(axis=0), 1)
        filled[here] = np.where(gone[here], 0.0, x[here] - filled[here].sum(axis=0) / n)
        marks[here] -= marks[here].mean(axis=0)
    whole = np.hstack([filled, marks])
    spread = whole.std(axis=0)
    whole = whole[:, spread > 0] / spread[spread > 0]
    values, vectors = np.linalg.eigh(whole.T @ whole / len(whole))
    keep = values > 1e-9
    return np.asarray(whole @ vectors[:, keep] / np.sqrt(values[keep]), dtype=np.float64)


def _distance(codes: Any, units: Floats, arms: int) -> Floats:
    """Σ over arms of n·|mean|² for each arrangement: (draws,)."""
    found = np.zeros(len(codes))
    for arm in range(arms):
        chosen = (codes == arm).astype(np.float64)
        n = chosen.sum(axis=1)
        found += ((chosen @ units) ** 2).sum(axis=1) / np.maximum(n, 1)
    return found
