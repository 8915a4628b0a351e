"""Prevalence beside effects over whole areas: exact small-sample p and its floor."""

from itertools import permutations
from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau

from coding.errors import BadInput
from linkage.association import attainable_floor, whole_area_permutation

few = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=3, max_size=4).filter(
    lambda rows: len({x for x, _ in rows}) > 1 and len({y for _, y in rows}) > 1
)


@pytest.mark.parametrize(("k", "floor"), [(3, 2 / 6), (4, 2 / 24), (5, 2 / 120)])
def test_floor_without_ties_is_that_of_methods(k: int, floor: float) -> None:
    result = whole_area_permutation(range(k), range(k))
    assert result.statistic == pytest.approx(1)
    assert result.p_value == pytest.approx(floor)
    assert result.p_floor == pytest.approx(floor)


def test_a_tie_raises_the_floor() -> None:
    # METHODS.md, "Linking themes to effects": (0, ½, ½, 1) gives .167.
    assert attainable_floor([0, 0.5, 0.5, 1], [0.1, 0.2, 0.3, 0.4]) == pytest.approx(4 / 24)


@given(few)
def test_p_and_floor_equal_a_plain_enumeration_with_scipys_tau_b(
    rows: list[tuple[int, int]],
) -> None:
    x, y = [a for a, _ in rows], [float(b) for _, b in rows]
    taus = [abs(kendalltau(x, order).statistic) for order in permutations(y)]
    observed = abs(kendalltau(x, y).statistic)
    result = whole_area_permutation(x, y)
    assert result.p_value == pytest.approx(sum(t >= observed - 1e-9 for t in taus) / len(taus))
    assert result.p_floor == pytest.approx(sum(t >= max(taus) - 1e-9 for t in taus) / len(taus))


def test_beyond_eight_areas_it_samples_and_repeats_with_the_seed() -> None:
    effects = [3, 1, 2, 5, 4, 6, 8, 7, 9, 0]
    result = whole_area_permutation(range(10), effects, draws=999, seed=4)
    assert result == whole_area_permutation(range(10), effects, draws=999, seed=4)
    assert result.draws == 999
    assert result.p_floor == 1 / 1000
    assert result.p_value == pytest.approx(kendalltau(range(10), effects).pvalue, abs=0.02)


def test_a_constant_side_has_no_statistic() -> None:
    result = whole_area_permutation([0.5, 0.5, 0.5], [1, 2, 3])
    assert isnan(result.statistic)
    assert isnan(result.p_value)
    assert isnan(result.p_floor)


@pytest.mark.parametrize("effects", [[1, 2], [1, 2, float("nan")], []])
def test_sides_that_do_not_match_are_refused(effects: list[float]) -> None:
    with pytest.raises(BadInput):
        whole_area_permutation([1, 2, 3], effects)
