"""Cumulative logit models: proportional odds, and the test of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import chdtrc, expit, ndtr

from .arms import Counts, Floats
from .errors import BadInput

LEAST = 1e-300  # so that the logarithm of what cannot be is large, not infinite
FURTHEST = 12.0  # a log odds ratio beyond this is a model that runs off to infinity
STEPS = 60


@dataclass(frozen=True)
class ProportionalOdds:
    """A fitted model logit P(Y ≤ j) = θ_j − x·β.

    Attributes
    ----------
    terms : DataFrame
        term, estimate (log odds ratio of higher answers), std_error, p_value (normal).
    covariance : array (terms, terms)
    thresholds : array (categories − 1,)
    log_likelihood : float
    """

    terms: pd.DataFrame
    covariance: Floats
    thresholds: Floats
    log_likelihood: float


def proportional_odds(values: Floats, x: pd.DataFrame) -> ProportionalOdds:
    """Fit the model by Newton's method on the exact gradient (greatest element below 1e-7).

    Respondents who are alike in answer and terms are fitted as one row with their number, so the
    cost is that of the cells, whatever the number of respondents.

    Parameters
    ----------
    values : array (rows,)
        Ordered answers, none missing.
    x : DataFrame (rows, terms)
        Without a constant.

    Raises
    ------
    BadInput
        Fewer than two different answers, columns that depend on each other, or no convergence.

    Notes
    -----
    McCullagh (1980); the likelihood is concave (Pratt 1981), so what Newton's method finds is the
    greatest. Tested against `OrderedModel` of statsmodels, MASS::polr and ordinal::clm.
    """
    codes, levels = _codes(values)
    cells = _cells(codes, levels, x.to_numpy(dtype=np.float64))
    terms = x.shape[1]
    full = np.column_stack([np.ones(len(cells.x)), cells.x])
    if np.linalg.matrix_rank(full) < terms + 1:
        raise BadInput("The terms of the ordinal model depend on each other.")
    at = _newton(_start(cells), cells)
    covariance = _inverse(_information(at, cells))[levels - 1 :, levels - 1 :]
    estimate, errors = at[levels - 1 :], np.sqrt(np.diag(covariance))
    if not np.isfinite(errors).all() or np.abs(estimate).max(initial=0) > FURTHEST:
        raise BadInput("The ordinal model did not converge: some answers may be in one arm only.")
    frame = pd.DataFrame({"term": list(x.columns), "estimate": estimate, "std_error": errors})
    frame["p_value"] = 2 * ndtr(-np.abs(estimate / errors))
    return ProportionalOdds(frame, covariance, at[: levels - 1], -_loss(at, cells)[0])


@dataclass(frozen=True)
class OddsTest:
    """Likelihood ratio against a model where some terms act on each threshold as they like."""

    statistic: float
    df: int
    p_value: float
    converged: bool


def test_of_odds(values: Floats, x: pd.DataFrame, free: Sequence[str]) -> OddsTest:
    """Test that the terms `free` have proportional odds, as `nominal_test` of R's ordinal.

    `converged` is False where the freer model runs off (an arm without an end category): its
    statistic is then what was reached, and no more than a sign.
    """
    from scipy.optimize import minimize

    fit, (codes, levels) = proportional_odds(values, x), _codes(values)
    nominal = x[list(free)].to_numpy(dtype=np.float64)
    cells = _cells(codes, levels, x.to_numpy(dtype=np.float64), nominal)
    start = np.r_[fit.thresholds, fit.terms["estimate"], np.zeros(nominal.shape[1] * (levels - 2))]
    found = minimize(_loss, start, (cells,), "BFGS", jac=True, tol=1e-8)
    statistic = max(0.0, 2 * (-float(found.fun) - fit.log_likelihood))
    df = nominal.shape[1] * (levels - 2)
    converged = bool(np.abs(found.jac).max() < 1e-3 and np.abs(found.x).max() < 15 + levels - 1)
    return OddsTest(statistic, df, float(chdtrc(df, statistic)), converged)


test_of_odds.__test__ = False  # type: ignore[attr-defined]


@dataclass(frozen=True)
class _Cells:
    """Distinct rows of answer and terms, and how many respondents each stands for."""

    codes: Counts
    levels: int
    x: Floats
    nominal: Floats
    count: Floats


def _cells(codes: Counts, levels: int, x: Floats, nominal: Floats | None = None) -> _Cells:
    nominal = np.zeros((len(codes), 0)) if nominal is None else nominal
    rows = np.column_stack([codes.astype(np.float64), x, nominal])
    found = pd.DataFrame(rows).groupby(list(range(rows.shape[1])), sort=True).size()
    alike, count = np.asarray(found.index.to_frame(), dtype=np.float64), found.to_numpy()
    k = 1 + x.shape[1]
    return _Cells(
        alike[:, 0].astype(np.int64), levels, alike[:, 1:k], alike[:, k:], count.astype(np.float64)
    )


def _start(cells: _Cells) -> Floats:
    """Thresholds as the answers of everybody have them, and no effect."""
    shares = np.bincount(cells.codes, cells.count, minlength=cells.levels) / cells.count.sum()
    below = np.cumsum(shares)[:-1]
    start = np.r_[np.log(below / (1 - below)), np.zeros(cells.x.shape[1])]
    return np.asarray(start, dtype=np.float64)


def _newton(at: Floats, cells: _Cells) -> Floats:
    """Go downhill by Newton's steps, halved until they lead down; refuse where they end nowhere."""
    loss, gradient = _loss(at, cells)
    for _ in range(STEPS):
        if np.abs(gradient).max() < 1e-7 or np.abs(at).max() > 4 * FURTHEST:
            break
        step = _inverse(_information(at, cells)) @ gradient
        for _ in range(40):
            new = _loss(at - step, cells)
            if new[0] <= loss:
                break
            step /= 2
        else:
            break  # no step leads down any more: as near as rounding lets one come
        at, (loss, gradient) = at - step, new
    if np.abs(gradient).max() > 1e-3:
        raise BadInput("The ordinal model did not converge: some answers may be in one arm only.")
    return np.asarray(at, dtype=np.float64)


