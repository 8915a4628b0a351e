"""Linear probabilities of each way of acting: robust, clustered, or weighted with the design."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..arms import Counts, Floats
from ..errors import BadInput
from ..linearised import Units
from ..regression import cr2_error, hc_error, least_squares
from .conditions import Term

UNDEFINED = "The linear model is undefined: conditions depend on each other."


def linear(
    x: Floats, y: Floats, terms: Sequence[Term], clusters: Counts | None
) -> list[tuple[float, float, float]]:
    """Coefficient, error and degrees of freedom of each term: HC2, or CR2 by cluster."""
    fit = least_squares(x, y)
    if fit is None:
        raise BadInput(UNDEFINED)
    found = []
    for term in terms:
        contrast = np.eye(x.shape[1])[term.column]
        if clusters is None:
            error, df = hc_error(fit, contrast), float(len(x) - x.shape[1])
        else:
            error, df = cr2_error(fit, contrast, clusters)
        found.append((float(fit.beta[term.column]), error, df))
    return found


def weighted_linear(
    x: Floats, y: Floats, w: Floats, rows: Counts, units: Units
) -> tuple[Floats, Floats]:
    """Coefficients of weighted least squares, and linearised errors as R's ``svyglm`` has them.

    Parameters
    ----------
    x, y, w : arrays (rows, k), (rows,), (rows,)
        Of the respondents in the model.
    rows : array (rows,)
        Where they stand among all, whose `units` are given.
    """
    fit = least_squares(x * np.sqrt(w)[:, None], y * np.sqrt(w))
    if fit is None:
        raise BadInput(UNDEFINED)
    inverse = np.linalg.inv(fit.r.T @ fit.r)
    influence = np.zeros((len(units.unit), x.shape[1]))
    influence[rows] = (x * (w * (y - x @ fit.beta))[:, None]) @ inverse
    return fit.beta, np.sqrt(units.variances(influence))
