"""Interval look-ups against each-with-each."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from coding.retrieval.intervals import count_overlapping, inside, merged, overlapping_pairs

spans = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=14).map(
    lambda pairs: [(a, a + long) for a, long in pairs]
)


def arrays(some: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    both = np.array(some, dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


@given(spans, spans)
def test_overlaps_are_counted_as_each_with_each_would(ours, others) -> None:
    brute = [sum(c < b and d > a for c, d in others) for a, b in ours]
    assert count_overlapping(*arrays(ours), arrays(others)).tolist() == brute


@given(spans)
def test_inside_another_and_never_in_itself(some) -> None:
    brute = [
        any(c <= a and d >= b for j, (c, d) in enumerate(some) if j != i)
        for i, (a, b) in enumerate(some)
    ]
    found = inside(*arrays(some), arrays(some), np.arange(len(some)))
    assert found.tolist() == brute


@given(spans)
def test_merged_covers_the_same_points_apart(some) -> None:
    points = {p for a, b in some for p in range(a, b)}
    start, end = merged(*arrays(some))
    assert {p for a, b in zip(start, end, strict=True) for p in range(a, b)} == points
    assert (start[1:] > end[:-1]).all()


@given(spans)
def test_pairs_are_those_of_each_with_each(some) -> None:
    some = sorted(some)
    a, b = overlapping_pairs(*arrays(some))
    brute = {
        (i, j)
        for i, (c, d) in enumerate(some)
        for j, (e, f) in enumerate(some)
        if i < j and c < f and e < d
    }
    pairs = list(zip(a.tolist(), b.tolist(), strict=True))
    assert (set(pairs), len(pairs)) == (brute, len(brute))
