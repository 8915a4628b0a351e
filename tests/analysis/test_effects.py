"""Effects equal what a regression with robust errors gives, and say so where there is none."""

import warnings
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.design import TWO_BY_TWO_ARMS, Contrast, Design, Outcome, two_by_two
from analysis.effects import estimate_effects as estimate_with_draws
from analysis.errors import BadInput

estimate_effects = partial(estimate_with_draws, draws=0)  # randomisation has tests of its own
HOURS = Outcome("hours", "health", "hours_willing_alone", "hours")
DESIGN = Design("area", "arm", [HOURS])
COLUMNS = [
    "wave",
    "area",
    "issue",
    "outcome",
    "measure",
    "scale",
    "contrast",
    "n_none",
    "n_A",
    "n_B",
    "n_A+B",
    "missing_none",
    "missing_A",
    "missing_B",
    "missing_A+B",
    "smallest_cell",
    "control_mean",
    "control_sd",
    "estimator",
    "adjusted",
    "estimate",
    "std_error",
    "df",
    "df_method",
    "ci_low",
    "ci_high",
    "p_value",
    "p_randomisation",
    "draws",
    "seed",
    "p_holm",
    "p_bh",
    "p_maxt",
    "family",
    "std_effect",
    "mde_80",
    "sesoi",
    "p_equivalence",
    "planned",
    "note",
    "dropped_areas",
]


def frame_of(
    sizes: list[int], seed: int = 0, shift: float = 0.0, area: str = "east"
) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    arm = np.repeat(np.asarray(TWO_BY_TWO_ARMS, dtype=object), sizes)
    return pd.DataFrame({"area": area, "arm": arm, "hours": rng.normal(shift, 1, len(arm))})


def regression(frame: pd.DataFrame) -> dict[str, tuple[float, float, float]]:
    """Estimate the contrasts of arm means by ordinary least squares with HC2 errors."""
    one_hot = np.column_stack([frame["arm"] == arm for arm in TWO_BY_TWO_ARMS]).astype(float)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fit = sm.OLS(frame["hours"].to_numpy(), one_hot).fit(cov_type="HC2", use_t=True)
        tests = {c.name: fit.t_test(np.asarray(c.weights)) for c in two_by_two()}
    return {
        name: (test.effect.item(), test.sd.item(), float(test.pvalue))
        for name, test in tests.items()
    }


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.integers(20, 60), min_size=4, max_size=4),
    st.integers(0, 2**32 - 1),
    st.sampled_from([0.0, 1e5]),
)
def test_estimates_equal_a_regression(sizes: list[int], seed: int, shift: float) -> None:
    # Source of the oracle: statsmodels OLS, HC2, t distribution (METHODS.md, "Estimands"),
    # on the values without their shift: it would lose the digits that ours must keep.
    frame = frame_of(sizes, seed, shift)
    moved = frame.assign(hours=frame["hours"] - shift)
    wanted = regression(moved)
    for row in estimate_effects(frame, DESIGN).to_dict("records"):
        found = (row["estimate"], row["std_error"], row["p_value"])
        assert found == pytest.approx(wanted[row["contrast"]], rel=1e-9, abs=1e-10)
        assert (row["df"], row["df_method"]) == (sum(sizes) - 4, "N - arms x blocks")


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(2, 30), min_size=4, max_size=4), st.integers(0, 999))
def test_pooled_is_the_weighted_sum_of_areas(sizes: list[int], seed: int) -> None:
    parts = [frame_of(sizes, seed), frame_of(sizes[::-1], seed + 1, 3.0, "west")]
    found = estimate_effects(pd.concat(parts), DESIGN, two_by_two()[:1]).set_index("area")
    assert list(found.index) == ["east", "west", "pooled"]
    mean = found.loc[["east", "west"], "estimate"].mean()  # both areas have the same number
    assert found.loc["pooled", "estimate"] == pytest.approx(mean, rel=1e-9, abs=1e-12)
    error = np.sqrt((found.loc[["east", "west"], "std_error"] ** 2).sum()) / 2
    assert found.loc["pooled", "std_error"] == pytest.approx(error, rel=1e-9)


