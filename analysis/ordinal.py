"""Ordinal outcomes beside their mean difference: shares, odds, superiority."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import chdtrc, ndtr
from scipy.stats import rankdata

from .arms import Floats
from .blocks import POOLED, Blocks, check_contrasts, check_frame, floats, read_blocks
from .cumulative import proportional_odds, test_of_odds
from .design import Contrast, Design, Outcome
from .errors import BadInput

NORMAL = 1.959963984540054  # the normal distribution's .975 quantile


def category_shares(frame: pd.DataFrame, design: Design, outcome: Outcome) -> pd.DataFrame:
    """Share of each answer by area and arm, over those who answered.

    Returns
    -------
    DataFrame
        wave, area, arm, value, n, answered, share; areas together as ``pooled``. A value that an
        arm never gave has n 0.
    """
    check_frame(frame, _only(design, outcome))
    rows = [
        {"wave": blocks.wave, "area": area, **row}
        for blocks in read_blocks(frame, design)
        for area, members in blocks.places()
        for row in _shares(blocks, np.isin(blocks.block, members), outcome, design)
    ]
    return pd.DataFrame(rows)


def _shares(blocks: Blocks, here: Any, outcome: Outcome, design: Design) -> list[dict[str, Any]]:
    whole = floats(blocks.frame[outcome.values])
    levels, values = np.unique(whole[~np.isnan(whole)]), whole[here]
    rows = []
    for code, arm in enumerate(design.arms):
        answers = values[blocks.arm[here] == code]
        answers = answers[~np.isnan(answers)]
        for level in levels:
            n = int((answers == level).sum())
            share = n / len(answers) if len(answers) else np.nan
            row = {"arm": arm, "value": level, "n": n, "answered": len(answers), "share": share}
            rows.append(row)
    return rows


def superiority(treated: Floats, control: Floats) -> dict[str, float]:
    """P(Y1 > Y0) + ½P(Y1 = Y0) of two groups, its error, and Cliff's δ.

    Returns
    -------
    dict
        superiority (0 to 1), std_error (from placements, as Brunner and Munzel 2000), ci_low,
        ci_high (normal, within 0 and 1), cliff_delta (−1 to 1). NaN with fewer than 2 in a group.
    """
    m, n = len(treated), len(control)
    names = ("superiority", "std_error", "ci_low", "ci_high", "cliff_delta")
    if min(m, n) < 2:
        return dict.fromkeys(names, np.nan)
    ranks = rankdata(np.r_[treated, control])
    above = (ranks[:m] - rankdata(treated)) / n
    below = (ranks[m:] - rankdata(control)) / m
    p = float(above.mean())
    error = float(np.sqrt(above.var(ddof=1) / m + below.var(ddof=1) / n))
    reach = NORMAL * error
    low, high = max(0.0, p - reach), min(1.0, p + reach)
    return dict(zip(names, (p, error, low, high, 2 * p - 1), strict=True))


def superiority_by_area(frame: pd.DataFrame, design: Design, outcome: Outcome) -> pd.DataFrame:
    """Superiority of each arm over the control: wave, area, arm, control, n, n_control, …

    By area only: over areas together, differences between areas would pass for effects.
    """
    check_frame(frame, _only(design, outcome))
    rows = []
    for blocks in read_blocks(frame, design):
        values = floats(blocks.frame[outcome.values])
        for area, members in blocks.places():
            here = np.isin(blocks.block, members) & ~np.isnan(values)
            groups = [values[here & (blocks.arm == k)] for k in range(len(design.arms))]
            if area == POOLED:
                continue
            for arm, group in list(zip(design.arms, groups, strict=True))[1:]:
                sizes = {"n": len(group), "n_control": len(groups[0])}
                names = {"wave": blocks.wave, "area": area, "arm": arm, "control": design.arms[0]}
                rows.append({**names, **sizes, **superiority(group, groups[0])})
    return pd.DataFrame(rows)


def superiority_effects(
    frame: pd.DataFrame, design: Design, outcome: Outcome, contrast: Contrast
) -> pd.DataFrame:
    """Superiority of one arm over another, by area, and areas' figures weighed by respondents.

    Returns
    -------
    DataFrame
        wave, area, outcome, contrast, and what `superiority` returns; note. Empty of figures where
        the contrast is not of two arms. ``pooled`` is the mean of the areas' figures, each from
        comparisons within it: over areas together, differences between areas would pass for
        effects. An area with fewer than 2 answers in either arm takes no part in it.
    """
    check_frame(frame, _only(design, outcome))
    check_contrasts([contrast], design)
    rows = []
    for blocks in read_blocks(frame, design):
        values = floats(blocks.frame[outcome.values])
        for area, members in blocks.places():
            names = {"wave": blocks.wave, "area": area, "outcome": outcome.key}
            found = _pooled_superiority(blocks, values, members, contrast)
            rows.append({**names, "contrast": contrast.name, **found})
    return pd.DataFrame(rows)


def _pooled_superiority(
    blocks: Blocks, values: Floats, members: Any, contrast: Contrast
) -> dict[str, Any]:
    if sorted(w for w in contrast.weights if w) != [-1, 1]:
        return {"superiority": np.nan, "note": "it compares two arms, and this contrast has more"}
    sides = [contrast.weights.index(weight) for weight in (1, -1)]
    found, n = [], []
    for block in members:
        here = (blocks.block == block) & ~np.isnan(values)
        one, other = (values[here & (blocks.arm == arm)] for arm in sides)
        if min(len(one), len(other)) >= 2:
            found.append(superiority(one, other))
            n.append(int(here.sum()))
    if not found:
        return {"superiority": np.nan, "note": "an arm has fewer than 2 answers"}
    share = np.array(n) / sum(n)
    p = float(share @ [row["superiority"] for row in found])
    error = float(np.sqrt(share**2 @ [row["std_error"] ** 2 for row in found]))
    low, high = max(0.0, p - NORMAL * error), min(1.0, p + NORMAL * error)
    head = {"superiority": p, "std_error": error, "ci_low": low, "ci_high": high}
    return {**head, "cliff_delta": 2 * p - 1, "note": ""}


def odds_effects(
    frame: pd.DataFrame,
    design: Design,
    outcome: Outcome,
    contrasts: Sequence[Contrast] | None = None,
) -> pd.DataFrame:
    """Contrasts as log odds ratios of a proportional-odds model, by area and over areas.

    Returns
    -------
    DataFrame
        wave, area, outcome, contrast, estimate, std_error, ci_low, ci_high and p_value (normal),
        odds_ratio, n, log_likelihood; lr_statistic, lr_df, lr_p, lr_converged of the test of
        proportional odds (all arms freed); note where the model cannot be fitted. Areas together
        have a fixed effect an area.
    """
    check_frame(frame, _only(design, outcome))
    chosen = check_contrasts(contrasts, design)
    rows = []
    for blocks in read_blocks(frame, design):
        values = floats(blocks.frame[outcome.values])
        for area, members in blocks.places():
            here = np.isin(blocks.block, members) & ~np.isnan(values)
            names = {"wave": blocks.wave, "area": area, "outcome": outcome.key}
            for row in _odds(values[here], blocks.arm[here], blocks.block[here], chosen):
                rows.append({**names, **row})
    return pd.DataFrame(rows)


def _odds(values: Floats, arm: Any, block: Any, contrasts: list[Contrast]) -> list[dict[str, Any]]:
    used = np.unique(arm)
    weights = np.array([c.weights for c in contrasts], dtype=np.float64)
    x = pd.DataFrame({f"arm {k}": (arm == k).astype(float) for k in used[1:]})
    arms = list(x.columns)
    x = x.assign(**{f"block {b}": (block == b).astype(float) for b in np.unique(block)[1:]})
    absent = np.setdiff1d(np.arange(weights.shape[1]), used)
    try:
        fit, test = proportional_odds(values, x), test_of_odds(values, x, arms)
    except BadInput as error:
        return [{"contrast": c.name, "n": len(values), "note": str(error)} for c in contrasts]
    of_arms = fit.covariance[: len(arms), : len(arms)]
    beta, c = fit.terms["estimate"].to_numpy()[: len(arms)], weights[:, used[1:]]
    estimate, errors = c @ beta, np.sqrt(np.einsum("ij,jk,ik->i", c, of_arms, c))
    lost = (weights[:, absent] != 0).any(axis=1)
    estimate, errors = np.where(lost, np.nan, estimate), np.where(lost, np.nan, errors)
    return [
        {
            "contrast": contrast.name,
            "estimate": estimate[i],
            "std_error": errors[i],
            "ci_low": estimate[i] - NORMAL * errors[i],
            "ci_high": estimate[i] + NORMAL * errors[i],
            "p_value": 2 * ndtr(-abs(estimate[i] / errors[i])),
            "odds_ratio": np.exp(estimate[i]),
            "n": len(values),
            "log_likelihood": fit.log_likelihood,
            "lr_statistic": test.statistic,
            "lr_df": test.df,
            "lr_p": chdtrc(test.df, test.statistic) if test.df else np.nan,
            "lr_converged": test.converged,
            "note": "an arm has no answers" if lost[i] else "",
        }
        for i, contrast in enumerate(contrasts)
    ]


def _only(design: Design, outcome: Outcome) -> Design:
    from dataclasses import replace

    return replace(design, outcomes=[outcome])
