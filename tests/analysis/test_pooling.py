"""Heterogeneity beside metafor's published example and statsmodels; shrinkage by its rules."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.design import TWO_BY_TWO_ARMS, Design, Outcome, two_by_two
from analysis.effects import estimate_effects
from analysis.pooling import heterogeneity, measure, shrink

# The 13 trials of BCG vaccine (Colditz et al. 1994): cases and others, treated and control.
BCG = np.array(
    [
        *[(4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619)],
        *[(33, 5036, 47, 5761), (180, 1361, 372, 1079), (8, 2537, 10, 619)],
        *[(505, 87886, 499, 87892), (29, 7470, 45, 7232), (17, 1699, 65, 1600)],
        *[(186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825)],
    ],
    dtype=float,
)


def test_the_published_example_of_metafor() -> None:
    # Viechtbauer 2010 (J. Stat. Software 36:3): Q = 152.2330, Q-profile interval of τ².
    a, b, c, d = BCG.T
    risk = np.log(a / (a + b)) - np.log(c / (c + d))
    error = np.sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d))
    found = measure(risk, error, np.full(13, 1000.0))
    assert found.q == pytest.approx(152.2330, abs=5e-5)
    assert (found.tau2_low, found.tau2_high) == pytest.approx((0.1197, 1.1115), abs=5e-5)
    assert found.tau2 == pytest.approx(0.3088, abs=5e-5)
    assert found.i2 == pytest.approx(0.9212, abs=5e-5)


@settings(max_examples=30)
@given(st.integers(2, 8), st.integers(0, 9999))
def test_q_and_tau_equal_statsmodels(k: int, seed: int) -> None:
    from statsmodels.stats.meta_analysis import combine_effects

    rng = np.random.default_rng(seed)
    estimate, error = rng.normal(0, 1.5, k), rng.uniform(0.3, 1, k)
    found = measure(estimate, error, np.full(k, 50.0))
    with np.errstate(invalid="ignore"):  # it lets τ² fall below 0
        theirs = combine_effects(estimate, error**2, method_re="dl")
    assert found.q == pytest.approx(theirs.q, rel=1e-9)
    assert found.q_p == pytest.approx(theirs.test_homogeneity().pvalue, rel=1e-7)
    assert found.tau2 == pytest.approx(max(0, theirs.tau2), rel=1e-9, abs=1e-12)
    assert found.tau2_low <= found.tau2_high


def effects_of(shifts: dict[str, float]) -> pd.DataFrame:
    rng = np.random.default_rng(4)
    parts = [
        pd.DataFrame({"area": area, "arm": list(TWO_BY_TWO_ARMS) * 40}).assign(
            y=lambda f, s=shift: rng.normal(size=160) + s * f["arm"].eq("A")
        )
        for area, shift in shifts.items()
    ]
    design = Design("area", "arm", [Outcome("y", "", "m", "continuous")])
    return estimate_effects(pd.concat(parts), design, two_by_two()[:1], draws=0)


def test_areas_that_differ_are_found_to_and_shrink_little() -> None:
    effects = effects_of({"a": 0, "b": 2, "c": 4})
    (row,) = heterogeneity(effects).to_dict("records")
    assert row["areas"] == 3
    assert max(row["q_p"], row["f_p"]) < 1e-6
    shrunken = shrink(effects)
    assert (shrunken["towards_mean"] < 0.05).all()
    raw = effects[effects["area"] != "pooled"]["estimate"].to_numpy()
    inner = np.ptp(shrunken["shrunken"]) < np.ptp(raw)
    assert inner
    assert "handful of areas" in shrunken["warning"].iloc[0]


def test_areas_that_are_alike_tie_when_tau_is_zero() -> None:
    effects = effects_of({"a": 1, "b": 1})
    effects.loc[effects["area"] == "b", "estimate"] = effects["estimate"].iloc[0]
    shrunken = shrink(effects)["shrunken"]
    assert np.ptp(shrunken) == pytest.approx(0, abs=1e-12)
    (row,) = heterogeneity(effects).to_dict("records")
    assert (row["tau2"], row["i2"]) == (0, 0)


def test_one_area_has_nothing_to_differ_from() -> None:
    effects = effects_of({"a": 1})
    assert heterogeneity(effects)["note"].item() == "fewer than two areas have an effect"
    assert shrink(effects).empty
