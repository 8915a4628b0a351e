"""Make probabilities of what a model says: pooled over codes, so that a few examples suffice."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
# What is believed before anything is known of a study, in the units of `evidence`: of the
# model's own score, of how often the code is given, of its name and definition, and of nothing.
BEFORE = np.array([6.0, 0.6, 4.0, -2.5])
# How many units of information the beliefs above are worth.
HOLD = np.array([0.02, 2.0, 0.02, 0.2])


def evidence(score: Array, given: Array, alike: Array) -> Array:
    """Lay out texts × codes in rows: score, log odds of how often given, likeness to the name."""
    prior = np.broadcast_to(np.log(given / (1 - given)), score.shape)
    columns = (score, prior, alike, np.ones_like(score))
    return np.stack([np.broadcast_to(column, score.shape).ravel() for column in columns], axis=1)


def fit(rows: Array, truth: Array, worth: Array) -> Array:
    """Fit a logistic regression (Platt 1999, of four values) on predictions not trained on.

    The penalty pulls to `BEFORE` instead of to nothing. No weight may speak against its own
    evidence: one that would is left out, and the others are fitted again. `worth` weighs rows.
    """
    free = np.ones(len(BEFORE), dtype=bool)
    for _ in BEFORE:
        beta = _newton(rows, truth, worth, free)
        wrong = (beta < 0) & np.array([True, True, True, False])
        if not wrong.any():
            break
        free &= ~wrong
    return beta


def _newton(rows: Array, truth: Array, worth: Array, free: Array, rounds: int = 30) -> Array:
    beta = np.where(free, BEFORE, 0.0)
    used, start, hold = rows[:, free], BEFORE[free], HOLD[free]
    at = start.copy()
    for _ in range(rounds):
        chance = probability(used, at)
        slope = used.T @ (worth * (chance - truth)) + hold * (at - start)
        bend = (used * (worth * chance * (1 - chance))[:, None]).T @ used + np.diag(hold)
        step = np.linalg.solve(bend, slope)
        at = at - step / max(1.0, float(np.abs(step).max()) / 5)
        if np.abs(step).max() < 1e-8:
            break
    beta[free] = at
    return beta


def probability(rows: Array, beta: Array) -> Array:
    """Return the probability of each row."""
    return np.asarray(1 / (1 + np.exp(-np.clip(rows @ beta, -35, 35))))


def calibration_error(
    predicted: Array, truth: Array, worth: Array | None = None, bins: int = 10
) -> float | None:
    """Return the expected calibration error (Naeini et al. 2015), in bins of equal counts.

    It is the mean distance of what was predicted and how often it was so, 0 to 1; None of nothing.
    """
    told = reliability(predicted, truth, worth, bins)
    missed = sum(row["n"] * abs(row["predicted"] - row["observed"]) for row in told)
    return float(missed / sum(row["n"] for row in told)) if told else None


def reliability(
    predicted: Array, truth: Array, worth: Array | None = None, bins: int = 10
) -> list[dict[str, Any]]:
    """Cut predictions into bins of equal counts: low, high, means of both sides, n.

    `worth` says how many others each row of `predicted` stands for, and n counts them all.
    """
    each = np.ones(len(predicted)) if worth is None else worth
    each = np.broadcast_to(each.reshape(-1, *[1] * (predicted.ndim - 1)), predicted.shape).ravel()
    flat, so = predicted.ravel(), truth.ravel()
    order = np.argsort(flat, kind="stable")
    return [
        {
            "low": float(flat[part[0]]),
            "high": float(flat[part[-1]]),
            "predicted": float(np.average(flat[part], weights=each[part])),
            "observed": float(np.average(so[part], weights=each[part])),
            "n": round(float(each[part].sum())),
        }
        for part in np.array_split(order, bins)
        if len(part)
    ]
