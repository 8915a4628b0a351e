"""Compare covariates between arms, place by place."""

from typing import Any

import numpy as np
import pandas as pd

from ..arms import Counts, Floats
from ..blocks import Blocks, check_columns, check_numbers, floats, read_blocks
from ..design import Design
from ..errors import BadInput
from .omnibus import omnibus

MOST, FEWEST, AT_MOST = 2_000, 200, 20_000_000
Tables = tuple[pd.DataFrame, pd.DataFrame]


def balance(frame: pd.DataFrame, design: Design, draws: int = 2_000, seed: int = 0) -> Tables:
    """Compare the design's covariates between arms.

    Returns
    -------
    differences : DataFrame
        wave, area, covariate, arm, control, n, control_n (who have the covariate), mean,
        control_mean, difference, standardised (over the square root of the mean of both
        variances), missing.
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
    within blocks, by cluster where each cluster has one arm. A missing covariate counts as the
    block's mean and as a covariate of its own.
    """
    differences, tests = balance_by_place(frame, design, draws, seed)
    whole = tests.groupby("wave", sort=False, dropna=False).tail(1)
    return differences, whole.drop(columns=["area", "n"]).reset_index(drop=True)


def balance_by_place(
    frame: pd.DataFrame, design: Design, draws: int = 2_000, seed: int = 0
) -> Tables:
    """Compare as `balance` does, the omnibus test with a row for each area, all together last."""
    _check(frame, design, draws)
    rows: list[dict[str, Any]] = []
    tests: list[dict[str, Any]] = []
    for number, blocks in enumerate(read_blocks(frame, design)):
        x = np.column_stack([floats(blocks.frame[name]) for name in design.covariates])
        for area, members in blocks.places():
            here = np.isin(blocks.block, members)
            rows += _differences(blocks, area, x[here], blocks.arm[here], design)
        found = omnibus(blocks, x, design, draws, seed, number)
        tests += [{"wave": blocks.wave, **test} for test in found]
    return pd.DataFrame(rows), pd.DataFrame(tests).astype({"draws": "Int64", "seed": "Int64"})


def draws_for(respondents: int) -> int:
    """How many draws a page can wait for: 2,000 up to 10,000 respondents, 200 from 100,000 on."""
    return max(FEWEST, min(MOST, AT_MOST // max(respondents, 1)))


def _check(frame: pd.DataFrame, design: Design, draws: int) -> None:
    if not design.covariates:
        raise BadInput("The design has no covariates, so there is no balance to look at.")
    if int(draws) != draws or draws < 1:
        raise BadInput("The number of draws must be a whole number of at least 1.")
    check_columns(frame, [design.area, design.arm, *design.strata, *design.covariates])
    for name in design.covariates:
        check_numbers(frame[name], "of covariates")


def _differences(
    blocks: Blocks, area: str, x: Floats, arm: Counts, design: Design
) -> list[dict[str, Any]]:
    rows = []
    for column, name in enumerate(design.covariates):
        groups = [x[arm == k, column] for k in range(len(design.arms))]
        known = [group[~np.isnan(group)] for group in groups]
        for k in range(1, len(groups)):
            one, two = known[k], known[0]
            mean, control = _mean(one), _mean(two)
            rows.append(
                {
                    "wave": blocks.wave,
                    "area": area,
                    "covariate": name,
                    "arm": design.arms[k],
                    "control": design.arms[0],
                    "n": len(one),
                    "control_n": len(two),
                    "mean": mean,
                    "control_mean": control,
                    "difference": mean - control,
                    "standardised": _standardised(one, two),
                    "missing": len(groups[k]) - len(one),
                }
            )
    return rows


def _mean(values: Floats) -> float:
    return float(values.mean()) if len(values) else np.nan


def _standardised(one: Floats, two: Floats) -> float:
    """The difference over the root of the mean of both variances; NaN where nothing varies."""
    if min(len(one), len(two)) < 2:
        return np.nan
    spread = np.sqrt((one.var(ddof=1) + two.var(ddof=1)) / 2)
    return float((one.mean() - two.mean()) / spread) if spread > 0 else np.nan
