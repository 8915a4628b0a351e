"""Linear probabilities of each way of acting: robust, clustered, or weighted with the design."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from ..arms import Counts, Floats
from ..errors import BadInput
from ..linearised import Domain
from ..regression import Fit, cr2_error, hc_error, least_squares
from .conditions import Term

UNDEFINED = "The linear model is undefined: conditions depend on each other."


def linear(
    x: Floats, y: Floats, terms: Sequence[Term], clusters: Counts | None
) -> Iterator[list[tuple[float, float, float]]]:
    """Coefficient, error and degrees of freedom of each term, for each column of y (rows, ways).

    Errors are HC2, or CR2 by cluster.
    """
    fit = least_squares(x, y[:, 0])
    if fit is None:
        raise BadInput(UNDEFINED)
    for answers in y.T:
        beta = np.linalg.solve(fit.r, fit.q.T @ answers)
        yield _terms(replace(fit, beta=beta, residuals=answers - x @ beta), x, terms, clusters)


def _terms(
    fit: Fit, x: Floats, terms: Sequence[Term], clusters: Counts | None
) -> list[tuple[float, float, float]]:
    found = []
    for term in terms:
        contrast = np.eye(x.shape[1])[term.column]
        if clusters is None:
            error, df = hc_error(fit, contrast), float(len(x) - x.shape[1])
        else:
            error, df = cr2_error(fit, contrast, clusters)
        found.append((float(fit.beta[term.column]), error, df))
    return found


def weighted_linear(x: Floats, y: Floats, w: Floats, domain: Domain) -> tuple[Floats, Floats]:
    """Coefficients of weighted least squares, and linearised errors as R's ``svyglm`` has them.

    Parameters
    ----------
    x, y, w : arrays (rows, k), (rows,), (rows,)
        Of the respondents in the model, which are the domain.
    """
    fit = least_squares(x * np.sqrt(w)[:, None], y * np.sqrt(w))
    if fit is None:
        raise BadInput(UNDEFINED)
    inverse = np.linalg.inv(fit.r.T @ fit.r)
    influence = (x * (w * (y - x @ fit.beta))[:, None]) @ inverse
    return fit.beta, np.sqrt(domain.variances(influence))
