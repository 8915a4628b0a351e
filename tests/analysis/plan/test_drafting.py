"""A first draft says what the wave asked, or what the study is about."""

from analysis.design import Outcome
from analysis.plan.drafting import draft_plan

from .plans import a_plan

ASKED = [
    Outcome("hours", "health", "hours_willing_with_others", "hours"),
    Outcome("before", "health", "done_in_groups", "binary", asked="before"),
    Outcome("join", "health", "will_join", "binary"),
]


def test_a_draft_takes_what_a_nudge_can_have_changed() -> None:
    plan = draft_plan(["east"], ["health"], ASKED, covariates=["age"])
    assert [o.key for o in plan.outcomes] == ["hours", "join"]
    assert plan.primary_outcomes == ("hours",)
    assert plan.outcome("join").low == 0  # type: ignore[union-attr]
    assert plan.covariates == ("age",)
    assert (plan.primary_contrast, len(plan.contrasts)) == ("A alone", 4)


def test_without_answers_the_main_outcomes_of_each_issue_are_proposed() -> None:
    plan = draft_plan(["east"], ["health", "safety"])
    assert len(plan.outcomes) == 4
    assert plan.primary_outcomes[0] == "hours_willing_with_others_health"
    assert draft_plan(["east"], []).outcomes[0].issue == ""


def test_other_arms_have_each_message_against_the_control() -> None:
    plan = draft_plan(["east"], ["health"], arms=["control", "letter", "text"])
    assert plan.contrasts == ("letter vs control", "text vs control")


def test_the_first_outcome_of_an_issue_is_primary_where_no_main_one_was_asked() -> None:
    assert draft_plan(["east"], ["health"], ASKED[2:]).primary_outcomes == ("join",)


def test_an_earlier_plan_is_kept_as_far_as_its_outcomes_were_asked_again() -> None:
    earlier = a_plan(draws=500, primary_contrast="B alone", further=["bounds"])
    plan = draft_plan(["east"], ["health"], ASKED, earlier=earlier)
    assert plan.outcome("hours").sesoi == 0.5  # type: ignore[union-attr]
    assert (plan.draws, plan.primary_contrast, plan.further) == (500, "B alone", ("bounds",))
