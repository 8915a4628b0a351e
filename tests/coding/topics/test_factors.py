"""Stability, pairing and factorisation, against arithmetic by hand, a peer and any input."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from sklearn.decomposition import NMF

from coding.topics.factors import factorise, matched, numbers_to_try, proposed, stability

sets = st.frozensets(st.integers(0, 12), min_size=1, max_size=6)
runs = st.integers(2, 4).flatmap(
    lambda k: st.lists(st.lists(sets, min_size=k, max_size=k), min_size=2, max_size=4)
)


def jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    return len(a & b) / len(a | b)


@given(runs)
def test_pairs_are_the_best_of_all_pairings(found) -> None:
    one, other = found[0], found[1]
    best = max(
        sum(jaccard(a, b) for a, b in zip(one, order, strict=True)) for order in permutations(other)
    )
    assert matched(one, other).sum() == pytest.approx(best)


@given(runs)
def test_stability_is_a_share_and_one_for_the_same(found) -> None:
    assert 0 <= stability(found) <= 1
    assert stability([found[0], found[0][::-1]]) == 1


def test_stability_by_hand() -> None:
    one = [frozenset({1, 2}), frozenset({3, 4})]
    other = [frozenset({3, 5}), frozenset({1, 2})]
    assert stability([one, other]) == pytest.approx((1 + 1 / 3) / 2)


@settings(max_examples=15)
@given(st.integers(0, 1000))
def test_topics_are_of_length_one_and_fit_as_well_as_a_peer(seed) -> None:
    random = np.random.default_rng(seed)
    matrix = csr_matrix(random.random((30, 12)) * (random.random((30, 12)) < 0.4))
    run = factorise(matrix, 3, (seed, 0))
    assert np.allclose(np.linalg.norm(run.topics, axis=1), 1)
    assert (run.topics >= 0).all()
    assert (run.units >= 0).all()
    left = np.linalg.norm(matrix.toarray() - run.units @ run.topics)
    assert left == pytest.approx(run.error, rel=1e-6)
    peer = NMF(3, solver="mu", init="random", random_state=seed, max_iter=2000, tol=1e-6)
    peer.fit(matrix)
    assert run.error <= peer.reconstruction_err_ * 1.05


def test_seeded_rows_lead() -> None:
    matrix = csr_matrix(np.kron(np.eye(3), np.ones((10, 4))))
    seeds = np.kron(np.eye(3), np.ones(4))[[2]] / 2
    run = factorise(matrix, 3, (1, 0), seeds)
    assert run.topics[0] @ seeds[0] == pytest.approx(1)


def test_the_largest_number_that_is_nearly_as_stable_is_proposed() -> None:
    assert proposed([(4, 0.9), (5, 0.5), (6, 0.81), (7, 0.7)]) == 6


@given(st.integers(20, 100_000), st.integers(0, 20))
def test_numbers_to_try_are_borne_by_the_units(units, seeded) -> None:
    numbers = numbers_to_try(units, seeded)
    assert numbers == sorted(set(numbers))
    assert numbers[0] > seeded
