"""Missing answers: tests beside scipy, bounds beside brute force, weights that repair."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.balance import balance
from analysis.design import Design, Outcome, two_by_two
from analysis.effects import estimate_effects
from analysis.errors import BadInput
from analysis.missing import (
    lee,
    lee_bounds,
    manski_bounds,
    missing_shares,
    weighted_by_response,
)
from analysis.missing.response_weights import logistic_chances

DESIGN = Design("area", "arm", [Outcome("y", "", "m", "binary")], covariates=["x"])
A_ALONE = two_by_two()[:1]


def frame_of(n: int = 400, seed: int = 0, lost: float = 0.3) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({"area": rng.choice(["e", "w"], n)})
    frame["arm"] = rng.choice(["none", "A", "B", "A+B"], n)
    frame["x"] = rng.normal(size=n)
    frame["whole"] = (rng.random(n) < 0.5 + 0.3 * (frame["x"] > 0)).astype(float)
    away = rng.random(n) < lost * (1 + (frame["arm"] == "A")) * (frame["x"] < 0.5)
    return frame.assign(y=frame["whole"].where(~away))


def test_the_test_of_missing_by_arm_is_the_chi_square_of_one_area() -> None:
    # Of one block it is Pearson's chi-square times (n − 1)/n: scipy chi2_contingency.
    from scipy.stats import chi2_contingency

    frame = frame_of().assign(area="x")
    (row,) = missing_shares(frame, DESIGN).to_dict("records")
    table = pd.crosstab(frame["arm"], frame["y"].isna())
    theirs = chi2_contingency(table, correction=False)
    assert row["statistic"] == pytest.approx(theirs.statistic * 399 / 400, rel=1e-9)
    assert row["df"] == 3
    assert row["missing_A"] == frame.loc[frame["arm"] == "A", "y"].isna().mean()


def test_over_areas_it_is_the_test_of_mantel_and_haenszel() -> None:
    # Two arms in two areas: statsmodels' StratifiedTable without correction.
    from statsmodels.stats.contingency_tables import StratifiedTable

    frame = frame_of()[lambda f: f["arm"].isin(["none", "A"])]
    found = missing_shares(frame, DESIGN).set_index("area")
    tables = [pd.crosstab(p["arm"], p["y"].isna()).to_numpy() for _, p in frame.groupby("area")]
    wanted = StratifiedTable(tables).test_null_odds(correction=False)
    assert found.loc["pooled", "statistic"] == pytest.approx(wanted.statistic, rel=1e-9)
    assert found.loc["pooled", "p_value"] == pytest.approx(wanted.pvalue, rel=1e-7)


def test_nobody_missing_has_nothing_to_test() -> None:
    frame = frame_of().assign(y=1.0)
    assert missing_shares(frame, DESIGN)["p_value"].isna().all()


@settings(max_examples=25)
@given(st.integers(0, 9999))
def test_manski_bounds_are_the_extremes_of_every_filling(seed: int) -> None:
    frame = frame_of(24, seed).assign(area="x")
    (row,) = manski_bounds(frame, DESIGN, {"y": (0, 1)}, A_ALONE).to_dict("records")
    here = {arm: frame.loc[frame["arm"] == arm, "y"] for arm in ("none", "A")}
    if min(map(len, here.values())) == 0:
        assert np.isnan(row["lower"])
        return
    ends = [
        here["A"].fillna(a).mean() - here["none"].fillna(b).mean() for a in (0, 1) for b in (0, 1)
    ]
    assert (row["lower"], row["upper"]) == pytest.approx((min(ends), max(ends)))


def test_bounds_without_missing_answers_are_the_effect() -> None:
    frame = frame_of().assign(y=lambda f: f["whole"])
    wanted = estimate_effects(frame, DESIGN, A_ALONE, draws=0)["estimate"]
    bounds = manski_bounds(frame, DESIGN, {"y": (0, 1)}, A_ALONE)
    trimmed = lee_bounds(frame, DESIGN, A_ALONE)
    for found in (bounds, trimmed):
        np.testing.assert_allclose(found["lower"], wanted, atol=1e-12)
        np.testing.assert_allclose(found["upper"], wanted, atol=1e-12)
    with pytest.raises(BadInput, match="outside of 0 to 0.5"):
        manski_bounds(frame, DESIGN, {"y": (0, 0.5)})


def test_lee_trims_the_fuller_arm_by_hand() -> None:
    # 4 of 4 answer with the nudge, 2 of 4 without: half of the 4 go, from either end.
    treated, control = np.array([1.0, 2, 3, 4]), np.array([1.0, 3, np.nan, np.nan])
    assert lee(treated, control) == (1.5 - 2, 3.5 - 2, 0.5)
    assert lee(control, treated) == (2 - 3.5, 2 - 1.5, 0.5)
    only = lee_bounds(frame_of(), DESIGN)
    assert set(only["contrast"]) == {c.name for c in two_by_two()[:2] + two_by_two()[3:7]}


def test_weights_repair_what_a_covariate_explains() -> None:
    frame = frame_of(40_000, 3, 0.45)
    truth = estimate_effects(frame.assign(y=frame["whole"]), DESIGN, A_ALONE, draws=0)
    naive = estimate_effects(frame, DESIGN, A_ALONE, draws=0)
    design = Design("area", "arm", DESIGN.outcomes, covariates=["x", "low"])
    ipw = weighted_by_response(frame.assign(low=frame["x"] < 0.5), design, A_ALONE)
    away = abs(naive["estimate"].iloc[2] - truth["estimate"].iloc[2])
    assert abs(ipw["estimate"].iloc[2] - truth["estimate"].iloc[2]) < away / 3
    assert (ipw["largest_weight"] > 1.2).all()


@settings(max_examples=25)
@given(st.integers(0, 9999))
def test_chances_of_answering_are_those_of_a_logistic_regression(seed: int) -> None:
    # Beside statsmodels' GLM, another fit of the same model.
    import statsmodels.api as sm

    rng = np.random.default_rng(seed)
    x = np.column_stack([np.ones(300), rng.normal(size=(300, 3))])
    y = (rng.random(300) < 1 / (1 + np.exp(-1 - x @ rng.normal(size=4) / 2))).astype(float)
    y[:2] = 0, 1
    theirs = sm.GLM(y, x, family=sm.families.Binomial()).fit(tol=1e-14, maxiter=200).predict(x)
    np.testing.assert_allclose(logistic_chances(x, y), theirs, atol=1e-8)


def test_weights_without_missing_answers_change_nothing() -> None:
    frame = frame_of().assign(y=lambda f: f["whole"])
    plain = estimate_effects(frame, DESIGN, draws=0)
    ipw = weighted_by_response(frame, DESIGN)
    for name in ("estimate", "std_error", "df", "p_value"):
        np.testing.assert_allclose(ipw[name], plain[name], rtol=1e-9, atol=1e-12)
    with pytest.raises(BadInput, match="needs covariates"):
        weighted_by_response(frame, Design("area", "arm", DESIGN.outcomes))


def test_balance_of_what_is_balanced_and_what_is_not() -> None:
    frame = frame_of(seed=1)
    differences, omnibus = balance(frame, DESIGN, 500)
    row = differences.query("area == 'e' and arm == 'A'").iloc[0]
    one = frame.query("area == 'e' and arm == 'A'")["x"]
    two = frame.query("area == 'e' and arm == 'none'")["x"]
    wanted = (one.mean() - two.mean()) / np.sqrt((one.var() + two.var()) / 2)
    assert row["standardised"] == pytest.approx(wanted)
    assert omnibus["p_randomisation"].item() > 0.01
    tilted = frame.assign(x=frame["x"] + (frame["arm"] == "B"))
    assert balance(tilted, DESIGN, 500)[1]["p_randomisation"].item() == 1 / 501


def test_the_omnibus_keeps_its_level_and_takes_missing_covariates() -> None:
    p = []
    for seed in range(60):
        frame = frame_of(80, seed)
        frame.loc[:5, "x"] = np.nan
        p.append(balance(frame, DESIGN, 99)[1]["p_randomisation"].item())
    assert 0.35 < np.mean(p) < 0.65
    with pytest.raises(BadInput, match="no covariates"):
        balance(frame, Design("area", "arm", DESIGN.outcomes))
