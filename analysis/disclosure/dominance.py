"""Dominance: whether one or two respondents give most of a total of hours."""

from typing import Any

import numpy as np

LARGEST, SHARE = 2, 0.9  # (n, k): the n largest hold more than the share k
RATIO = 0.1  # p%: the others hold less than this share of the largest


def dominated(
    values: Any, *, largest: int = LARGEST, share: float = SHARE, ratio: float = RATIO
) -> bool:
    """Say whether a mean or total of these values could give away a respondent's own.

    Parameters
    ----------
    values : array-like of float
        One value a respondent of the cell, in hours or another unit that adds up; missing values
        take no part, negative ones count by their size.
    largest, share : int, float
        The (n, k) rule: the n largest hold more than this share of the total.
    ratio : float
        The p% rule: all but the two largest hold less than this share of the largest, so that the
        second largest knows the largest to within it.

    Notes
    -----
    Rules and defaults as in Hundepool et al., Statistical Disclosure Control (2012), and in acro.
    Where everybody gives nothing, nobody dominates.
    """
    sizes = np.sort(np.abs(np.asarray(values, dtype=float)))[::-1]
    sizes = sizes[~np.isnan(sizes)]
    total = sizes.sum()
    if not total:
        return False
    held = sizes[:largest].sum() > share * total
    return bool(held or sizes[2:].sum() < ratio * sizes[0])
