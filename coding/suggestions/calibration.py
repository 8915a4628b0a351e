"""Make probabilities of what a model says: pooled over codes, so that a few examples suffice."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
# The evidence there is, what its weight is believed to be before anything is known of a study,
# how many units of information that belief is worth, and whether it may count against itself.
EVIDENCE = (
    ("score", 4.0, 0.05, False),
    ("score × log(1 + examples)", 1.0, 0.05, False),
    ("log odds of being given", 1.0, 2.0, False),
    ("words and letters of the name", 12.0, 0.01, False),
    ("meaning of the name", 4.0, 0.05, False),
    ("nothing", -1.0, 0.2, True),
)
BEFORE = np.array([before for _, before, _, _ in EVIDENCE])
HOLD = np.array([hold for _, _, hold, _ in EVIDENCE])
EITHER = np.array([either for _, _, _, either in EVIDENCE])


def evidence(score: Array, examples: Array, given: Array, named: tuple[Array, Array]) -> Array:
    """Lay out texts × codes in rows, and what is known of each in the columns of `EVIDENCE`.

    A score counts for more the more examples its code has. `named` is how alike the text and the
    code's name are, in words and letters and in meaning.
    """
    odds = np.log(given / (1 - given))
    columns = (score, score * np.log1p(examples), odds, *named, 1.0)
    return np.stack([np.broadcast_to(c, score.shape).ravel() for c in columns], axis=1)


def fit(rows: Array, truth: Array, worth: Array) -> Array:
    """Fit a logistic regression (Platt 1999, of several values) on predictions not trained on.

    The penalty pulls to `BEFORE` instead of to nothing. No weight may speak against its own
    evidence: one that would is left out, and the others are fitted again. `worth` weighs rows.
    """
    free = np.ones(len(BEFORE), dtype=bool)
    for _ in BEFORE:
        beta = _newton(rows, truth, worth, free)
        wrong = (beta < 0) & ~EITHER
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
