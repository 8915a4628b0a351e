"""Nominal coefficients equal those of the packages krippendorff and irrCAC on random designs."""

import krippendorff
import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from coding.agreement import NOMINAL, agreement, rating_agreement

NEAR = {"rel": 0, "abs": 1e-9}
SLOW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@st.composite
def designs(draw, most: int = 5, missing: bool = True):
    """Ratings (coders, units), categories from 0, below 0 where missing."""
    coders, units = draw(st.integers(2, most)), draw(st.integers(3, 25))
    categories = draw(st.integers(2, 5))
    lowest = -1 if missing and draw(st.booleans()) else 0
    one = st.lists(st.integers(lowest, categories - 1), min_size=units, max_size=units)
    ratings = np.array(draw(st.lists(one, min_size=coders, max_size=coders)))
    ratings = ratings[:, (ratings >= 0).any(axis=0)]
    assume(ratings.size and ((ratings >= 0).sum(axis=0) >= 2).sum() >= 2)
    pairable = ratings[:, (ratings >= 0).sum(axis=0) >= 2]
    assume(len(np.unique(pairable[pairable >= 0])) > 1)
    assume((ratings >= 0).any(axis=1).all())
    return ratings, categories


@given(designs())
@settings(max_examples=300, deadline=None)
def test_alpha_is_that_of_the_package_krippendorff(design) -> None:
    ratings, categories = design
    data = np.where(ratings < 0, np.nan, ratings)
    expected = krippendorff.alpha(
        reliability_data=data, level_of_measurement="nominal", value_domain=list(range(categories))
    )
    assert rating_agreement(ratings, "krippendorff_alpha") == pytest.approx(expected, **NEAR)


@given(designs())
@SLOW
def test_coefficients_are_those_of_irrcac(irrcac, design) -> None:
    ratings, categories = design
    data = [[None if value < 0 else int(value) for value in row] for row in ratings]
    expected = irrcac(data, list(range(categories)))
    for name in set(NOMINAL) - {"cohen_kappa"}:
        found = rating_agreement(ratings, name, categories=categories)
        assert found == pytest.approx(expected[name], **NEAR), name


@given(designs(most=2, missing=False))
@SLOW
def test_cohens_kappa_is_that_of_irrcac(irrcac, design) -> None:
    ratings, categories = design
    expected = irrcac([[int(value) for value in row] for row in ratings], list(range(categories)))
    found = rating_agreement(ratings, "cohen_kappa")
    assert found == pytest.approx(expected["cohen_kappa"], **NEAR)


CODINGS = st.lists(
    st.tuples(
        st.sampled_from("abc"), st.sampled_from("xyz"), st.integers(0, 59), st.integers(1, 20)
    ),
    min_size=1,
    max_size=30,
)


@given(CODINGS, st.sampled_from(["character", "turn"]))
@settings(max_examples=200, deadline=None)
def test_spans_are_compared_as_if_unit_by_unit(drawn, unit: str) -> None:
    """Weighted stretches give what one column a character, or a turn, gives."""
    codings = [(who, code, start, min(60, start + size)) for who, code, start, size in drawn]
    turns = [(0, 7), (9, 30), (30, 41), (45, 60)]
    spans = [(n, n + 1) for n in range(60)] if unit == "character" else turns
    units = turns if unit == "turn" else None
    sets: dict[frozenset, int] = {}
    for who in "abc":
        for start, end in spans:
            here = {c for w, c, s, e in codings if w == who and s < end and e > start}
            sets.setdefault(frozenset(here), len(sets))
    ratings = np.array(
        [
            [sets[frozenset({c for w, c, s, e in codings if w == who and s < b and e > a})]
             for a, b in spans]
            for who in "abc"
        ]
    )  # fmt: skip
    for name in set(NOMINAL) - {"cohen_kappa"}:
        found = agreement(codings, 60, unit, name, units=units, coders="abc")
        expected = rating_agreement(ratings, name, categories=max(2, len(sets)))
        assert found == pytest.approx(expected, nan_ok=True, **NEAR), name


@given(CODINGS)
@settings(max_examples=100, deadline=None)
def test_one_code_is_coded_or_not(drawn) -> None:
    codings = [(who, code, start, min(60, start + size)) for who, code, start, size in drawn]
    ratings = np.zeros((3, 60), dtype=int)
    for who, code, start, end in codings:
        ratings["abc".index(who), start:end] |= code == "x"
    assume(0 < ratings.sum() < ratings.size)
    expected = krippendorff.alpha(reliability_data=ratings, level_of_measurement="nominal")
    found = agreement(codings, 60, coders="abc", code="x")
    assert found == pytest.approx(expected, **NEAR)
