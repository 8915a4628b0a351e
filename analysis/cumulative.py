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
    """Fit the model by statsmodels' `OrderedModel` (logit, BFGS, gradient below 1e-9).

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
    """
    from statsmodels.miscmodels.ordinal_model import OrderedModel

    codes, levels = _codes(values)
    design = x.to_numpy(dtype=np.float64)
    if np.linalg.matrix_rank(np.column_stack([np.ones(len(x)), design])) < x.shape[1] + 1:
        raise BadInput("The terms of the ordinal model depend on each other.")
    model = OrderedModel(codes, design, distr="logit")
    fit = model.fit(method="bfgs", gtol=1e-9, maxiter=1000, disp=False, warn_convergence=False)
    terms = x.shape[1]
    gradient = np.abs(model.score(fit.params)).max()
    steps = np.asarray(fit.params)[terms:]
    thresholds = np.cumsum(np.r_[steps[0], np.exp(steps[1 : levels - 1])])
    at = np.r_[thresholds, np.asarray(fit.params)[:terms]]
    covariance = _covariance(at, codes, levels, design)[levels - 1 :, levels - 1 :]
    errors = np.sqrt(np.diag(covariance))
    if gradient > 1e-3 or not np.isfinite(errors).all():
        raise BadInput("The ordinal model did not converge: some answers may be in one arm only.")
    estimate = np.asarray(fit.params)[:terms]
    frame = pd.DataFrame({"term": list(x.columns), "estimate": estimate, "std_error": errors})
    frame["p_value"] = 2 * ndtr(-np.abs(estimate / errors))
    return ProportionalOdds(frame, covariance, thresholds, float(fit.llf))


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
    design = x.to_numpy(dtype=np.float64)
    nominal = x[list(free)].to_numpy(dtype=np.float64)
    steps = np.r_[fit.thresholds[0], np.log(np.diff(fit.thresholds))]
    start = np.r_[fit.thresholds, fit.terms["estimate"], np.zeros(nominal.shape[1] * (levels - 2))]
    found = minimize(_loss, start, (codes, levels, design, nominal), "BFGS", jac=True, tol=1e-8)
    statistic = max(0.0, 2 * (-float(found.fun) - fit.log_likelihood))
    df = nominal.shape[1] * (levels - 2)
    converged = bool(np.abs(found.jac).max() < 1e-3 and np.abs(found.x).max() < 15 + len(steps))
    return OddsTest(statistic, df, float(chdtrc(df, statistic)), converged)


test_of_odds.__test__ = False  # type: ignore[attr-defined]


def _loss(
    parameters: Floats, codes: Counts, levels: int, x: Floats, nominal: Floats
) -> tuple[float, Floats]:
    """Negative log-likelihood and gradient; term effects differ by threshold for `nominal`."""
    k, q = x.shape[1], nominal.shape[1]
    thresholds, beta = parameters[: levels - 1], parameters[levels - 1 : levels - 1 + k]
    shifts = np.vstack([np.zeros(q), parameters[levels - 1 + k :].reshape(levels - 2, q)])
    eta = thresholds - (x @ beta)[:, None] - nominal @ shifts.T
    rows = np.arange(len(codes))
    below = np.column_stack([np.zeros(len(codes)), expit(eta), np.ones(len(codes))])
    p = np.maximum(below[rows, codes + 1] - below[rows, codes], LEAST)
    density = below * (1 - below)  # 0 at both ends, as it must be
    by_eta = np.zeros((len(codes), levels + 1))
    by_eta[rows, codes + 1] = density[rows, codes + 1] / p
    by_eta[rows, codes] = -density[rows, codes] / p
    inner = by_eta[:, 1:levels]
    of_shifts = -(inner[:, 1:].T @ nominal).ravel()
    gradient = np.r_[inner.sum(axis=0), -x.T @ inner.sum(axis=1), of_shifts]
    return -float(np.log(p).sum()), -gradient


def _covariance(at: Floats, codes: Counts, levels: int, x: Floats) -> Floats:
    """Inverse of the information, from differences of the exact gradient.

    statsmodels takes second differences of the likelihood, which lose the sixth digit.
    """
    none, step = np.zeros((len(codes), 0)), 1e-5
    rows = [
        _loss(at + e, codes, levels, x, none)[1] - _loss(at - e, codes, levels, x, none)[1]
        for e in np.eye(len(at)) * step
    ]
    information = np.asarray(rows) / (2 * step)
    inverse = np.linalg.pinv((information + information.T) / 2, hermitian=True)
    return np.asarray(inverse, dtype=np.float64)


def _codes(values: Floats) -> tuple[NDArray[np.int64], int]:
    levels, codes = np.unique(values, return_inverse=True)
    if len(levels) < 2 or np.isnan(levels).any():
        raise BadInput("An ordinal model needs two or more different answers, none missing.")
    return codes.astype(np.int64), len(levels)
