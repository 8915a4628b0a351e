"""Undo takes back one's own and nothing else: not what others hung on it, nor answers."""

from pathlib import Path

import pytest
from sqlite_utils import Database

from coding.codebook import add_code, update_code
from coding.errors import BadInput, Conflict
from linkage import areas
from linkage.check import check_study
from linkage.study import writing
from linkage.survey import import_survey
from linkage.undo import redo, undo

MAPPING = """
area = "place"
[arm]
column = "group"
labels = { none = ["c"], A = ["a"] }
[[outcome]]
key = "hours"
column = "h"
scale = "hours"
"""


def take_back(db: Database, actor: str, how=undo) -> str:
    with writing(db, actor, how.__name__):
        return how(db, actor)


@pytest.fixture
def answered(study: Database, tmp_path: Path) -> Database:
    """A study whose area north, which ana has added, has answers."""
    with writing(study, "ana", "add area North"):
        areas.add_area(study, "north", "North")
    path = tmp_path / "answers.csv"
    path.write_text("place,group,h\n" + "east,c,1\nnorth,a,2\n" * 3)
    import_survey(study, None, path, MAPPING, actor="tom")
    return study


def without_foreign_key(db: Database) -> None:
    """Make the table of answers what an older version made it."""
    db.execute("CREATE TABLE plain AS SELECT * FROM response_1")
    db.execute("DROP TABLE response_1")
    db.execute("ALTER TABLE plain RENAME TO response_1")


@pytest.mark.parametrize("older", [False, True])
def test_an_area_with_answers_stays(answered: Database, older: bool) -> None:
    if older:
        without_foreign_key(answered)
    with pytest.raises(Conflict, match="made since"):
        take_back(answered, "ana")
    assert areas.find_area(answered, "north")
    assert check_study(answered) == []


def test_answers_of_a_lost_area_are_reported(answered: Database) -> None:
    without_foreign_key(answered)
    with writing(answered, "ana", "as an older version let one"):
        answered.execute("DELETE FROM area WHERE key = 'north'")
    assert check_study(answered) == ["response_1 holds answers of an area 3 that is not there."]


def test_undoing_a_code_never_takes_somebody_elses_coding(study: Database, east: int, mark) -> None:
    with writing(study, "ana", "add code"):
        code = add_code(study, "Clean-ups")
    coding = mark(east, code, "cleared the lane")
    with pytest.raises(Conflict, match="made since"):
        take_back(study, "ana")
    with writing(study, "test", "remove the coding"):
        study.table("coding").delete(coding)
    assert take_back(study, "ana") == "add code"


def test_what_one_change_made_together_goes_and_comes_together(study: Database) -> None:
    with writing(study, "ana", "add code with a memo"):
        code = add_code(study, "Clean-ups")
        memo = {"coder_id": 1, "code_id": code, "text": "m", "created_at": ""}
        study.table("memo").insert(memo)
    for how, left in ((undo, 0), (redo, 1), (undo, 0)):
        take_back(study, "ana", how)
        assert (study.table("code").count, study.table("memo").count) == (left, left)


def test_redo_never_nests_a_code_under_itself(study: Database) -> None:
    with writing(study, "set-up", "add codes"):
        first, second = add_code(study, "First"), add_code(study, "Second")
    with writing(study, "ana", "nest"):
        update_code(study, first, 1, parent_id=second)
    take_back(study, "ana")
    with writing(study, "tom", "nest the other way"):
        update_code(study, second, 1, parent_id=first)
    with pytest.raises(Conflict, match="cannot be reversed"):
        take_back(study, "ana", redo)
    assert check_study(study) == []


def test_codes_nested_under_themselves_are_reported(study: Database) -> None:
    with writing(study, "ana", "as an older version let one"):
        code = add_code(study, "First")
        study.table("code").update(code, {"parent_id": code})
    assert check_study(study) == ["The code “First” is nested under itself."]


def test_the_words_of_an_action_are_kept_short_and_clean(study: Database) -> None:
    with pytest.raises(BadInput, match="control character"), writing(study, "ana", "add \ud83d"):
        add_code(study, "half \ud83d")
    with writing(study, "ana", "add code\x1b\n" + "x" * 500):
        add_code(study, "Whole")
    ((action,),) = study.execute("SELECT action FROM change WHERE actor = 'ana'").fetchall()
    assert (len(action), action[:12]) == (300, "add code  xx")