def test_small_cells_take_the_degrees_of_welch() -> None:
    # With two arms Satterthwaite's degrees are Welch's: scipy's ttest_ind says the same.
    from scipy.stats import ttest_ind

    frame = frame_of([8, 12, 0, 0])
    row = estimate_effects(frame, DESIGN, [Contrast("A alone", (-1, 1, 0, 0))]).iloc[0]
    groups = [frame.loc[frame["arm"] == arm, "hours"] for arm in ("A", "none")]
    welch = ttest_ind(*groups, equal_var=False)
    assert (row["df"], row["p_value"]) == pytest.approx((welch.df, welch.pvalue), rel=1e-9)
    assert row["df_method"] == "Satterthwaite"


def test_columns_are_those_of_the_methods_in_order() -> None:
    assert list(estimate_effects(frame_of([5, 5, 5, 5]), DESIGN).columns) == COLUMNS


def test_a_constant_outcome_has_a_row_and_says_why() -> None:
    frame = frame_of([7, 11, 13, 17]).assign(hours=0.1)
    found = estimate_effects(frame, DESIGN)
    assert found["estimate"].isna().all()
    assert set(found["note"]) == {"within each arm every answer is the same"}
    assert (found["control_mean"] == 0.1).all()


@pytest.mark.parametrize("size", [1e100, 1e160, 1e200, 2e307])
def test_answers_too_large_to_square_have_a_row_and_say_why(size: float) -> None:
    frame = frame_of([30, 30, 30, 30])
    with warnings.catch_warnings(action="error"):
        found = estimate_effects(frame.assign(hours=frame["hours"] * size), DESIGN)
    numbers = found[["estimate", "std_error", "ci_low", "ci_high", "p_value", "df"]]
    told = found["note"] == "the numbers are too large"
    assert np.isfinite(numbers[~told]).all(axis=None)
    assert numbers[told].isna().all(axis=None)
    assert told.all() == (size > 1e150)


@pytest.mark.parametrize(
    "frame",
    [
        frame_of([5, 0, 5, 5]),
        frame_of([1, 0, 0, 0]),
        frame_of([5, 5, 5, 5]).assign(hours=np.nan),
        frame_of([5, 5, 5, 5]).assign(hours=None),
        frame_of([5, 1, 5, 5]),
    ],
    ids=["an empty arm", "one respondent", "all missing", "all None", "one in an arm"],
)
def test_too_few_answers_have_a_row_and_say_why(frame: pd.DataFrame) -> None:
    (row,) = estimate_effects(frame, DESIGN, two_by_two()[:1]).to_dict("records")
    assert np.isnan(row["estimate"])
    assert row["note"] == "an arm has fewer than 2 answers"
    assert row["n_none"] + row["missing_none"] == (frame["arm"] == "none").sum()


def test_a_dropped_area_is_named_and_an_incomplete_row_takes_no_part() -> None:
    small = frame_of([5, 1, 5, 5], area="west")
    lost = frame_of([1, 1, 1, 1]).assign(arm=None)
    frame = pd.concat([frame_of([5, 5, 5, 5]), small, lost])
    found = estimate_effects(frame, DESIGN, two_by_two()[:1]).set_index("area")
    assert found.loc["pooled", "dropped_areas"] == "west"
    assert found.loc["pooled", "estimate"] == found.loc["east", "estimate"]
    assert found.loc["east", "n_none"] == 5


def test_strata_are_blocks_within_the_area() -> None:
    parts = [frame_of([5, 5, 5, 5], i, 9.0 * i).assign(sex=sex) for i, sex in enumerate("fm")]
    found = estimate_effects(pd.concat(parts), replace(DESIGN, strata=["sex", "area"]))
    plain = [estimate_effects(part, DESIGN) for part in parts]
    mean = (plain[0]["estimate"] + plain[1]["estimate"]) / 2
    np.testing.assert_allclose(found["estimate"], mean, rtol=1e-9)
    assert set(found["area"]) == {"east"}


def test_waves_are_estimated_apart() -> None:
    parts = [frame_of([5, 5, 5, 5], i).assign(wave=i) for i in (1, 2)]
    found = estimate_effects(pd.concat(parts), replace(DESIGN, wave="wave"), two_by_two()[:1])
    assert list(found["wave"]) == [1, 2]


