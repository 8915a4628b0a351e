"""A plan is checked once, written canonically, and held against answers and results."""

from typing import Any

import pandas as pd
import pytest

from analysis.design import Design, Outcome
from analysis.errors import BadInput
from analysis.plan import Exclusion, PlannedFamily, from_json, plan_hash, to_json
from analysis.plan.applying import exclude, families_of, smallest_effects, with_planned

from .plans import HOURS, JOIN, a_plan


def test_a_plan_reads_back_as_it_was_written() -> None:
    plan = a_plan(
        families=[PlannedFamily("one", ("A alone",), ("hours", "join"), ("east",))],
        exclusions=[Exclusion("speeder", ("1",), "answered in under two minutes")],
    )
    again = from_json(to_json(plan))
    assert again == plan
    assert plan_hash(again) == plan_hash(plan)
    assert plan_hash(a_plan(seed=1)) != plan_hash(a_plan())


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"primary_contrast": "B alone", "contrasts": ["A alone"]}, "no planned contrast"),
        ({"contrasts": ["A alone", "C alone"]}, "no contrast there is: “C alone”"),
        ({"outcomes": [HOURS, HOURS]}, "“hours” twice"),
        ({"arms": ["none"]}, "two or more"),
        ({"group_members": "maybe"}, "no choice for members"),
        ({"families": [PlannedFamily("f", ("A alone",), ("no",))]}, "“no”"),
    ],
)
def test_what_a_plan_cannot_be_is_said(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        a_plan(**changed)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"arms": 3}', '{"nonsense": 1}'])
def test_what_is_no_plan_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        from_json(text)


def test_exclusions_are_counted_also_where_they_hit_nobody() -> None:
    plan = a_plan(exclusions=[Exclusion("speeder", ("1",), "fast"), Exclusion("age", ("17",), "")])
    frame = pd.DataFrame({"speeder": [1.0, 0.0, None]})
    left, told = exclude(frame, plan)
    assert len(left) == 2
    assert told[0] == "1 left out as planned: fast."
    assert "do not have" in told[1]


def test_the_default_family_is_the_primary_contrast_over_the_primary_outcomes() -> None:
    asked = [Outcome(o.key, o.issue, o.measure, o.scale) for o in (HOURS, JOIN)]
    found = families_of(a_plan(), Design("area", "arm", asked))
    assert [family.members for family in found] == [(("pooled", "hours", "A alone"),)]
    assert smallest_effects(a_plan()) == {"hours": 0.5}


def test_what_was_not_planned_is_exploratory() -> None:
    rows = pd.DataFrame(
        [("pooled", "hours", "A alone"), ("east", "hours", "B alone"),
         ("north", "hours", "A alone"), ("east", "other", "A alone"),
         ("east", "hours", "A x B interaction")],
        columns=["area", "outcome", "contrast"],
    )  # fmt: skip
    assert with_planned(rows, a_plan())["planned"].to_list() == [True, True, False, False, False]
    assert with_planned(rows, None)["planned"].isna().all()
    assert not with_planned(rows, a_plan(), "bounds")["planned"].any()
