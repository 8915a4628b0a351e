"""Detectable effects of METHODS.md, statsmodels' power, and simulation beside the formula."""

import numpy as np
import pytest

from analysis.design import Contrast, two_by_two
from analysis.errors import BadInput
from analysis.power import (
    Expected,
    detectable_effect,
    power_of,
    power_table,
    shifted_odds,
    simulated_power,
)

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