def test_nothing_asked_before_the_nudge_is_an_effect() -> None:
    before, past = replace(HOURS, asked="before"), replace(HOURS, key="p", refers_to="past")
    frame = frame_of([5, 5, 5, 5]).assign(p=1.0)
    with pytest.raises(BadInput, match="No outcome can have responded"):
        estimate_effects(frame, replace(DESIGN, outcomes=[before, past]))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"arm": "C"}, "“C” is not an arm of the design; its arms are: none, A, B, A"),
        ({"hours": "many"}, "holds text"),
        ({"hours": np.inf}, "holds infinity"),
        ({"area": "pooled"}, "cannot be called “pooled”"),
        ({"arm": None}, "Nobody here has both"),
    ],
)
def test_a_frame_that_does_not_fit_is_refused(change: dict[str, object], sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        estimate_effects(frame_of([2, 2, 2, 2]).assign(**change), DESIGN)


def test_the_design_refuses_what_it_does_not_know() -> None:
    with pytest.raises(BadInput, match="allowed are: binary, ordinal, count, hours, continuous"):
        replace(HOURS, scale="nominal")
    with pytest.raises(BadInput, match="must add to zero"):
        Contrast("all", (1, 1, 0, 0))
    with pytest.raises(BadInput, match="has 2 weights"):
        estimate_effects(frame_of([2, 2, 2, 2]), DESIGN, [Contrast("x", (-1, 1))])
    names = [c.name for c in Design("area", "arm", [], arms=("none", "x", "y")).contrasts()]
    assert names == ["x vs none", "y vs none"]


@pytest.mark.parametrize("dtype", ["Int64", "bool", "float32", "Float64", "boolean"])
def test_numbers_of_any_kind_are_estimated(dtype: str) -> None:
    frame = frame_of([9, 9, 9, 9])
    frame["hours"] = (frame["hours"] > 0).astype(int)
    plain = estimate_effects(frame, DESIGN)["estimate"]
    kind = frame.assign(hours=frame["hours"].astype(dtype), arm=frame["arm"].astype("category"))
    np.testing.assert_allclose(estimate_effects(kind, DESIGN)["estimate"], plain, rtol=1e-6)


def test_draws_fill_the_columns_of_randomisation_and_leave_the_others() -> None:
    frame = frame_of([25, 25, 25, 25])
    plain = estimate_with_draws(frame, DESIGN, draws=0, seed=1)
    drawn = estimate_with_draws(frame, DESIGN, draws=300, seed=1)
    filled = ["p_randomisation", "draws", "seed", "p_maxt"]
    assert plain[filled].isna().all(axis=None)
    assert drawn[filled].notna().all(axis=None)
    assert (set(drawn["draws"]), set(drawn["seed"])) == ({300}, {1})
    pd.testing.assert_frame_equal(plain.drop(columns=filled), drawn.drop(columns=filled))


@pytest.mark.parametrize("change", [{"draws": -1}, {"draws": 1.5}, {"seed": -3}])
def test_draws_and_seeds_that_cannot_be_are_refused(change: dict[str, float]) -> None:
    with pytest.raises(BadInput, match="whole number of at least"):
        estimate_with_draws(frame_of([5, 5, 5, 5]), DESIGN, **{"draws": 10, **change})


def test_equivalence_is_two_one_sided_tests() -> None:
    # Source of the oracle: statsmodels' ttost_ind with unequal variances.
    from statsmodels.stats.weightstats import ttost_ind

    frame = frame_of([8, 12, 0, 0])
    contrast = Contrast("A alone", (-1, 1, 0, 0))
    row = estimate_effects(frame, DESIGN, [contrast], sesoi={"hours": 0.9}).iloc[0]
    groups = [frame.loc[frame["arm"] == arm, "hours"] for arm in ("A", "none")]
    wanted = ttost_ind(*groups, -0.9, 0.9, usevar="unequal")[0]
    assert (row["sesoi"], row["p_equivalence"]) == (0.9, pytest.approx(wanted, rel=1e-9))
    with pytest.raises(BadInput, match="above 0"):
        estimate_effects(frame, DESIGN, [contrast], sesoi=0)
