"""Weighted effects, measures over all issues, and effects of a later wave."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from analysis.adjustment import adjusted_effects
from analysis.design import Contrast, Design, Outcome
from analysis.effects import (
    estimate_effects,
    issue_pooled_effects,
    later_effects,
    weighted_effects,
)

ARMS = ("none", "A", "B", "A+B")
OUTCOMES = [Outcome(f"y_{i}", i, "m", "hours") for i in ("health", "safety")]
DESIGN = Design("area", "arm", OUTCOMES, weight="w")
FIRST = DESIGN.contrasts()[:1]


@pytest.fixture
def frame() -> pd.DataFrame:
    rng = np.random.default_rng(5)
    n = 900
    found = pd.DataFrame(
        {
            "respondent": [f"r{i}" for i in range(n)],
            "area": rng.choice(["e", "w"], n, p=[0.3, 0.7]),
            "arm": rng.choice(ARMS, n),
            "w": rng.uniform(0.5, 3, n),
        }
    )
    person = rng.normal(size=n)
    for outcome in OUTCOMES:
        found[outcome.key] = person + rng.normal(size=n)
        found[f"{outcome.key}@1"] = person + rng.normal(size=n)
    found["arm@1"] = rng.choice([*ARMS, None], n)
    found.loc[found["arm@1"].isna(), ["y_health@1", "y_safety@1"]] = np.nan
    return found


def test_equal_weights_change_nothing_but_the_error_a_little(frame: pd.DataFrame) -> None:
    weighted = weighted_effects(frame.assign(w=2.0), DESIGN)
    plain = estimate_effects(frame, DESIGN, draws=0).set_index(["outcome", "contrast", "area"])
    weighted = weighted.set_index(["outcome", "contrast", "area"])
    both = weighted.join(plain.add_suffix("_plain"))
    np.testing.assert_allclose(both["estimate"], both["estimate_plain"], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(both["std_error"], both["std_error_plain"], rtol=0.02)


def test_a_weighted_effect_of_one_area_is_weighted_least_squares(frame: pd.DataFrame) -> None:
    here = frame[frame["area"] == "e"]
    found = weighted_effects(frame, DESIGN, FIRST).query("area == 'e' and outcome == 'y_health'")
    fit = smf.wls("y_health ~ C(arm, Treatment('none'))", here, weights=here["w"]).fit()
    assert found["estimate"].item() == pytest.approx(
        fit.params["C(arm, Treatment('none'))[T.A]"], rel=1e-10
    )


def test_pooled_each_area_weighs_as_its_weights(frame: pd.DataFrame) -> None:
    found = weighted_effects(frame, DESIGN, FIRST).query("outcome == 'y_health'").set_index("area")
    size = frame.groupby("area")["w"].sum()
    share = size / size.sum()
    expected = sum(share[a] * found.loc[a, "estimate"] for a in ("e", "w"))
    assert found.loc["pooled", "estimate"] == pytest.approx(expected, rel=1e-12)
    error = np.sqrt(sum((share[a] * found.loc[a, "std_error"]) ** 2 for a in ("e", "w")))
    assert found.loc["pooled", "std_error"] == pytest.approx(error, rel=1e-12)


def test_without_weights_there_are_no_weighted_effects(frame: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="no weight"):
        weighted_effects(frame, replace(DESIGN, weight=None))
    with pytest.raises(ValueError, match="above 0"):
        weighted_effects(frame.assign(w=0.0), DESIGN)


def test_an_area_without_an_arm_is_named_and_left_out_of_the_weighted_whole(
    frame: pd.DataFrame,
) -> None:
    part = frame[(frame["area"] == "w") | (frame["arm"] != "A")]
    found = weighted_effects(part, DESIGN, FIRST).query("outcome == 'y_health'").set_index("area")
    assert found.loc["e", "note"] == "an arm has fewer than 2 answers"
    assert found.loc["pooled", "dropped_areas"] == "e"
    assert found.loc["pooled", "estimate"] == found.loc["w", "estimate"]


def test_over_all_issues_a_respondent_is_a_cluster(frame: pd.DataFrame) -> None:
    found = issue_pooled_effects(frame, DESIGN, FIRST)
    long = frame.melt(["respondent", "area", "arm"], ["y_health", "y_safety"], "issue", "y")
    whole = Outcome("y", "", "m", "hours")
    design = Design("area", "arm", [whole], strata=["issue"], cluster="respondent")
    expected = adjusted_effects(long, design, FIRST)
    for name in ("estimate", "std_error", "df", "n_A"):
        np.testing.assert_allclose(found[name], expected[name], rtol=1e-9)
    assert set(found["issue"]) == {"all issues"}
    assert (found["df"] < len(frame)).all()


def test_a_measure_of_one_issue_cannot_be_pooled(frame: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="two issues"):
        issue_pooled_effects(frame, replace(DESIGN, outcomes=OUTCOMES[:1]))


def test_a_later_wave_is_blocked_on_the_earlier_arm_and_adjusted(frame: pd.DataFrame) -> None:
    earlier = {o.key: f"{o.key}@1" for o in OUTCOMES}
    found = later_effects(frame, DESIGN, "arm@1", earlier, FIRST)
    both = frame[frame["arm@1"].notna()]
    blocked = Design("area", "arm", OUTCOMES[:1], strata=["arm@1"], covariates=["y_health@1"])
    expected = adjusted_effects(both, blocked, FIRST)
    first = found[found["outcome"] == "y_health"].reset_index(drop=True)
    pd.testing.assert_frame_equal(first[expected.columns], expected)
    plain = estimate_effects(both, replace(blocked, covariates=()), FIRST, draws=0)
    np.testing.assert_allclose(first[~first["adjusted"]]["std_error"], plain["std_error"])
    pooled = first[first["area"] == "pooled"].set_index("adjusted")["std_error"]
    assert pooled[True] < pooled[False]  # the earlier answers explain half of the variance


def test_who_has_two_rows_of_a_later_wave_is_a_cluster(frame: pd.DataFrame) -> None:
    twice = pd.concat([frame, frame.head(50)], ignore_index=True)
    found = later_effects(twice, DESIGN, "arm@1", {}, FIRST)
    assert set(found["df_method"]) == {"CR2, Satterthwaite"}


def test_nobody_in_both_waves_is_said(frame: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="Nobody here was in the earlier wave"):
        later_effects(
            frame.assign(**{"arm@1": None}), DESIGN, "arm@1", {}, [Contrast("c", (-1, 1, 0, 0))]
        )
