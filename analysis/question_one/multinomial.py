"""A multinomial logit, weighted or not, and its average marginal effects by the delta method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..arms import Counts, Floats
from ..errors import BadInput
from .conditions import Term

STEPS = 60
CLOSE = 1e-9  # the gradient, a respondent
FLAT = 1e-7  # information of a column beside its sum of squares: below, a coefficient runs away
ENDLESS = (
    "The multinomial model has no finite solution: a condition foretells a way of acting "
    "completely. Leave it out or join its levels."
)
DEPENDENT = "The multinomial model is undefined: conditions depend on each other."


@dataclass(frozen=True)
class Multinomial:
    """A fit of J categories, the first the reference.

    Attributes
    ----------
    beta : array (J − 1, k)
    shares : array (rows, J)
    inverse : array ((J − 1)·k, (J − 1)·k)
        Inverse of the negative Hessian, of beta row by row.
    scores : array (rows, (J − 1)·k)
        Weighted.
    """

    beta: Floats
    shares: Floats
    inverse: Floats
    scores: Floats
    log_likelihood: float


def fit_multinomial(x: Floats, y: Counts, w: Floats, categories: int) -> Multinomial:
    """Fit by Newton's method with halved steps.

    Raises
    ------
    BadInput
        It does not converge, or has no finite solution.
    """
    told = np.eye(categories)[y][:, 1:]
    beta = np.zeros((categories - 1, x.shape[1]))
    value = _likelihood(x, y, w, beta)
    for _ in range(STEPS):
        shares = predict(x, beta)
        gradient = (((told - shares[:, 1:]) * w[:, None]).T @ x).ravel()
        hessian = _information(x, shares, w)
        if np.abs(gradient).max() < CLOSE * w.sum():
            return _finish(x, told, w, beta, shares, hessian, value)
        step = _solve(hessian, gradient).reshape(beta.shape)
        for _halving in range(30):
            further = _likelihood(x, y, w, beta + step)
            if further >= value - 1e-12 * abs(value):
                break
            step = step / 2
        beta, value = beta + step, further
    raise BadInput(ENDLESS)


def predict(x: Floats, beta: Floats) -> Floats:
    """Shares of the categories: (rows, J)."""
    linear = np.column_stack([np.zeros(len(x)), x @ beta.T])
    linear -= linear.max(axis=1, keepdims=True)
    found: Floats = np.exp(linear)
    found /= found.sum(axis=1, keepdims=True)
    return found


def marginal_effects(
    fit: Multinomial, x: Floats, w: Floats, terms: Sequence[Term]
) -> tuple[Floats, Floats]:
    """Average marginal effects and their derivatives by the coefficients.

    A level's effect is the mean difference that having it makes, rather than the reference, to
    each respondent's predicted shares; a number's is the mean slope.

    Returns
    -------
    effects : array (terms, J)
    jacobian : array (terms, J, (J − 1)·k)
    """
    found = [(_of_level if t.is_level else _of_number)(fit, x, w / w.sum(), t) for t in terms]
    return np.array([f[0] for f in found]), np.array([f[1] for f in found])


def _of_level(fit: Multinomial, x: Floats, w: Floats, term: Term) -> tuple[Floats, Floats]:
    effect = np.zeros(fit.shares.shape[1])
    jacobian = np.zeros((len(effect), fit.beta.size))
    for sign, value in ((1, 1.0), (-1, 0.0)):
        at = x.copy()
        at[:, list(term.columns)] = 0
        at[:, term.column] = value
        shares = predict(at, fit.beta)
        effect = effect + sign * (w @ shares)
        jacobian += sign * _derivative(shares, at, w)
    return effect, jacobian


def _derivative(shares: Floats, x: Floats, w: Floats) -> Floats:
    """Of the mean shares by the coefficients: (J, (J − 1)·k)."""
    j = shares.shape[1]
    rows = [
        np.concatenate([
            (w * shares[:, of] * ((of == by) - shares[:, by])) @ x for by in range(1, j)
        ])
        for of in range(j)
    ]  # fmt: skip
    return np.array(rows)


def _of_number(fit: Multinomial, x: Floats, w: Floats, term: Term) -> tuple[Floats, Floats]:
    p, slopes = fit.shares, np.concatenate([[0.0], fit.beta[:, term.column]])
    mean = p @ slopes
    away = slopes[None, :] - mean[:, None]
    j, k = p.shape[1], x.shape[1]
    jacobian = np.zeros((j, j - 1, k))
    for of in range(j):
        for by in range(1, j):
            same = float(of == by)
            # d(p_of·(slope_of − mean)): through p_of, and through the mean of slopes.
            through = p[:, of] * (same - p[:, by]) * away[:, of]
            inside = -p[:, of] * p[:, by] * away[:, by]
            jacobian[of, by - 1] = (w * (through + inside)) @ x
            jacobian[of, by - 1, term.column] += w @ (p[:, of] * (same - p[:, by]))
    return w @ (p * away), jacobian.reshape(j, -1)


def _likelihood(x: Floats, y: Counts, w: Floats, beta: Floats) -> float:
    linear = np.column_stack([np.zeros(len(x)), x @ beta.T])
    top = linear.max(axis=1)
    whole = top + np.log(np.exp(linear - top[:, None]).sum(axis=1))
    return float(w @ (linear[np.arange(len(y)), y] - whole))


def _information(x: Floats, shares: Floats, w: Floats) -> Floats:
    j, k = shares.shape[1], x.shape[1]
    found: Any = np.zeros((j - 1, k, j - 1, k))
    for one in range(1, j):
        for other in range(one, j):
            weigh = w * shares[:, one] * ((one == other) - shares[:, other])
            found[one - 1, :, other - 1] = (x * weigh[:, None]).T @ x
            found[other - 1, :, one - 1] = found[one - 1, :, other - 1].T
    flat: Floats = found.reshape((j - 1) * k, (j - 1) * k)
    return flat


def _solve(hessian: Floats, gradient: Floats) -> Floats:
    try:
        solved: Floats = np.asarray(np.linalg.solve(hessian, gradient), dtype=np.float64)
    except np.linalg.LinAlgError as error:
        raise BadInput(DEPENDENT) from error
    return solved


def _finish(
    x: Floats, told: Floats, w: Floats, beta: Floats, shares: Floats, hessian: Floats, value: float
) -> Multinomial:
    scale = np.sqrt(np.diag(hessian))
    if (scale**2 < FLAT * np.tile(w @ x**2, len(beta))).any():
        raise BadInput(ENDLESS)
    if np.linalg.cond(hessian / np.outer(scale, scale)) > 1e12:
        raise BadInput(DEPENDENT)
    residual = (told - shares[:, 1:]) * w[:, None]
    scores = (residual[:, :, None] * x[:, None, :]).reshape(len(x), -1)
    inverse: Floats = np.asarray(np.linalg.inv(hessian), dtype=np.float64)
    return Multinomial(beta, shares, inverse, scores, value)
