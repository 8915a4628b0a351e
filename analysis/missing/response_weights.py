"""Answers weighed by the inverse of their predicted chance."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import expit

from ..arms import Counts, Floats
from ..blocks import (
    Blocks,
    check_columns,
    check_contrasts,
    check_frame,
    check_numbers,
    floats,
    read_blocks,
)
from ..design import Contrast, Design
from ..effects.closed_form import inference
from ..errors import BadInput


def weighted_by_response(
    frame: pd.DataFrame, design: Design, contrasts: Sequence[Contrast] | None = None
) -> pd.DataFrame:
    """Contrasts with answers weighed by the inverse of their predicted chance (IPW).

    Returns
    -------
    DataFrame
        wave, area, outcome, contrast, estimate, std_error, df, ci_low, ci_high, p_value, mde_80,
        largest_weight, note. The chance comes from a logistic model of answering on the design's
        covariates, arm by arm over all areas with an effect an area; weights are taken as
        known, which errs to the wide side. It repairs what covariates explain, and no more.

    Raises
    ------
    BadInput
        As `estimate_effects`; no covariates, or one that is missing.
    """
    outcomes, chosen = check_frame(frame, design), check_contrasts(contrasts, design)
    check_columns(frame, design.covariates)
    for name in design.covariates:
        check_numbers(frame[name], "of covariates")
    if not design.covariates:
        raise BadInput("Weighing by response needs covariates; without any it changes nothing.")
    rows: list[dict[str, Any]] = []
    for blocks in read_blocks(frame, design):
        x = np.column_stack([floats(blocks.frame[name]) for name in design.covariates])
        if np.isnan(x).any():
            raise BadInput("A covariate is missing; weighing by response needs it of everyone.")
        for outcome in outcomes:
            values = floats(blocks.frame[outcome.values])
            weights, note = _inverse(blocks, x, ~np.isnan(values))
            for row in _weighed(blocks, values, weights, chosen):
                names = {"wave": blocks.wave, "area": row.pop("area"), "outcome": outcome.key}
                rows.append({**names, **row, "note": note or row["note"]})
    return pd.DataFrame(rows)


def _inverse(blocks: Blocks, x: Floats, there: Any) -> tuple[Floats, str]:
    """One over the predicted chance to answer; empty with a note where no model fits."""
    weights = np.full(len(there), np.nan)
    scaled = (x - x.mean(axis=0)) / np.where(x.std(axis=0) > 0, x.std(axis=0), 1)
    for arm in np.unique(blocks.arm):
        here = blocks.arm == arm
        if there[here].all():
            weights[here] = 1.0
            continue
        dummies = np.eye(len(blocks.areas))[blocks.block[here]]
        design = np.column_stack([dummies[:, dummies.any(axis=0)], scaled[here]])
        chance = logistic_chances(design, there[here].astype(float))
        if not np.isfinite(chance).all() or chance[there[here]].min(initial=1) < 1e-6:
            return weights, "the model of answering does not fit: covariates tell who answers"
        weights[here] = 1 / np.maximum(chance, 1e-6)
    return weights, ""


def logistic_chances(x: Floats, y: Floats) -> Floats:
    """Chances that a logistic regression of y (N,), 0 or 1, on x (N, k) gives each row.

    Newton's method, its steps halved until they lead down. Where it runs off to infinity, as for
    an area in which everybody answered, chances near 0 or 1 are what it comes to; columns that
    depend on each other share their coefficient.
    """
    beta = np.zeros(x.shape[1])
    loss = _logistic_loss(x @ beta, y)
    for _ in range(100):
        p = expit(x @ beta)
        gradient = x.T @ (p - y)
        if np.abs(gradient).max() < 1e-11 * len(y):
            break
        information = (x * (p * (1 - p))[:, None]).T @ x
        step = np.linalg.lstsq(information, gradient, rcond=1e-12)[0]
        while (new := _logistic_loss(x @ (beta - step), y)) > loss and np.abs(step).max() > 1e-12:
            step = step / 2
        if not new < loss:
            break  # as near as rounding lets one come
        beta, loss = beta - step, new
    return np.asarray(expit(x @ beta), dtype=np.float64)


def _logistic_loss(eta: Floats, y: Floats) -> float:
    return float(np.logaddexp(0, eta).sum() - y @ eta)


def _weighed(
    blocks: Blocks, values: Floats, weights: Floats, contrasts: list[Contrast]
) -> Iterator[dict[str, Any]]:
    for area, members in blocks.places():
        for contrast in contrasts:
            yield {"area": area, "contrast": contrast.name} | _hajek(
                blocks, values, weights, members, contrast
            )


def _hajek(
    blocks: Blocks, values: Floats, weights: Floats, members: Counts, contrast: Contrast
) -> dict[str, Any]:
    """Weighted means by block and arm; blocks weigh as many as their respondents."""
    parts, n, largest = [], [], 0.0
    for block in members:
        estimate = variance = 0.0
        for arm, c in enumerate(contrast.weights):
            here = (blocks.block == block) & (blocks.arm == arm) & ~np.isnan(values)
            if not c:
                continue
            w, y = weights[here], values[here]
            if len(y) < 2 or np.isnan(w).any():
                break
            mean = w @ y / w.sum()
            estimate += c * mean
            variance += c**2 * (w**2 @ (y - mean) ** 2) / w.sum() ** 2 * len(y) / (len(y) - 1)
            largest = max(largest, float(w.max()))
        else:
            parts.append((estimate, variance))
            n.append(int((blocks.block == block).sum()))
    if not parts or not sum(variance for _, variance in parts):
        return {"estimate": np.nan, "note": "an arm has fewer than 2 answers"}
    share = np.array(n) / sum(n)
    estimate = float(share @ [e for e, _ in parts])
    error = float(np.sqrt(share**2 @ [v for _, v in parts]))
    df = float((~np.isnan(values[np.isin(blocks.block, members)])).sum())
    df -= len(parts) * len(contrast.weights)
    row = {"estimate": estimate, "std_error": error, "df": df}
    return {**row, **inference(estimate, error, df), "largest_weight": largest, "note": ""}
