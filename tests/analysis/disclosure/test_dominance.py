"""The (n, k) and p% rules."""

import numpy as np
import pytest

from analysis.disclosure import dominated


@pytest.mark.parametrize(
    ("hours", "says"),
    [
        ([50, 45, 2, 2, 1], True),  # two give 95 of 100
        ([30, 25, 20, 15, 10], False),
        ([100, 10, 6, 3], True),  # the others give 9, less than 10 % of 100
        ([0, 0, 0], False),
        ([5], True),
        ([40, np.nan, 30, 20, 20], False),
        ([], False),
    ],
)
def test_dominance(hours: list[float], says: bool) -> None:
    assert dominated(hours) is says
