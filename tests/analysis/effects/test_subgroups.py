"""Subgroup effects, and the test of whether they differ, beside statsmodels."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from analysis.design import Contrast, Design, Outcome
from analysis.effects import estimate_effects, interaction_tests, subgroup_effects

DESIGN = Design("area", "arm", [Outcome("y", "health", "m", "hours")], arms=["none", "A"])


def frame_of(n: int = 400, seed: int = 3) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {"area": "e", "arm": rng.choice(["none", "A"], n), "sex": rng.choice(["f", "m"], n)}
    )
    frame["age"] = rng.integers(18, 91, n)
    frame["y"] = rng.normal(size=n) + (frame["arm"] == "A") * (frame["sex"] == "f")
    return frame


def test_each_value_has_the_effect_of_its_own_respondents() -> None:
    frame = frame_of()
    found = subgroup_effects(frame, DESIGN, "sex").set_index("value")
    for value in ("f", "m"):
        (alone,) = estimate_effects(frame[frame["sex"] == value], DESIGN, draws=0).to_dict(
            "records"
        )
        assert found.loc[value, "estimate"] == alone["estimate"]
        assert found.loc[value, "std_error"] == alone["std_error"]


def test_two_subgroups_differ_as_the_interaction_of_a_regression() -> None:
    frame = frame_of()
    (found,) = interaction_tests(subgroup_effects(frame, DESIGN, "sex")).to_dict("records")
    told = smf.ols("y ~ C(arm, Treatment('none')) * sex", frame).fit(cov_type="HC2", use_t=True)
    t = told.tvalues.iloc[-1]
    assert found["f"] == pytest.approx(t**2, rel=1e-10)
    assert found["f_df"] == told.df_resid
    assert found["p_interaction"] == pytest.approx(told.pvalues.iloc[-1], rel=1e-8)


def test_a_number_of_many_values_is_cut_into_thirds_in_order() -> None:
    frame = frame_of()
    found = subgroup_effects(frame, DESIGN, "age")
    names = list(dict.fromkeys(found["value"]))
    assert len(names) == 3
    assert names[0].startswith("up to")
    sizes = found[["n_none", "n_A"]].sum(axis=1)
    assert sizes.sum() == 400
    assert sizes.min() > 100


def test_who_has_no_value_is_in_no_subgroup() -> None:
    frame = frame_of()
    frame.loc[:49, "sex"] = None
    assert subgroup_effects(frame, DESIGN, "sex")[["n_none", "n_A"]].to_numpy().sum() == 350


@pytest.mark.parametrize(
    ("column", "sentence"),
    [("nix", "no column"), ("y", "is an outcome"), ("area", "fewer than two"), ("id", "too many")],
)
def test_what_makes_no_subgroups_is_said(column: str, sentence: str) -> None:
    frame = frame_of().assign(id=[f"p{i}" for i in range(400)])
    with pytest.raises(ValueError, match=sentence):
        subgroup_effects(frame, DESIGN, column)


def test_a_subgroup_with_one_arm_has_no_effect_and_leaves_no_test() -> None:
    frame = frame_of()
    frame.loc[frame["sex"] == "m", "arm"] = "A"
    found = subgroup_effects(frame, DESIGN, "sex", [Contrast("A vs none", (-1, 1))])
    assert found["note"].tolist() == ["", "an arm has fewer than 2 answers"]
    (test,) = interaction_tests(found).to_dict("records")
    assert test["note"] == "fewer than two subgroups have an effect"