def _loss(parameters: Floats, cells: _Cells) -> tuple[float, Floats]:
    """Negative log-likelihood and gradient; term effects differ by threshold for `nominal`."""
    k, q, levels = cells.x.shape[1], cells.nominal.shape[1], cells.levels
    thresholds, beta = parameters[: levels - 1], parameters[levels - 1 : levels - 1 + k]
    shifts = np.vstack([np.zeros(q), parameters[levels - 1 + k :].reshape(levels - 2, q)])
    eta = thresholds - (cells.x @ beta)[:, None] - cells.nominal @ shifts.T
    rows, size = np.arange(len(cells.codes)), len(cells.codes)
    below = np.column_stack([np.zeros(size), expit(eta), np.ones(size)])
    p = np.maximum(below[rows, cells.codes + 1] - below[rows, cells.codes], LEAST)
    density = below * (1 - below)  # 0 at both ends, as it must be
    by_eta = np.zeros((size, levels + 1))
    by_eta[rows, cells.codes + 1] = cells.count * density[rows, cells.codes + 1] / p
    by_eta[rows, cells.codes] = -cells.count * density[rows, cells.codes] / p
    inner = by_eta[:, 1:levels]
    of_shifts = -(inner[:, 1:].T @ cells.nominal).ravel()
    gradient = np.r_[inner.sum(axis=0), -cells.x.T @ inner.sum(axis=1), of_shifts]
    return -float(cells.count @ np.log(p)), -gradient


def _information(at: Floats, cells: _Cells) -> Floats:
    """Second derivatives, from differences of the exact gradient.

    Second differences of the likelihood, as statsmodels takes them, lose the sixth digit.
    """
    step = 1e-5
    rows = [_loss(at + e, cells)[1] - _loss(at - e, cells)[1] for e in np.eye(len(at)) * step]
    information = np.asarray(rows) / (2 * step)
    return np.asarray((information + information.T) / 2, dtype=np.float64)


def _inverse(information: Floats) -> Floats:
    return np.asarray(np.linalg.pinv(information, hermitian=True), dtype=np.float64)


def _codes(values: Floats) -> tuple[NDArray[np.int64], int]:
    levels, codes = np.unique(values, return_inverse=True)
    if len(levels) < 2 or np.isnan(levels).any():
        raise BadInput("An ordinal model needs two or more different answers, none missing.")
    return codes.astype(np.int64), len(levels)
