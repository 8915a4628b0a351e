"""Detectable effects of METHODS.md, statsmodels' power, and simulation beside the formula."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.design import Contrast, Design, Outcome, two_by_two
from analysis.effects import estimate_effects
from analysis.errors import BadInput
from analysis.power import (
    Answers,
    Expected,
    detectable_effect,
    observed,
    power_of,
    power_table,
    raised_share,
    read_shares,
    shifted_odds,
    simulate_contrasts,
    simulated_power,
)
from analysis.power.simulating import _p_values

BY_NAME = {c.name: c for c in two_by_two()}
TWO = Contrast("A vs none", (-1, 1))


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("A, averaged over B", 0.2506), ("A alone", 0.3544), ("A x B interaction", 0.5012)],
)
def test_detectable_effects_of_500_an_area(name: str, wanted: float) -> None:
    # METHODS.md, "Other estimators": n = 500, normal approximation, equal arms, SD 1.
    assert detectable_effect([Expected(500)], BY_NAME[name]) == pytest.approx(wanted, abs=5e-5)


def test_power_equals_statsmodels() -> None:
    from statsmodels.stats.power import NormalIndPower

    theirs = NormalIndPower().power(0.25, 150, 0.05)
    assert power_of([Expected(300)], TWO, 0.25) == pytest.approx(theirs, rel=1e-9)
    mde = detectable_effect([Expected(300)], TWO)
    assert power_of([Expected(300)], TWO, mde) == pytest.approx(0.8, abs=1e-6)


@given(
    n=st.integers(20, 5000), effect=st.floats(0.01, 1), sd=st.floats(0.2, 5),
    alpha=st.sampled_from([0.01, 0.05, 0.1]),
)  # fmt: skip
def test_power_of_two_arms_equals_statsmodels(n, effect, sd, alpha) -> None:
    from statsmodels.stats.power import NormalIndPower

    theirs = NormalIndPower().power(effect / sd, n, alpha)
    assert power_of([Expected(2 * n, sd=sd)], TWO, effect, alpha) == pytest.approx(theirs, rel=1e-9)


def test_power_of_shares_equals_statsmodels_where_both_arms_vary_alike() -> None:
    from statsmodels.stats.power import NormalIndPower

    sd = np.sqrt(0.3 * 0.7)
    theirs = NormalIndPower().power(0.08 / sd, 400, 0.05)
    ours = power_of([Expected(1000, response=0.8, rate=0.3)], TWO, 0.08)
    assert ours == pytest.approx(theirs, rel=1e-9)


def test_response_clusters_rates_and_areas_enter() -> None:
    plain = detectable_effect([Expected(500)], TWO)
    assert detectable_effect([Expected(1000, response=0.5)], TWO) == pytest.approx(plain)
    deff = detectable_effect([Expected(500, cluster_size=5, icc=0.25)], TWO)
    assert deff == pytest.approx(plain * np.sqrt(2))
    assert detectable_effect([Expected(500, rate=0.5)], TWO) == pytest.approx(plain / 2)
    assert detectable_effect([Expected(125)] * 4, TWO) == pytest.approx(plain)
    table = power_table([Expected(500)], [TWO, TWO], 0.2)
    assert table["power"].is_monotonic_increasing
    assert len(table) == 8


def test_simulation_agrees_with_the_formula_and_keeps_the_level() -> None:
    values, base = np.arange(1.0, 6), np.array([0.1, 0.2, 0.4, 0.2, 0.1])
    null = simulated_power(values, np.tile(base, (2, 1)), [100, 100], TWO, 4000, 1)
    assert abs(null.power - 0.05) < 4 * np.sqrt(0.05 * 0.95 / 4000)
    moved = shifted_odds(base, 0.6)
    found = simulated_power(values, np.array([base, moved]), [150, 150], TWO, 4000, 2)
    sd = np.sqrt(base @ values**2 - (base @ values) ** 2)
    formula = power_of([Expected(300, sd=sd)], TWO, found.effect)
    assert found.power == pytest.approx(formula, abs=0.03)
    again = simulated_power(values, np.array([base, moved]), [150, 150], TWO, 4000, 2)
    assert again == found


def test_moved_odds_are_proportional() -> None:
    base = np.array([0.2, 0.5, 0.3])
    before, after = np.cumsum(base)[:-1], np.cumsum(shifted_odds(base, 0.4))[:-1]
    ratio = np.log(before / (1 - before)) - np.log(after / (1 - after))
    np.testing.assert_allclose(ratio, 0.4, rtol=1e-12)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"n": 0}, "above 0"),
        ({"n": 9, "response": 1.2}, "at most 1"),
        ({"n": 9, "rate": 1}, "between 0 and 1"),
        ({"n": 9, "icc": 2}, "lies in 0 to 1"),
    ],
)
def test_what_cannot_be_expected_is_refused(wrong, sentence) -> None:
    with pytest.raises(BadInput, match=sentence):
        Expected(**wrong)
    with pytest.raises(BadInput, match="add to 1"):
        simulated_power(np.arange(2.0), np.ones((2, 2)), [9, 9], TWO)


def answers(seed: int, sizes: list[int]) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    rows = [
        (area, arm, float(y))
        for area in ("east", "west")
        for arm, size in zip(("none", "A", "B", "A+B"), sizes, strict=True)
        for y in rng.choice([0, 1, 2.5, 8], size, p=[0.5, 0.2, 0.2, 0.1])
    ]
    return pd.DataFrame(rows, columns=["area", "arm", "hours"])


@pytest.mark.parametrize("sizes", [[30, 31, 32, 33], [6, 7, 8, 9]], ids=["large", "small"])
def test_a_simulated_experiment_is_tested_as_real_ones_are(sizes) -> None:
    frame = answers(1, sizes)
    design = Design("area", "arm", [Outcome("hours", "health", "hours", "hours")])
    real = estimate_effects(frame, design, draws=0).query("area == 'pooled'")
    cells = frame.groupby(["area", "arm"])["hours"].agg(["mean", "var", "count"])
    mean, var, n = (
        cells[name].unstack()[list(design.arms)].to_numpy() for name in ("mean", "var", "count")
    )
    weights = np.array([c.weights for c in two_by_two()])
    ours = _p_values(mean[None], var[None], n, weights)[0]
    theirs = real.set_index("contrast").loc[[c.name for c in two_by_two()], "p_value"]
    np.testing.assert_allclose(ours, theirs.to_numpy(), rtol=1e-9)


def test_several_areas_agree_with_the_formula_for_every_contrast() -> None:
    values, base = np.array([0.0, 1, 2, 5, 10]), np.array([0.7, 0.1, 0.1, 0.07, 0.03])
    more = raised_share(values, base, 0.1)
    chances = np.tile(np.array([base, more, base, more]), (3, 1, 1))
    sizes = np.array([[100] * 4, [150] * 4, [60] * 4])
    found = simulate_contrasts(values, chances, sizes, two_by_two(), 4000, 3)
    sds = [np.sqrt(c @ values**2 - (c @ values) ** 2) for c in (base, more)]
    sd = float(np.sqrt(np.mean(np.square(sds))))
    expected = [Expected(float(row.sum()), sd=sd) for row in sizes]
    for row in found.to_dict("records"):
        formula = power_of(expected, BY_NAME[row["contrast"]], row["effect"])
        assert row["power"] == pytest.approx(formula, abs=0.03), row["contrast"]
    effects = dict(zip(found["contrast"], found["effect"], strict=True))
    assert effects["A alone"] == pytest.approx((more - base) @ values)
    assert effects["A x B interaction"] == pytest.approx(0, abs=1e-12)


def test_progress_ends_at_the_number_of_draws_and_the_same_seed_gives_the_same() -> None:
    told: list[tuple[int, int]] = []
    given = (np.arange(2.0), np.full((1, 2, 2), 0.5), np.full((1, 2), 20), [TWO], 1200, 9)
    found = simulate_contrasts(*given, progress=lambda *args: told.append(args))
    assert told[-1] == (1200, 1200)
    assert found.equals(simulate_contrasts(*given))


def test_answers_without_variance_are_never_found() -> None:
    chances = np.array([[[1.0, 0], [0, 1.0]]])
    found = simulate_contrasts(np.array([0.1, 0.7]), chances, np.full((1, 2), 30), [TWO], 200)
    assert found["power"].item() == 0
    assert found["effect"].item() == pytest.approx(0.6)


def test_shares_are_read_and_observed() -> None:
    read = read_shares("1: 10, 2 = 30 %\n4: 60")
    assert read.values.tolist() == [1, 2, 4]
    np.testing.assert_allclose(read.chances, [0.1, 0.3, 0.6])
    seen = observed([4, 2, np.nan, 4, 1])
    assert seen.values.tolist() == [1, 2, 4]
    assert seen.mean == pytest.approx(11 / 4)
    assert seen.sd == pytest.approx(np.std([4, 2, 4, 1]))
    many = observed(np.random.default_rng(1).normal(size=4000))
    assert len(many.values) <= 500
    assert isinstance(many, Answers)


@given(st.floats(-0.3, 0.69))
def test_more_who_give_any_give_as_others_do(more: float) -> None:
    values, base = np.array([0.0, 2, 6]), np.array([0.7, 0.2, 0.1])
    moved = raised_share(values, base, more)
    assert moved.sum() == pytest.approx(1)
    assert 1 - moved[0] == pytest.approx(0.3 + more, abs=1e-12)
    assert moved[1] == pytest.approx(2 * moved[2])


@pytest.mark.parametrize(
    ("shares", "said"),
    [("", "two or more"), ("1: 100", "two or more"), ("1: 0, 2: 5", "two or more"),
     ("1: 2, 1: 3", "twice"), ("one: 2", "not an answer"), ("1: -2, 2: 3", "not an answer"),
     ("1: 2, 2: nan", "not an answer"), (", ".join(f"{n}: 1" for n in range(501)), "At most")],
)  # fmt: skip
def test_what_are_no_shares_is_said(shares: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_shares(shares)


def test_what_cannot_be_simulated_is_said() -> None:
    values, base = np.array([0.0, 1]), np.array([0.7, 0.3])
    with pytest.raises(BadInput, match="too many"):
        raised_share(values, base, 0.8)
    with pytest.raises(BadInput, match="must be 0"):
        raised_share(np.array([1.0, 2]), base, 0.1)
    ok = np.array([[base, base]])
    with pytest.raises(BadInput, match="1 to 1,000,000"):
        simulate_contrasts(values, ok, np.full((1, 2), 9), [TWO], 0)
    with pytest.raises(BadInput, match="weight for every arm"):
        simulate_contrasts(values, ok, np.full((1, 2), 9), two_by_two())
