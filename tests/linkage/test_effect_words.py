"""Words about effects: what an interval tells beside what would matter."""

import pytest

from analysis.equivalence import equivalence_p
from linkage.survey.words import VERDICTS, difference_words, effect_words


def row(low: float, high: float, sesoi: float | None = None, scale: str = "hours") -> dict:
    middle = (low + high) / 2
    error = (high - low) / 3.92
    p = float(equivalence_p(middle, error, 1e6, sesoi)) if sesoi else float("nan")
    return {"estimate": middle, "ci_low": low, "ci_high": high, "scale": scale,
            "mde_80": 2.8 * error,
            "sesoi": sesoi, "p_equivalence": p, "note": ""}  # fmt: skip


@pytest.mark.parametrize(
    ("low", "high", "sesoi", "verdict"),
    [
        (-0.2, 0.3, 0.5, "too small to matter"),
        (0.1, 0.3, 0.5, "small"),
        (0.6, 0.9, 0.5, "large"),
        (-0.9, -0.6, 0.5, "large"),
        (0.1, 0.9, 0.5, "effect"),
        (-0.2, 0.9, 0.5, "open"),
        (-0.2, 0.9, None, "no evidence"),
        (0.2, 0.9, None, "effect"),
        (float("nan"), float("nan"), 0.5, "none"),
    ],
)
def test_each_place_of_the_interval_has_its_verdict(low, high, sesoi, verdict) -> None:
    said = effect_words(row(low, high, sesoi))
    assert said.verdict == verdict
    assert said.verdict in VERDICTS


def test_the_verdict_never_contradicts_the_test_of_equivalence() -> None:
    near = row(-0.24, 0.34, 0.3)
    assert near["p_equivalence"] < 0.05
    said = effect_words(near)
    assert said.verdict == "too small to matter"
    assert "the 90 % interval lies within ± 0.30 hours" in said.sentence
    far = row(-0.24, 0.36, 0.3)
    assert far["p_equivalence"] > 0.05
    assert effect_words(far).verdict == "open"


def test_a_null_effect_is_told_with_what_it_rules_out() -> None:
    told = effect_words(row(-0.2, 0.3, 0.5)).sentence
    assert "+0.05 (−0.20 to +0.30) hours" in told
    assert "lies within ± 0.50 hours, the smallest effect of interest" in told
    assert "equivalence p < .001" in told


def test_what_could_have_been_found_is_told_where_nothing_was() -> None:
    told = effect_words(row(-0.2, 0.4)).sentence
    assert "a true effect of 0.43 hours would be found four times in five" in told


def test_a_share_is_told_in_percentage_points() -> None:
    assert "+4.5 (+1.0 to +8.0) percentage points" in effect_words(
        row(0.01, 0.08, scale="binary")
    ).sentence  # fmt: skip


def test_areas_that_differ_and_areas_that_do_not() -> None:
    told = {"areas": 4, "q": 9.3, "q_p": 0.02, "f": 3.1, "f_df": 480, "f_p": 0.027, "i2": 0.68,
            "tau2": 0.04, "tau2_low": 0.0, "tau2_high": 0.81, "note": "",
            "scale": "hours"}  # fmt: skip
    assert "is not the same in the 4 areas" in difference_words(told)
    assert "I² = 68 %; τ = 0.2, 95 % interval 0 to 0.9 hours" in difference_words(told)
    alike = difference_words(told | {"f_p": 0.4})
    assert "differ no more than chance alone" in alike
    assert "does not show that the effect is the same" in alike
    few = "fewer than two areas have an effect"
    assert few in difference_words({"areas": 1, "note": few})
