"""Every arrangement of arms is as likely as any other, however it is drawn."""

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chisquare

from analysis.randomisation import shuffling as room


@pytest.fixture(params=[0, 10_000], ids=["thrown and settled", "sorted"])
def way(request, monkeypatch) -> None:
    monkeypatch.setattr(room, "SORTED", request.param)


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("sizes", [(2, 1, 2), (1, 4), (3, 0, 2), (1, 1, 1, 1)])
def test_all_arrangements_are_drawn_equally_often(sizes) -> None:
    arm = np.repeat(np.arange(len(sizes), dtype=np.uint8), sizes)
    found = room.shuffled(np.random.default_rng(4), arm, 60_000)
    _, counts = np.unique(found, axis=0, return_counts=True)
    assert chisquare(counts).pvalue > 1e-4
    assert len(counts) == _arrangements(sizes)


def _arrangements(sizes) -> int:
    found, left = 1, sum(sizes)
    for size in sizes:
        found, left = found * comb(left, size), left - size
    return found


@given(
    st.lists(st.integers(0, 300), min_size=2, max_size=5).filter(lambda s: sum(s) > 0),
    st.integers(0, 99),
)
def test_arms_keep_their_sizes_whatever_these_are(sizes, seed) -> None:
    arm = np.repeat(np.arange(len(sizes), dtype=np.uint8), sizes)
    found = room.shuffled(np.random.default_rng(seed), arm, 20)
    counts = np.stack([(found == k).sum(axis=1) for k in range(len(sizes))], axis=1)
    assert (counts == sizes).all()


def test_a_large_block_is_shuffled_evenly_over_places_and_pairs() -> None:
    # With more units than luck in a byte, and arms of unequal size.
    sizes = np.array([30_000, 4_000, 6_000])
    arm = np.repeat(np.arange(3, dtype=np.uint8), sizes)
    found = room.shuffled(np.random.default_rng(2), arm, 400)
    assert all((np.bincount(row, minlength=3) == sizes).all() for row in found)
    share = (found == 1).mean(axis=0)
    expected = 0.1 * 0.9 / 400  # of the variance between units
    assert share.var() == pytest.approx(expected, rel=0.05)
    same = (found[:, :-1] == found[:, 1:]).mean()
    assert same == pytest.approx((sizes**2).sum() / sizes.sum() ** 2, abs=2e-3)
    assert (found[0] != found[1]).mean() > 0.3
