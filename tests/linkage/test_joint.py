"""The joint display and the caveats that it needs."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from sqlite_utils import Database

from coding.codebook import add_code
from linkage.caveats import caveats
from linkage.joint import joint_display
from linkage.messages import start_message, write_version
from linkage.stories import add_story, get_story
from linkage.study import writing
from linkage.survey import effects, import_survey

Mark = Callable[..., int]
LANE = "Six of us cleared the lane, and it has stayed clean"
MAPPING = """
respondent = "id"
area = "place"
[arm]
column = "group"
labels = { none = ["none"], A = ["A"], B = ["B"], "A+B" = ["A+B"] }
[[outcome]]
key = "hours"
column = "h"
issue = "environment"
scale = "hours"
measure = "hours_willing_with_others"
[[outcome]]
key = "days"
column = "h"
issue = "health"
scale = "count"
measure = "days"
"""


@pytest.fixture
def codes(study: Database) -> dict[str, int]:
    with writing(study, "test", "codes"):
        return {name: add_code(study, name) for name in ("Together", "Unheard")}


@pytest.fixture
def answers(study: Database, tmp_path: Path) -> None:
    arms = ["none", "A", "B", "A+B"]
    rows = [(i, ["east", "west"][i % 2], arms[i // 2 % 4], (i * 7) % 11) for i in range(160)]
    path = tmp_path / "answers.csv"
    pd.DataFrame(rows, columns=["id", "place", "group", "h"]).to_csv(path, index=False)
    import_survey(study, "1", path, MAPPING, actor="ana")


def rules(db: Database, display: pd.DataFrame) -> dict[str, str]:
    return {caveat.rule: caveat.text for caveat in caveats(db, None, display)}


def test_columns_stand_in_the_order_that_scripts_rely_on(study: Database) -> None:
    assert list(joint_display(study).columns[:11]) == [
        "theme", "area", "issue", "prevalence", "denominator", "quote", "outcome", "contrast",
        "estimate", "ci_low", "ci_high",
    ]  # fmt: skip


@pytest.mark.usefixtures("answers")
def test_talk_and_effect_meet_by_area(
    study: Database, east: int, west: int, codes: dict[str, int], mark: Mark
) -> None:
    coding = mark(east, codes["Together"], LANE)
    display = joint_display(study)
    assert list(zip(display["theme"], display["area"], strict=True)) == [
        ("Together", "east"), ("Together", "west"), ("Unheard", "east"), ("Unheard", "west"),
    ]  # fmt: skip
    first = display.iloc[0]
    assert (first["prevalence"], first["denominator"]) == (1 / 3, 3)
    assert (first["quote"], first["coding_id"]) == (LANE, coding)
    assert (first["issue"], first["outcome"], first["contrast"]) == (
        "environment", "hours", "A alone",
    )  # fmt: skip
    (effect,) = (
        effects(study, outcome="hours", by="area")
        .query("area == 'east' and contrast == 'A alone'")
        .to_dict("records")
    )
    assert first["estimate"] == effect["estimate"]
    assert first["n"] == effect["n_none"] + effect["n_A"]


@pytest.mark.usefixtures("answers")
def test_outcome_and_contrast_can_be_chosen(study: Database, east: int) -> None:
    display = joint_display(study, "1", "days", "B, given A")
    assert set(display["contrast"]) == {"B, given A"}
    assert set(display["issue"]) == {"health"}
    with pytest.raises(ValueError, match="no contrast “C”.*A alone"):
        joint_display(study, contrast="C")
    with pytest.raises(ValueError, match="there are: hours, days"):
        joint_display(study, outcome="weeks")


@pytest.mark.usefixtures("answers")
def test_without_talk_the_effects_stand_alone(study: Database) -> None:
    display = joint_display(study)
    assert list(display["area"]) == ["east", "west"]
    assert display["prevalence"].isna().all()
    assert list(display["theme"]) == ["", ""]
    assert display["estimate"].notna().all()


def test_without_answers_the_talk_stands_alone(
    study: Database, east: int, codes: dict[str, int], mark: Mark
) -> None:
    mark(east, codes["Together"], LANE)
    display = joint_display(study)
    assert list(display["speakers"]) == [1, 0]
    assert display["estimate"].isna().all()
    with pytest.raises(ValueError, match="no answers yet"):
        joint_display(study, outcome="hours")


def test_the_quote_is_one_whose_speaker_has_not_refused(
    study: Database, east: int, codes: dict[str, int], mark: Mark, consent: Callable[..., None]
) -> None:
    mark(east, codes["Together"], "cleared the lane")
    mark(east, codes["Together"], "I fix small things on my own")
    mark(east, codes["Together"], LANE)
    assert joint_display(study).iloc[0]["quote"] == LANE
    consent("Maureen", False, "publication")
    assert joint_display(study).iloc[0]["quote"] == "I fix small things on my own"
    consent("Aisha", False, "analysis")
    assert joint_display(study).iloc[0]["quote"] == ""


@pytest.mark.usefixtures("answers")
def test_only_talk_about_the_outcomes_issue(
    study: Database, east: int, west: int, codes: dict[str, int], mark: Mark
) -> None:
    mark(east, codes["Together"], LANE)
    display = joint_display(study, within_issue=True)
    assert list(display["denominator"]) == [3, 0, 3, 0]  # West's talk has no issue
    assert joint_display(study, outcome="days", within_issue=True)["prevalence"].isna().all()


@pytest.mark.usefixtures("answers")
def test_caveats_follow_their_rules(
    study: Database, east: int, west: int, codes: dict[str, int], mark: Mark
) -> None:
    mark(east, codes["Together"], LANE)
    mark(west, codes["Together"], "The watch works")
    said = rules(study, joint_display(study))
    assert said["few areas"].startswith("Two areas")
    assert said["coders"].startswith("All codings are by one coder")
    assert said["few groups"] == "Fewer than two focus groups: East, West."
    assert said["multiplicity"].startswith("2 themes")
    assert "of 2 intervals include zero" in said["intervals"]
    assert "same groups" not in said
    assert "test phase" not in said


@pytest.mark.usefixtures("answers")
def test_a_message_from_the_groups_that_are_counted_is_said(
    study: Database,
    east: int,
    codes: dict[str, int],
    mark: Mark,
    at: Callable[..., tuple[int, int, int, str]],
) -> None:
    mark(east, codes["Together"], LANE)
    with writing(study, "test", "message"):
        story = add_story(
            study, area_id=1, issue_id=3, title="Lane", coder_id=1, quotes=[at(east, LANE)]
        )
        quote = get_story(study, story)["quotes"][0]["id"]
        write_version(study, start_message(study, "A", 1, 1, 3), 1, [("Six.", [quote])], 1)
    assert rules(study, joint_display(study))["same groups"].endswith("same groups: East.")
    assert "same groups" not in rules(study, joint_display(study, outcome="days"))  # on health
    assert "same groups" not in rules(study, joint_display(study, contrast="B alone"))


@pytest.mark.usefixtures("answers")
def test_talk_that_nobody_coded_has_no_prevalence(
    study: Database, east: int, west: int, codes: dict[str, int], mark: Mark
) -> None:
    mark(east, codes["Together"], LANE)
    display = joint_display(study).set_index("area")
    assert display.loc["west", ["prevalence", "speakers", "groups"]].isna().all(axis=None)
    assert set(display.loc["west", "note"]) == {"not coded yet"}
    assert list(display.loc["east", "speakers"]) == [1, 0]  # read, and nobody said the second
    said = rules(study, joint_display(study))
    assert said["not coded"].startswith("Nothing coded yet in West:")
    assert said["few areas"].startswith("One area")


@pytest.mark.usefixtures("answers")
def test_an_area_of_which_little_is_coded_is_named(
    study: Database, east: int, codes: dict[str, int], mark: Mark
) -> None:
    mark(east, codes["Together"], LANE)
    display = joint_display(study)
    display["turns"] = display["turns"].mask(display["turns"] > 0, 225)
    assert rules(study, display)["not coded"].startswith("1 of 225 turns coded in East:")


@pytest.mark.usefixtures("answers")
def test_talk_of_other_issues_beside_an_outcome_is_said(
    study: Database, east: int, west: int, codes: dict[str, int], mark: Mark
) -> None:
    mark(east, codes["Together"], LANE)
    said = rules(study, joint_display(study))["other issues"]  # West's two turns have no issue
    assert said.startswith("The outcome is about Local environment")
    assert "2 of 6 turns are about another issue or none" in said
    assert "other issues" not in rules(study, joint_display(study, within_issue=True))


def test_the_floor_is_computed_from_the_ties(study: Database) -> None:
    display = pd.DataFrame(
        {
            "theme_id": 1, "area_id": range(4), "area_name": list("abcd"), "contrast": "B alone",
            "prevalence": [0, 0.5, 0.5, 1], "estimate": [0.1, 0.2, 0.3, 0.4],
            "ci_low": -1.0, "ci_high": 1.0, "groups_total": 2, "denominator": 9,
            "turns": 9, "turns_coded": 9, "issue": "", "talk": "all",
        }
    )  # fmt: skip
    # METHODS.md, "Linking themes to effects": (0, ½, ½, 1) gives .167.
    assert "smallest p attainable is 0.167" in rules(study, display)["few areas"]
    flat = display.assign(prevalence=0.5)
    assert "no association can be judged" in rules(study, flat)["few areas"]


def test_later_codings_left_out_are_counted(
    study: Database, east: int, talk: Callable[..., int], codes: dict[str, int], mark: Mark
) -> None:
    later = talk("east", "Later", "Ann: It fits what we do here.", None, phase="test")
    mark(later, codes["Together"], "It fits")
    said = rules(study, joint_display(study))
    assert said["test phase"].startswith("Left out of the counts: 1 coding of")
    assert said["coders"].startswith("No talk")
