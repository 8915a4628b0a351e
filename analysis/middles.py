"""Middles of skewed answers in a sampled population: the median, and the mean without the ends."""

import numpy as np

from .arms import Floats
from .linearised import Domain, around

Middle = tuple[float, float, float, float, int]  # estimate, error, low, high, degrees of freedom


def weighted_quantile(y: Floats, w: Floats, share: float) -> float:
    """The least answer that at least `share` of the weight does not exceed (R's rule “math”)."""
    order = np.argsort(y, kind="stable")
    above = np.cumsum(w[order])
    place = np.searchsorted(above, share * above[-1] * (1 - 1e-12))
    return float(y[order][min(int(place), len(y) - 1)])


def mean(y: Floats, w: Floats, domain: Domain) -> tuple[float, float]:
    """The weighted mean of a domain's answers (m,), and its linearised error."""
    size = float(w.sum())
    found = float(w @ y) / size
    return found, domain.error(w * (y - found) / size)


def median(y: Floats, w: Floats, domain: Domain) -> Middle:
    """The weighted median of a domain's answers with Woodruff's interval.

    Notes
    -----
    Woodruff (1952): the share of the domain at or below the median has a linearised error; the
    quantiles at one half, less and plus t times that error, are the ends. The error given is the
    interval's half width over t.
    """
    middle, df = weighted_quantile(y, w, 0.5), domain.df
    error = mean((y <= middle).astype(np.float64), w, domain)[1]
    low, high = around(0.5, error, df)
    if not np.isfinite(low):
        return middle, np.nan, np.nan, np.nan, df
    ends = [weighted_quantile(y, w, min(max(at, 0.0), 1.0)) for at in (low, high)]
    reach = (high - low) / 2 / error if error > 0 else 1.0
    return middle, (ends[1] - ends[0]) / 2 / reach, ends[0], ends[1], df


def trimmed_mean(y: Floats, w: Floats, domain: Domain, share: float = 0.05) -> Middle:
    """The mean of a domain's answers without `share` of its weight at each end.

    Notes
    -----
    The error is that of the winsorised mean over 1 − 2·share (Tukey and McLaughlin 1963), which
    with weights is the linearised one. An answer at the edge counts with what of its weight is
    left.
    """
    order = np.argsort(y, kind="stable")
    reached = np.cumsum(w[order]) / w.sum()
    before = np.concatenate([[0.0], reached[:-1]])
    kept = np.clip(np.minimum(reached, 1 - share) - np.maximum(before, share), 0, None)
    found = float(kept @ y[order] / kept.sum())
    ends = [weighted_quantile(y, w, at) for at in (share + 1e-9, 1 - share)]
    error = mean(np.clip(y, ends[0], ends[1]), w, domain)[1] / (1 - 2 * share)
    alone = len(domain.stratum) == len(domain.rows)  # a cluster stays where some is trimmed
    df = domain.df - (int((kept < 1e-12).sum()) if alone else 0)
    return found, error, *around(found, error, df), df
