"""A wave's answers held beside its frozen plan: who is left out, what is primary, what is said."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sqlite_utils import Database

from analysis.plan import Exclusion, Plan, PlannedFamily, PlannedOutcome
from linkage import plans
from linkage.study import writing
from linkage.survey import beside, effects, estimate, import_survey, one_effect
from linkage.survey.analysed import analysed
from linkage.survey.drawing import draw_effects, kept_draws, mechanism_words
from linkage.survey.later import later_wave

MAPPING = """
respondent = "id"
area = "place"
weight = "w"
[arm]
column = "group"
labels = { none = ["c"], A = ["a"], B = ["b"], "A+B" = ["ab"] }
[[outcome]]
key = "hours"
column = "h"
issue = "health"
scale = "hours"
measure = "hours_willing_with_others"
[[outcome]]
key = "safe"
column = "s"
issue = "safety"
scale = "hours"
measure = "hours_willing_with_others"
[[covariate]]
column = "sex"
"""
OUTCOMES = (
    PlannedOutcome("safe", "safety", "hours_willing_with_others", "hours", True, sesoi=2.0),
    PlannedOutcome("hours", "health", "hours_willing_with_others", "hours"),
)


def a_plan(**changed: Any) -> Plan:
    values: dict[str, Any] = {
        "arms": ["none", "A", "B", "A+B"],
        "areas": ["east", "west"],
        "issues": ["health", "safety"],
        "outcomes": OUTCOMES,
        "primary_contrast": "A, averaged over B",
        "contrasts": ["A, averaged over B", "A alone"],
        "subgroups": ["sex"],
    }
    return Plan(**values | changed)


def answers(folder: Path, seed: int = 1, n: int = 160) -> Path:
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "id": [f"r{i}" for i in range(n)],
            "place": ["east", "West"] * (n // 2),
            "group": rng.choice(["c", "a", "b", "ab"], n),
            "h": rng.integers(0, 9, n),
            "s": rng.integers(0, 9, n),
            "w": rng.uniform(0.5, 2, n).round(2),
            "sex": rng.choice(["f", "m"], n),
        }
    )
    path = folder / f"answers{seed}.csv"
    frame.to_csv(path, index=False)
    return path


@pytest.fixture
def wave(study: Database, tmp_path: Path) -> Database:
    import_survey(study, None, answers(tmp_path), MAPPING, actor="ana")
    return study


def freeze(db: Database, plan: Plan) -> None:
    with writing(db, "ana", "plan"):
        reason = "because" if plans.versions(db, 1) else ""
        plans.save_draft(db, 1, plan, reason=reason)
        plans.freeze_plan(db, 1, 1)


def test_without_a_plan_nothing_is_planned_and_the_first_of_each_is_first(wave: Database) -> None:
    held = analysed(wave, 1)
    assert (held.plan, held.families, held.smallest_effects) == (None, None, {})
    assert (held.primary_outcomes, held.primary_contrast.name) == (["hours"], "A alone")
    found = effects(wave)
    assert found["planned"].isna().all()
    assert len(effects(wave, planned=True)) == 0
    assert set(found["family"]) >= {"", "A alone, pooled"}


def test_the_plan_says_what_is_primary_and_which_families_there_are(wave: Database) -> None:
    freeze(wave, a_plan())
    held = analysed(wave, 1)
    assert (held.primary_outcomes, held.primary_contrast.name) == (["safe"], "A, averaged over B")
    found = effects(wave).set_index(["area", "outcome", "contrast"])
    assert found.loc[("pooled", "safe", "A, averaged over B"), "family"] == "primary"
    assert found.loc[("pooled", "safe", "A, averaged over B"), "sesoi"] == 2.0
    assert found["p_equivalence"].notna().sum() == 27
    assert found["planned"].sum() == 2 * 2 * 3
    assert not found.loc[("pooled", "safe", "B alone"), "planned"]
    assert len(effects(wave, planned=False)) == 54 - 12
    facts, _ = one_effect(wave, None, None, None)
    assert (facts["outcome"], facts["contrast"]) == ("safe", "A, averaged over B")


def test_adjusted_p_of_a_part_are_those_of_the_whole(wave: Database) -> None:
    family = PlannedFamily("two", ("A alone", "A, averaged over B"), ("safe", "hours"))
    freeze(wave, a_plan(families=[family]))
    held = analysed(wave, 1)
    whole = estimate(held).query("outcome == 'safe' and contrast == 'A alone'")
    part = estimate(held, ["safe"], ["A alone"])
    pd.testing.assert_frame_equal(part, whole.reset_index(drop=True))
    assert part["p_holm"].notna().sum() == 1


def test_a_planned_area_or_arm_that_is_not_there_is_told_and_stops_nothing(wave: Database) -> None:
    family = PlannedFamily("f", ("A alone",), ("safe",), ("pooled", "north"))
    ghost = PlannedOutcome("ghost", "health", "m", "hours", True)
    freeze(wave, a_plan(areas=["north"], families=[family], outcomes=[*OUTCOMES, ghost]))
    held = analysed(wave, 1)
    assert held.families is not None
    assert [f.members for f in held.families] == [(("pooled", "safe", "A alone"),)]
    assert "ghost" in " ".join(held.notes)
    found = estimate(held)
    assert not found[found["area"] == "east"]["planned"].any()


def test_an_effect_in_two_families_counts_in_the_first(wave: Database) -> None:
    same = (("A alone",), ("safe",))
    freeze(wave, a_plan(families=[PlannedFamily("one", *same), PlannedFamily("two", *same)]))
    families = analysed(wave, 1).families
    assert families is not None
    assert [f.name for f in families] == ["one"]


def test_who_the_plan_leaves_out_is_out_and_counted(wave: Database) -> None:
    freeze(wave, a_plan(exclusions=[Exclusion("sex", ("f",), "asked men only")]))
    held = analysed(wave, 1)
    assert set(held.frame["sex"]) == {"m"}
    assert "left out as planned: asked men only" in held.notes[0]
    freeze(wave, a_plan(exclusions=[Exclusion("sex", ("f", "m"), "all")]))
    with pytest.raises(ValueError, match="Everybody is left out"):
        analysed(wave, 1)


@pytest.mark.parametrize(
    ("planned", "asked", "n"),
    [("include", None, 160), ("exclude", None, 120), ("both", None, 160), ("both", "exclude", 120),
     ("exclude", "include", 160)],
)  # fmt: skip
def test_group_members_are_treated_as_planned_or_asked(
    wave: Database, monkeypatch, planned: str, asked: str | None, n: int
) -> None:
    from analysis import responses

    load = responses.load_responses

    def with_members(db: Database, wave_id: int) -> Any:
        frame, design = load(db, wave_id)
        return frame.assign(group_member=frame.index < 40), design

    monkeypatch.setattr(responses, "load_responses", with_members)
    freeze(wave, a_plan(group_members=planned))
    held = analysed(wave, 1, asked)
    assert len(held.frame) == n
    without = beside.without_members(held)
    assert (without is None) == (n == 120)
    assert without is None or len(without.frame) == 120


def test_an_unknown_treatment_of_group_members_is_refused(wave: Database) -> None:
    with pytest.raises(ValueError, match="include or exclude"):
        analysed(wave, 1, "maybe")


def test_draws_are_kept_until_answers_or_plan_change(wave: Database, tmp_path: Path) -> None:
    assert kept_draws(wave, 1, analysed(wave, 1)) is None
    done: list[tuple[int, int]] = []
    told = draw_effects(
        wave, actor="ana", wave="1", draws=200, seed=3, progress=lambda *at: done.append(at)
    )
    assert (told["effects"], done[-1]) == (54, (100, 100))
    kept = kept_draws(wave, 1, analysed(wave, 1))
    assert kept is not None
    assert (kept.draws, kept.seed) == (200, 3)
    freeze(wave, a_plan())
    assert kept_draws(wave, 1, analysed(wave, 1)) is None  # its families are others
    draw_effects(wave, actor="ana", wave="1", draws=200, seed=3)
    assert kept_draws(wave, 1, analysed(wave, 1)) is not None
    import_survey(wave, "1", answers(tmp_path, 2), MAPPING, actor="ana", replace=True)
    assert kept_draws(wave, 1, analysed(wave, 1)) is None


@pytest.mark.parametrize(("draws", "seed"), [(0, 1), (2_000_000, 1), (10, -1)])
def test_draws_that_cannot_be_are_refused(wave: Database, draws: int, seed: int) -> None:
    with pytest.raises(ValueError, match="Draws are|seed is"):
        draw_effects(wave, actor="ana", wave="1", draws=draws, seed=seed)


def test_a_mechanism_that_is_not_recorded_is_said_to_be_unknown(wave: Database) -> None:
    assert "is not recorded here" in mechanism_words(wave, 1)


def test_subgroups_are_planned_only_where_the_plan_names_the_covariate(wave: Database) -> None:
    freeze(wave, a_plan(covariates=["sex"]))
    found, tests = beside.subgroups(analysed(wave, 1), "sex", ["safe"], ["A alone"])
    assert found["planned"].all()
    assert tests["planned"].all()
    freeze(wave, a_plan(subgroups=[]))
    found, tests = beside.subgroups(analysed(wave, 1), "sex", ["safe"], ["A alone"])
    assert not found["planned"].any()
    assert not tests["planned"].any()
    with pytest.raises(ValueError, match="no covariate “hours”"):
        beside.subgroups(analysed(wave, 1), "hours")


def test_weighted_effects_are_planned_only_where_announced(wave: Database) -> None:
    freeze(wave, a_plan())
    assert not beside.weighted(analysed(wave, 1))["planned"].any()
    freeze(wave, a_plan(further=["weighted"]))
    assert beside.weighted(analysed(wave, 1), ["safe"], ["A alone"])["planned"].all()


def test_a_second_wave_is_held_against_the_first(wave: Database, tmp_path: Path) -> None:
    from linkage import areas

    with writing(wave, "ana", "wave"):
        areas.add_wave(wave, "2")
    import_survey(wave, "2", answers(tmp_path, 3, 120), MAPPING, actor="ana")
    second = areas.find_wave(wave, "2")["id"]
    held = analysed(wave, second)
    found = later_wave(wave, second, held, "1", ["safe"], ["A alone"])
    assert set(found["in_both"]) == {120}
    assert set(found["adjusted"]) == {True, False}
    with pytest.raises(ValueError, match="no earlier wave “2”"):
        later_wave(wave, second, held, "2")
    with pytest.raises(ValueError, match="there are: none"):
        later_wave(wave, 1, analysed(wave, 1), "2")
