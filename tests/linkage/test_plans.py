"""A plan is drafted, frozen under its hash, amended with a reason; who saw results is known."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from sqlite_utils import Database

from coding.errors import BadInput, Conflict
from linkage import areas, plans
from linkage.changed_rows import read_rows
from linkage.check import check_study
from linkage.study import writing
from linkage.survey import import_survey
from linkage.undo import undo
from linkage.waves import allocate_wave
from tests.analysis.plan.plans import a_plan

from .test_survey import MAPPING


def test_a_plan_is_frozen_under_its_hash(study: Database) -> None:
    with writing(study, "test", "plan"):
        plans.save_draft(study, 1, a_plan())
        digest = plans.freeze_plan(study, 1, 1)
    found = plans.frozen_plan(study, 1)
    assert found
    assert (found["plan"], found["plan_sha256"]) == (a_plan(), digest)
    assert (found["after_answers"], found["after_results"]) == (False, False)
    with writing(study, "test", "again"), pytest.raises(BadInput, match="frozen already"):
        plans.freeze_plan(study, 1, 1)


def test_an_amendment_needs_a_reason_and_tells_that_results_were_seen(study: Database) -> None:
    with writing(study, "test", "plan"):
        plans.save_draft(study, 1, a_plan())
        first = plans.freeze_plan(study, 1, 1)
        assert plans.note_seen(study, 1, 1, "effects")
        assert not plans.note_seen(study, 1, 1, "effects")
        with pytest.raises(BadInput, match="why"):
            plans.save_draft(study, 1, a_plan(seed=2))
        assert plans.save_draft(study, 1, a_plan(seed=2), reason="a typing mistake") == 2
        assert plans.frozen_plan(study, 1)["plan_sha256"] == first  # type: ignore[index]
        plans.freeze_plan(study, 1, 1)
    found = plans.frozen_plan(study, 1)
    assert found
    assert found["version"] == 2
    assert found["after_results"]
    assert [row["name"] for row in plans.who_saw(study, 1)] == ["Ana"]


def test_two_people_do_not_overwrite_each_others_draft(study: Database) -> None:
    with writing(study, "test", "plan"):
        plans.save_draft(study, 1, a_plan())
        plans.save_draft(study, 1, a_plan(seed=1), revision=1)
        with pytest.raises(Conflict):
            plans.save_draft(study, 1, a_plan(seed=2), revision=1)


def freeze(db: Database, wave_id: int = 1, **changed) -> str:
    with writing(db, "ana", "plan"):
        plans.save_draft(db, wave_id, a_plan(**changed), reason="because")
    with writing(db, "ana", "freeze", kind="fixed"):
        return plans.freeze_plan(db, wave_id, 1)


@pytest.fixture
def answered(study: Database, tmp_path: Path) -> Database:
    rows = [
        (i, ["east", "West"][i % 2], ["c", "a", "b", "ab"][i // 2 % 4], i % 7) for i in range(80)
    ]
    pd.DataFrame(rows, columns=["id", "place", "group", "h"]).to_csv(
        tmp_path / "a.csv", index=False
    )
    import_survey(study, "1", tmp_path / "a.csv", MAPPING, actor="ana")
    return study


def test_undo_does_not_reach_a_frozen_plan(study: Database) -> None:
    digest = freeze(study)
    with pytest.raises((BadInput, Conflict)), writing(study, "ana", "undo"):
        undo(study, "ana")
    assert plans.frozen_plan(study, 1)["plan_sha256"] == digest  # type: ignore[index]
    assert check_study(study) == []


def test_the_check_finds_a_plan_that_was_altered_after_it_was_frozen(study: Database) -> None:
    freeze(study)
    with writing(study, "mallory", "alter"):
        study.execute("UPDATE plan SET body = replace(body, '10000', '20000')")
    assert check_study(study) == [
        "The frozen plan of Wave 1 (version 1) is not what its hash says."
    ]


def test_freezing_tells_what_came_before_it_and_later_answers_do_not(answered: Database) -> None:
    freeze(answered)
    found = plans.frozen_plan(answered, 1)
    assert found
    assert (found["after_answers"], found["after_results"]) == (True, False)
    with writing(answered, "ana", "wave"):
        wave_id = areas.add_wave(answered, "2")
    freeze(answered, wave_id)
    with writing(answered, "ana", "see"):
        plans.note_seen(answered, wave_id, 1, "effects")
    found = plans.frozen_plan(answered, wave_id)
    assert found
    assert not found["after_results"]


def test_only_the_draft_that_was_read_is_frozen_or_dropped(study: Database) -> None:
    with writing(study, "ana", "plan"):
        plans.save_draft(study, 1, a_plan())
        plans.save_draft(study, 1, a_plan(seed=1), revision=1)
        for late in (
            lambda: plans.freeze_plan(study, 1, 1, 1),
            lambda: plans.drop_draft(study, 1, 1),
        ):
            with pytest.raises(Conflict):
                late()
        plans.drop_draft(study, 1, 2)
        with pytest.raises(BadInput, match="no draft"):
            plans.drop_draft(study, 1)
        with pytest.raises(Conflict, match="frozen or dropped"):
            plans.save_draft(study, 1, a_plan(), revision=2)
    assert plans.versions(study, 1) == []


def test_an_amendment_keeps_its_reason_and_the_frozen_one_stays(study: Database) -> None:
    first = freeze(study)
    with writing(study, "ana", "amend"):
        plans.save_draft(study, 1, a_plan(seed=4), reason="a slip")
        with pytest.raises(BadInput, match="why"):
            plans.save_draft(study, 1, a_plan(seed=5), revision=1, reason=" ")
    assert plans.draft_of(study, 1)["reason"] == "a slip"  # type: ignore[index]
    assert plans.frozen_plan(study, 1)["plan_sha256"] == first  # type: ignore[index]


def test_a_draft_is_proposed_from_what_there_is(answered: Database) -> None:
    assert plans.propose(answered, 1).primary_outcomes == ("hours",)
    assert [key for key, _ in plans.sources(answered, 1)] == ["answers", "study"]
    freeze(answered)
    panel = pd.DataFrame({"respondent": range(8), "area": ["East"] * 8})
    with writing(answered, "ana", "allocate", kind="fixed"):
        allocate_wave(answered, "2", panel, ["area"], ("none", "A"), 7, date(2026, 5, 12))
    wave_id = areas.find_wave(answered, "2")["id"]
    assert [key for key, _ in plans.sources(answered, wave_id)] == ["allocation", "wave:1", "study"]
    assert plans.propose(answered, wave_id).arms == ("none", "A")
    assert plans.propose(answered, wave_id, "wave:1") == a_plan()
    assert len(plans.propose(answered, wave_id, "study").outcomes) == 6
    with pytest.raises(BadInput, match="choose: allocation"):
        plans.propose(answered, wave_id, "nowhere")


def test_what_does_not_fit_is_told(answered: Database) -> None:
    assert plans.misfits(answered, 1, plans.propose(answered, 1)) == []
    told = plans.misfits(answered, 1, a_plan(areas=["east", "north"], covariates=["age"]))
    assert told == [
        "The study has no area “north”.",
        "The answers have no outcome “join”.",
        "The answers have no column “age”.",
    ]
    other = a_plan(arms=["none", "A"], primary_contrast="A vs none", contrasts=["A vs none"])
    assert "the wave has none, A, B, A+B" in plans.misfits(answered, 1, other)[0]


def test_the_history_tells_a_plan_in_words(study: Database) -> None:
    with writing(study, "ana", "plan"):
        plans.save_draft(study, 1, a_plan())
    with writing(study, "ana", "plan"):
        plans.save_draft(study, 1, a_plan(seed=5), revision=1)
    last = study.execute("SELECT max(id) FROM change").fetchone()[0]
    row = read_rows(study, [last])[last][0]
    body = next(field for field in row.fields if field.name == "What it says")
    assert "Seed: 0" in (body.before or "")
    assert "Seed: 5" in (body.after or "")


def test_every_part_of_a_plan_is_told_in_words() -> None:
    told = plans.sections(a_plan())
    assert list(told) == list(plans.LABELS)
    assert told["outcomes"].splitlines()[0] == (
        "hours (primary): hours_willing_with_others, health, hours, answers 0 to 40, "
        "smallest effect of interest 0.5"
    )
    assert "One family" in told["families"]
