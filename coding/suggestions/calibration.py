"""Make probabilities of what a model says: pooled over codes, so that a few examples suffice."""

from __future__ import annotations

from dataclasses import dataclass
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
# The same of the two ends of a probability and of nothing: before, it is not bent.
STRAIGHT, STIFF = np.array([1.0, 1.0, 0.0]), np.array([1.0, 1.0, 1.0])
NO_END = np.array([False, False, True])
ROUNDS = 40


def evidence(score: Array, examples: Array, given: Array, named: tuple[Array, Array]) -> Array:
    """Lay out texts × codes in rows, and what is known of each in the columns of `EVIDENCE`.

    A score counts for more the more examples its code has. `named` is how alike the text and the
    code's name are, in words and letters and in meaning.
    """
    odds = np.log(given / (1 - given))
    columns = (score, score * np.log1p(examples), odds, *named, 1.0)
    return np.stack([np.broadcast_to(c, score.shape).ravel() for c in columns], axis=1)


@dataclass(frozen=True)
class Calibration:
    """How much each kind of evidence counts, and how the sum is bent at both ends."""

    weights: Array
    bend: Array

    @classmethod
    def fit(cls, rows: Array, truth: Array, worth: Array) -> Calibration:
        """Fit on predictions that were not trained on; `worth` weighs them.

        A logistic regression of the evidence (Platt 1999, of several values), then beta calibration
        of its probability (Kull et al. 2017), since a straight line errs most where it is surest.
        Penalties pull to what is believed before instead of to nothing.
        """
        weights = _fit(rows, truth, worth, (BEFORE, HOLD, EITHER))
        bend = _fit(_ends(_logistic(rows @ weights)), truth, worth, (STRAIGHT, STIFF, NO_END))
        return cls(weights, bend)

    def probability(self, rows: Array) -> Array:
        """Return the probability of each row of evidence."""
        return _logistic(_ends(_logistic(rows @ self.weights)) @ self.bend)


def _fit(rows: Array, truth: Array, worth: Array, belief: tuple[Array, Array, Array]) -> Array:
    """Fit a logistic regression in which no weight speaks against its own evidence.

    One that would is left out, and the others are fitted again.
    """
    before, hold, either = belief
    free = np.ones(len(before), dtype=bool)
    weights = np.zeros(len(before))
    for _ in before:
        weights[:] = 0
        weights[free] = _newton(rows[:, free], truth, worth, before[free], hold[free])
        wrong = (weights < 0) & ~either
        if not wrong.any():
            break
        free &= ~wrong
    return weights


def _newton(rows: Array, truth: Array, worth: Array, start: Array, hold: Array) -> Array:
    at = start.copy()
    for _ in range(ROUNDS):
        chance = _logistic(rows @ at)
        slope = rows.T @ (worth * (chance - truth)) + hold * (at - start)
        curve = (rows * (worth * chance * (1 - chance))[:, None]).T @ rows + np.diag(hold)
        step = np.linalg.solve(curve, slope)
        at = at - step / max(1.0, float(np.abs(step).max()) / 5)
        if np.abs(step).max() < 1e-8:
            break
    return at


def _logistic(odds: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -35, 35))))


def _ends(chance: Array) -> Array:
    kept = np.clip(chance, 1e-9, 1 - 1e-9)
    return np.stack([np.log(kept), -np.log(1 - kept), np.ones_like(kept)], axis=1)


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
