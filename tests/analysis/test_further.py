"""Every estimator of one contrast beside each other: the same where they must be, else a reason."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.design import Design, Outcome, two_by_two
from analysis.effects import estimate_effects
from analysis.errors import BadInput
from analysis.further import (
    ESTIMANDS,
    Rules,
    acting_effects,
    acting_pairs,
    answer_shares,
    arm_means,
    hours_distribution,
    hours_effects,
    missing_by_arm,
    ordinal_effects,
    sensitivity,
)
from analysis.inversion import randomisation_intervals

Y = Outcome("y", "health", "hours_willing_alone", "hours")
Z = Outcome("z", "health", "hours_willing_with_others", "hours")
O = Outcome("o", "health", "satisfaction_with_action", "ordinal")  # noqa: E741
DESIGN = Design("area", "arm", [Y, Z, O], covariates=["age", "x"])
A_ALONE = two_by_two()[0]


def frame_of(n: int = 400, seed: int = 0, missing: float = 0.1) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({"area": rng.choice(["e", "w"], n), "arm": rng.choice(DESIGN.arms, n)})
    frame["age"] = rng.choice(["young", "middle", "old"], n)
    frame["x"], frame["w"] = rng.normal(size=n), rng.gamma(2, 1, n)
    for key in ("y", "z"):
        hours = np.where(rng.random(n) < 0.5, 0, rng.gamma(2, 2, n))
        frame[key] = np.where(rng.random(n) < missing, np.nan, hours)
    answers = np.clip(np.round(rng.normal(3, 1, n)), 1, 5)
    frame["o"] = np.where(rng.random(n) < missing, np.nan, answers)
    return frame


def by(found: pd.DataFrame, area: str = "pooled") -> pd.DataFrame:
    return found[found["area"] == area].set_index("analysis")


@settings(max_examples=20)
@given(st.integers(0, 9999), st.sampled_from(two_by_two()))
def test_with_nobody_missing_and_equal_weights_they_agree(seed: int, contrast) -> None:
    frame = frame_of(200, seed, missing=0).assign(w=1.5)
    design = replace(DESIGN, weight="w")
    found = by(sensitivity(frame, design, "y", contrast, Rules((0, 99), winsor=0.9999)))
    plain = found.loc["unadjusted"]
    for name in ("weighted", "response weights"):
        assert found.loc[name, "estimate"] == pytest.approx(plain["estimate"], abs=1e-12)
    assert found.loc["response weights", "std_error"] == pytest.approx(plain["std_error"])
    for name in ("Manski bounds", "Lee bounds"):
        if found.loc[name, "note"] == "":
            for end in ("lower", "upper"):
                assert found.loc[name, end] == pytest.approx(plain["estimate"], abs=1e-12)


def test_the_first_row_is_that_of_the_effects() -> None:
    frame = frame_of()
    found = sensitivity(frame, DESIGN, "o", A_ALONE)
    plain = estimate_effects(frame, replace(DESIGN, outcomes=[O]), [A_ALONE], draws=0)
    mine = found[found["analysis"] == "unadjusted"].reset_index(drop=True)
    same = ["area", "n_A", "missing_A", "estimate", "std_error", "df", "ci_low", "p_value"]
    pd.testing.assert_frame_equal(mine[same], plain[same])


def test_bounds_hold_the_estimate_and_are_no_interval() -> None:
    found = by(sensitivity(frame_of(), DESIGN, "o", A_ALONE, Rules((1, 5))))
    for name in ("Manski bounds", "Lee bounds"):
        row = found.loc[name]
        assert row["lower"] < found.loc["unadjusted", "estimate"] < row["upper"]
        assert np.isnan([row["estimate"], row["ci_low"], row["ci_high"], row["p_value"]]).all()


def test_every_row_has_figures_or_a_reason_and_words() -> None:
    found = sensitivity(frame_of(), DESIGN, "y", two_by_two()[2])
    has = found["estimate"].notna() | found["lower"].notna()
    assert (found["note"].ne("") | has).all()
    assert set(found["analysis"]) <= set(ESTIMANDS)
    told = by(found)["note"]
    assert told["clusters (CR2)"] == "respondents were allocated one by one: no cluster is named"
    assert told["winsorised"] == "the plan names no quantile at which this is cut"
    assert told["weighted"] == "the answers have no weight"
    assert told["Manski bounds"] == "the least and greatest answer are not declared"
    assert told["Lee bounds"] == "they are of two arms, and this contrast has more"
    assert told["with group members"] == "no list says who sat in a focus group"


def test_text_covariates_are_adjusted_for_as_columns_of_0_and_1() -> None:
    frame = frame_of()
    found = by(sensitivity(frame, DESIGN, "y", A_ALONE))
    # Another level left out spans the same columns, so the estimate is the same.
    levels = {f"is {age}": (frame["age"] == age) * 1.0 for age in ("young", "old")}
    other = replace(DESIGN, covariates=[*levels, "x"])
    same = by(sensitivity(frame.assign(**levels), other, "y", A_ALONE))
    for name in ("covariates (Lin)", "response weights"):
        for column in ("estimate", "std_error"):
            wanted = same.loc[name, column]
            assert found.loc[name, column] == pytest.approx(wanted, rel=1e-6), name


def test_a_planned_covariate_that_is_not_there_is_the_reason() -> None:
    found = by(sensitivity(frame_of(), DESIGN, "y", A_ALONE, Rules(covariates=["income"])))
    assert "There is no column “income”" in found.loc["covariates (Lin)", "note"]
    none = by(sensitivity(frame_of(), DESIGN, "y", A_ALONE, Rules(covariates=[])))
    assert none.loc["covariates (Lin)", "note"] == "no covariates are named"


def test_group_members_are_in_or_out_as_planned_and_shown_both_ways() -> None:
    frame = frame_of()
    frame["group_member"] = np.arange(len(frame)) % 10 == 0
    frame.loc[frame["group_member"] & (frame["arm"] == "A"), "y"] = 40.0
    include, exclude = (
        by(sensitivity(frame, DESIGN, "y", A_ALONE, Rules(exclude_members=out)))
        for out in (False, True)
    )
    for found in (include, exclude):
        assert found.loc["with group members", "estimate"] == include.loc["unadjusted", "estimate"]
        without = found.loc["without group members", "estimate"]
        assert without == exclude.loc["unadjusted", "estimate"]
    assert include.loc["unadjusted", "estimate"] > exclude.loc["unadjusted", "estimate"] + 1


def test_clusters_make_the_primary_error_that_of_cr2() -> None:
    frame = frame_of().assign(house=np.arange(400) // 4)
    found = by(sensitivity(frame, replace(DESIGN, cluster="house"), "y", A_ALONE))
    plain, robust = found.loc["unadjusted"], found.loc["clusters (CR2)"]
    assert plain["estimate"] == pytest.approx(robust["estimate"])
    assert robust["df"] < 100 < plain["df"]
    assert found.loc["covariates (Lin)", "df_method"] == "CR2, Satterthwaite"


def test_difference_of_acting_is_with_others_less_alone() -> None:
    (pair,) = acting_pairs(DESIGN)
    assert (pair.alone, pair.with_others, pair.difference) == ("y", "z", "z - y")
    found = acting_effects(frame_of(), DESIGN, pair, two_by_two())
    wide = found.pivot(index=["area", "contrast"], columns="analysis", values="estimate")
    np.testing.assert_allclose(wide["difference"], wide["with others"] - wide["alone"], atol=1e-12)
    counts = found.pivot(index=["area", "contrast"], columns="analysis", values="n_A")
    assert (counts.nunique(axis=1) == 1).all()


def test_only_alike_outcomes_of_one_issue_make_a_pair() -> None:
    other = replace(Z, issue="safety")
    before = replace(Z, asked="before")
    binary = Outcome("a", "health", "done_individually", "binary")
    groups = Outcome("b", "health", "done_in_groups", "binary")
    assert acting_pairs(Design("area", "arm", [Y, other])) == []
    assert acting_pairs(Design("area", "arm", [Y, before])) == []
    (pair,) = acting_pairs(Design("area", "arm", [groups, binary]))
    assert pair.keys == ("a", "b", "b - a")


def test_hours_if_any_is_no_effect_and_says_so() -> None:
    found = by(hours_effects(frame_of(), DESIGN, "y", A_ALONE))
    assert found["causal"].to_dict() == {
        "mean hours": True, "any hours": True, "winsorised": True, "hours if any": False,
    }  # fmt: skip
    assert "not causal" in found.loc["hours if any", "estimand"]
    frame = frame_of()
    some = frame[(frame["y"] > 0) & (frame["area"] == "e")].groupby("arm")["y"].mean()
    east = by(hours_effects(frame, DESIGN, "y", A_ALONE), "e")
    assert east.loc["hours if any", "estimate"] == pytest.approx(some["A"] - some["none"])
    with pytest.raises(BadInput, match="is not in hours"):
        hours_effects(frame, DESIGN, "o", A_ALONE)


@settings(max_examples=20)
@given(st.integers(0, 9999))
def test_bars_of_hours_hold_everybody_once(seed: int) -> None:
    frame = frame_of(150, seed)
    bars = hours_distribution(frame, DESIGN, "y")
    totals = bars.groupby(["area", "arm"])["n"].sum()
    answered = bars.groupby(["area", "arm"])["answered"].first()
    assert (totals == answered).all()
    assert bars.loc[bars["area"] == "pooled", "n"].sum() == frame["y"].notna().sum()
    nothing = bars[bars["high"] == 0].query("area == 'pooled'")["n"].sum()
    assert nothing == (frame["y"] == 0).sum()


def test_shares_of_answers_bear_their_labels() -> None:
    found = answer_shares(frame_of(), DESIGN, "o", {1.0: "Never"})
    assert list(found["label"].unique()) == ["Never", "2", "3", "4", "5"]
    sums = found.groupby(["area", "arm"])["share"].sum()
    np.testing.assert_allclose(sums, 1)
    with pytest.raises(BadInput, match="different answers"):
        answer_shares(frame_of(), DESIGN, "y")


def test_superiority_over_areas_compares_within_them() -> None:
    # The arms are alike within areas; over areas together A would seem to answer higher.
    east = pd.DataFrame({"area": "e", "arm": ["A"] * 30 + ["none"] * 10, "o": [4.0, 5.0] * 20})
    west = pd.DataFrame({"area": "w", "arm": ["A"] * 10 + ["none"] * 30, "o": [1.0, 2.0] * 20})
    design = Design("area", "arm", [O], arms=("none", "A"))
    (contrast,) = design.contrasts()
    found = by(ordinal_effects(pd.concat([east, west]), design, "o", contrast))
    assert found.loc["superiority", "estimate"] == pytest.approx(0.5)
    assert found.loc["Cliff’s δ", "estimate"] == pytest.approx(0)
    assert found.loc["superiority", "p_value"] == pytest.approx(1)


def test_an_arm_that_is_empty_or_all_missing_leaves_reasons() -> None:
    frame = frame_of()
    frame.loc[(frame["arm"] == "A") & (frame["area"] == "e"), ["o", "y"]] = np.nan
    found = sensitivity(frame, DESIGN, "o", A_ALONE, Rules((1, 5)))
    east = by(found, "e")
    assert east.loc["unadjusted", "note"] == "an arm has fewer than 2 answers"
    assert east.loc["Lee bounds", "note"] == "an arm has fewer than 2 answers"
    assert by(found).loc["unadjusted", "dropped_areas"] == "e"
    ordinal = by(ordinal_effects(frame, DESIGN, "o", A_ALONE), "e")
    assert ordinal.loc["proportional odds", "note"] == "an arm has no answers"
    assert np.isnan(ordinal.loc["superiority", "estimate"])
    all_gone = frame.assign(o=np.nan)
    nothing = sensitivity(all_gone, DESIGN, "o", A_ALONE, Rules((1, 5)))
    assert nothing["estimate"].isna().all()
    assert nothing.loc[nothing["lower"].isna(), "note"].ne("").all()
    constant = frame_of().assign(o=3.0)
    found = by(ordinal_effects(constant, DESIGN, "o", A_ALONE))
    assert "two or more different answers" in found.loc["proportional odds", "note"]


def test_one_respondent_gives_reasons_and_no_error() -> None:
    one = frame_of(1, missing=0)
    for found in (
        sensitivity(one, DESIGN, "o", A_ALONE, Rules((1, 5))),
        ordinal_effects(one, DESIGN, "o", A_ALONE),
        hours_effects(one, DESIGN, "y", A_ALONE),
    ):
        assert found["estimate"].isna().all()
    assert arm_means(one, DESIGN, "y")["n"].sum() == 2  # its arm, and all arms
    assert len(missing_by_arm(one, DESIGN, "y")) == 1


def test_missing_answers_are_counted_and_shared() -> None:
    frame = frame_of()
    row = missing_by_arm(frame, DESIGN, "y").set_index("area").loc["pooled"]
    own = frame[frame["arm"] == "A"]["y"]
    assert row["missing_A"] == own.isna().sum()
    assert row["missing_share_A"] == pytest.approx(own.isna().mean())


def test_means_by_arm_are_weighted_as_the_sample_was_drawn() -> None:
    from analysis.weights import Sample, weighted_mean

    frame = frame_of()
    found = arm_means(frame, replace(DESIGN, weight="w"), "y").set_index(["area", "arm"])
    wanted = weighted_mean(frame, Sample("w", strata="area"), "y")
    row = found.loc[("pooled", "all arms")]
    assert row["weighted_mean"] == pytest.approx(wanted.estimate)
    assert row["weighted_std_error"] == pytest.approx(wanted.std_error)
    here = frame.query("area == 'e' and arm == 'A'")["y"]
    assert found.loc[("e", "A"), "mean"] == pytest.approx(here.mean())


def test_bounds_take_those_who_did_not_respond_as_missing() -> None:
    """The same as if a row without any answer stood for each of them."""
    frame = frame_of(120).assign(block="all")
    design = replace(DESIGN, strata=("block",), covariates=())
    silent = (("e", "A", "all", 7), ("e", "none", "all", 2), ("w", "B", "all", 3))
    rows = [row[:3] for row in silent for _ in range(row[3])]
    written = pd.DataFrame(rows, columns=["area", "arm", "block"])
    rules = Rules((0, 99), silent=silent)
    assert rules.silent_people == 12
    told = by(sensitivity(frame, design, "y", A_ALONE, rules))
    with_rows = pd.concat([frame, written], ignore_index=True)
    same = by(sensitivity(with_rows, design, "y", A_ALONE, Rules((0, 99))))
    without = by(sensitivity(frame, design, "y", A_ALONE, Rules((0, 99))))
    for name in ("Manski bounds", "Lee bounds"):
        for end in ("lower", "upper"):
            assert told.loc[name, end] == pytest.approx(same.loc[name, end], rel=1e-12)
        assert "allocated" in told.loc[name, "estimand"]
        assert "responded" in without.loc[name, "estimand"]
    wide, narrow = told.loc["Manski bounds"], without.loc["Manski bounds"]
    assert wide["upper"] - wide["lower"] > narrow["upper"] - narrow["lower"]
    assert told.loc["unadjusted", "estimate"] == without.loc["unadjusted", "estimate"]


def test_the_redrawn_interval_is_that_of_the_inverted_test() -> None:
    frame = frame_of(160)
    told = by(sensitivity(frame, DESIGN, "y", A_ALONE), "e").loc["redrawn allocation"]
    one = replace(DESIGN, outcomes=[Y], covariates=())
    found = randomisation_intervals(frame, one, [A_ALONE], 2_000).set_index("area").loc["e"]
    assert (told["ci_low"], told["ci_high"]) == (found["ri_low"], found["ri_high"])
    both = sensitivity(frame, DESIGN, "y", two_by_two()[2]).set_index(["area", "analysis"])
    assert "more than two arms" in both.loc[("e", "redrawn allocation"), "note"]
