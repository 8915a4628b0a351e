"""Middles of skewed answers in a sampled population: the median, and the mean without the ends."""

import numpy as np

from .arms import Floats
from .linearised import Mask, Units, around

Middle = tuple[float, float, float, float, int]  # estimate, error, low, high, degrees of freedom


def weighted_quantile(y: Floats, w: Floats, share: float) -> float:
    """The least answer that at least `share` of the weight does not exceed (R's rule “math”)."""
    order = np.argsort(y, kind="stable")
    above = np.cumsum(w[order])
    place = np.searchsorted(above, share * above[-1] * (1 - 1e-12))
    return float(y[order][min(int(place), len(y) - 1)])


def median(y: Floats, w: Floats, here: Mask, units: Units) -> Middle:
    """The weighted median of a domain with Woodruff's interval.

    Parameters
    ----------
    y, w : array (rows,)
        Answers and weights of all respondents; those outside of the domain `here` are not read.

    Notes
    -----
    Woodruff (1952): the share of the domain at or below the median has a linearised error; the
    quantiles at one half, less and plus t times that error, are the ends. The error given is the
    interval's half width over t.
    """
    answers, weights = y[here], w[here]
    middle, df = weighted_quantile(answers, weights, 0.5), units.df(here)
    error = mean_error((y <= middle).astype(np.float64), w, here, units)[1]
    low, high = around(0.5, error, df)
    if not np.isfinite(low):
        return middle, np.nan, np.nan, np.nan, df
    ends = [weighted_quantile(answers, weights, min(max(at, 0.0), 1.0)) for at in (low, high)]
    reach = (high - low) / 2 / error if error > 0 else 1.0
    return middle, (ends[1] - ends[0]) / 2 / reach, ends[0], ends[1], df


def mean_error(y: Floats, w: Floats, here: Mask, units: Units) -> tuple[float, float]:
    """The weighted mean of a domain, and its linearised error."""
    size = float(w[here].sum())
    mean = float(w[here] @ y[here]) / size
    influence = np.zeros(len(y))
    influence[here] = w[here] * (y[here] - mean) / size
    return mean, float(np.sqrt(units.variances(influence[:, None])[0]))


def trimmed_mean(y: Floats, w: Floats, here: Mask, units: Units, share: float = 0.05) -> Middle:
    """The mean of a domain without `share` of its weight at each end.

    Notes
    -----
    The error is that of the winsorised mean over 1 − 2·share (Tukey and McLaughlin 1963), which
    with weights is the linearised one. An answer at the edge counts with what of its weight is
    left.
    """
    answers, weights = y[here], w[here]
    order = np.argsort(answers, kind="stable")
    reached = np.cumsum(weights[order]) / weights.sum()
    before = np.concatenate([[0.0], reached[:-1]])
    kept = np.clip(np.minimum(reached, 1 - share) - np.maximum(before, share), 0, None)
    mean = float(kept @ answers[order] / kept.sum())
    ends = [weighted_quantile(answers, weights, at) for at in (share + 1e-9, 1 - share)]
    error = mean_error(np.clip(y, ends[0], ends[1]), w, here, units)[1] / (1 - 2 * share)
    alone = len(units.stratum) == len(units.unit)  # a cluster stays where some of it is trimmed
    df = units.df(here) - (int((kept < 1e-12).sum()) if alone else 0)
    return mean, error, *around(mean, error, df), df
