"""Adjusted p-values within families, beside the rules written out."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.design import TWO_BY_TWO_ARMS, Design, Outcome, two_by_two
from analysis.effects import estimate_effects
from analysis.errors import BadInput
from analysis.multiplicity import Family, adjust, default_families

OUTCOMES = [Outcome(key, "", "m", "continuous") for key in "uvw"]
DESIGN = Design("area", "arm", OUTCOMES)
CONTRASTS = two_by_two()[:2]


def frame_of(areas: list[str]) -> pd.DataFrame:
    rng = np.random.default_rng(2)
    frame = pd.DataFrame(
        {"area": np.repeat(areas, 40), "arm": list(TWO_BY_TWO_ARMS) * 10 * len(areas)}
    )
    return frame.assign(**{key: rng.normal(size=len(frame)) for key in "uvw"})


def test_values_are_those_of_r() -> None:
    # reference.R, A11: p.adjust of Benjamini and Hochberg's example; values by R's definition.
    p = np.array([0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216, 0.222])
    p = np.r_[p, 0.251, 0.269, 0.275, 0.34]
    holm, bh = adjust(p)
    np.testing.assert_allclose(holm[:3], [0.015, 0.112, 0.507], rtol=1e-12)
    np.testing.assert_allclose(bh[:3], [0.015, 0.06, 0.126], rtol=1e-12)


@settings(max_examples=40)
@given(st.lists(st.floats(1e-9, 1), min_size=1, max_size=12))
def test_both_equal_statsmodels_and_a_missing_p_counts_for_nothing(values: list[float]) -> None:
    from statsmodels.stats.multitest import multipletests

    holm, bh = adjust(np.array([*values, np.nan]))
    np.testing.assert_allclose(holm[:-1], multipletests(values, method="holm")[1], rtol=1e-12)
    np.testing.assert_allclose(bh[:-1], multipletests(values, method="fdr_bh")[1], rtol=1e-12)
    assert np.isnan([holm[-1], bh[-1]]).all()


def test_the_default_families_are_pooled_ones_by_contrast() -> None:
    found = estimate_effects(frame_of(["x", "y"]), DESIGN, CONTRASTS, draws=200)
    inside = found[found["area"] == "pooled"]
    assert set(inside["family"]) == {f"{c.name}, pooled" for c in CONTRASTS}
    outside = found[found["area"] != "pooled"]
    assert set(outside["family"]) == {""}
    assert outside[["p_holm", "p_bh", "p_maxt"]].isna().all(axis=None)
    for _, family in inside.groupby("family"):
        holm, bh = adjust(family["p_value"].to_numpy())
        np.testing.assert_array_equal(family["p_holm"], holm)
        np.testing.assert_array_equal(family["p_bh"], bh)
        assert (family["p_maxt"] >= family["p_randomisation"]).all()


def test_one_area_is_its_own_pool_and_none_is_a_family_of_nothing() -> None:
    found = estimate_effects(frame_of(["x"]), DESIGN, CONTRASTS, draws=100)
    assert found[["p_holm", "p_bh", "p_maxt"]].notna().all(axis=None)
    found = estimate_effects(frame_of(["x"]), DESIGN, CONTRASTS, draws=100, families=[])
    assert found[["p_holm", "p_bh", "p_maxt"]].isna().all(axis=None)
    assert found["p_randomisation"].notna().all()


def test_max_t_keeps_the_family_wise_error() -> None:
    # Under the null with outcomes that are one and the same, maxT is no price; Holm is.
    frame = frame_of(["x"])
    same = frame.assign(v=frame["u"], w=frame["u"])
    found = estimate_effects(same, DESIGN, CONTRASTS[:1], draws=500)
    np.testing.assert_array_equal(found["p_maxt"], found["p_randomisation"])
    assert (found["p_holm"] == np.minimum(1, 3 * found["p_value"])).all()


@pytest.mark.parametrize(
    ("members", "sentence"),
    [
        ([("nowhere", "u", "A alone")], "names no area there is: “nowhere”"),
        ([("x", "q", "A alone")], "names no outcome"),
        ([("x", "u", "C")], "names no contrast"),
        ([("x", "u", "A alone")] * 2, "each once"),
        ([], "each once"),
    ],
)
def test_a_family_of_what_there_is_not_is_refused(members, sentence) -> None:
    with pytest.raises(BadInput, match=sentence):
        estimate_effects(frame_of(["x"]), DESIGN, families=[Family("f", members)], draws=0)


def test_an_effect_in_two_families_is_refused() -> None:
    twice = default_families(OUTCOMES, CONTRASTS[:1]) * 2
    with pytest.raises(BadInput, match="two families"):
        estimate_effects(frame_of(["x"]), DESIGN, CONTRASTS, families=twice, draws=0)
