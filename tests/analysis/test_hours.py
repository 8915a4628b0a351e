"""Hours are derived as planned, over everyone, and what is conditional says it is not causal."""

import numpy as np
import pandas as pd
import pytest

from analysis.design import Design, Outcome, two_by_two
from analysis.effects import estimate_effects
from analysis.errors import BadInput
from analysis.hours import Cap, conditional_hours, with_balance, with_hours

ALONE = Outcome("alone", "health", "hours_willing_alone", "hours")
OTHERS = Outcome("others", "health", "hours_willing_with_others", "hours")
DESIGN = Design("area", "arm", [ALONE, OTHERS], wave="wave")


def frame_of() -> pd.DataFrame:
    frame = pd.DataFrame({"area": "x", "wave": 1, "arm": ["none"] * 4 + ["A"] * 4})
    frame["alone"] = [0, 2, 4, np.nan, 0, 0, 6, 90]
    frame["others"] = [0, 2, 0, 3, 1, 0, 2, 10]
    return frame


def test_any_and_capped_hours_are_outcomes_of_everyone() -> None:
    frame, design = with_hours(frame_of(), DESIGN, Cap(hours=10))
    keys = ["alone", "alone:any", "alone:capped", "others", "others:any", "others:capped"]
    assert [o.key for o in design.outcomes] == keys
    assert frame["alone:any"].to_list()[:3] == [0, 1, 1]
    assert frame[["alone:any", "alone:capped"]].iloc[3].isna().all()
    assert frame["alone:capped"].max() == 10
    found = estimate_effects(frame, design, two_by_two()[:1], draws=0).set_index("outcome")
    assert found.loc["alone:any", "estimate"] == pytest.approx(2 / 4 - 2 / 3)
    assert found.loc["alone:any", ["scale", "measure"]].to_list() == [
        "binary",
        "any_hours_willing_alone",
    ]


def test_a_quantile_is_of_the_wave_whatever_the_arm() -> None:
    two = pd.concat([frame_of(), frame_of().assign(wave=2, alone=1.0)], ignore_index=True)
    frame, _ = with_hours(two, DESIGN, Cap(quantile=0.9))
    limit = frame_of()["alone"].quantile(0.9)
    assert frame.loc[frame["wave"] == 1, "alone:capped"].max() == limit
    assert frame.loc[frame["wave"] == 2, "alone:capped"].max() == 1


def test_together_less_alone_is_the_difference_of_its_components() -> None:
    full = frame_of().dropna()
    frame, design = with_balance(full, DESIGN, [("alone", "others")])
    found = estimate_effects(frame, design, two_by_two()[:1], draws=0).set_index("outcome")
    parts = found.loc["others", "estimate"] - found.loc["alone", "estimate"]
    assert found.loc["others - alone", "estimate"] == pytest.approx(parts)
    missing, _ = with_balance(frame_of(), DESIGN, [("alone", "others")])
    assert np.isnan(missing["others - alone"].iloc[3])


def test_what_is_conditional_says_so() -> None:
    found = conditional_hours(frame_of(), DESIGN, "alone", "others").set_index("arm")
    assert found.loc["none", ["answered", "any", "mean_if_any"]].to_list() == [3, 2, 4]
    assert found.loc["A", "share_in_groups"] == pytest.approx((1 + 0.25 + 0.1) / 3)
    assert found["note"].str.startswith("Not causal").all()
    assert np.isnan(found.loc["B", "mean_if_any"])


@pytest.mark.parametrize(
    ("run", "sentence"),
    [
        (lambda: Cap(), "either hours or a quantile"),
        (lambda: Cap(hours=1, quantile=0.9), "either hours or a quantile"),
        (lambda: Cap(quantile=2), "between 0 and 1"),
        (lambda: Cap(hours=-1), "above 0"),
        (lambda: with_hours(frame_of().assign(alone=-1), DESIGN), "below 0"),
        (lambda: with_balance(frame_of(), DESIGN, [("alone", "x")]), "no outcome “x”"),
    ],
)
def test_rules_and_hours_that_cannot_be_are_refused(run, sentence) -> None:
    with pytest.raises(BadInput, match=sentence):
        run()
