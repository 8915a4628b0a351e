"""A study's name, areas, issues and waves are edited, and archived studies are only read."""

import pytest
from sqlite_utils import Database

from coding.errors import BadInput, NotFound
from linkage import areas, settings
from linkage.history import changes_since
from linkage.study import writing
from linkage.undo import undo


def test_an_area_is_renamed_and_keeps_its_key(study: Database) -> None:
    with writing(study, "ana", "rename"):
        settings.update_part(study, "area", 1, "  East   Fold ", "rural area")
    row = areas.find_area(study, "east")
    assert (row["name"], row["kind"]) == ("East Fold", "rural area")
    assert changes_since(study, 1)[-1]["object"] == "area"


def test_another_rows_name_is_refused(study: Database) -> None:
    with (
        pytest.raises(BadInput, match="There is an area “west” already"),
        writing(study, "ana", "rename"),
    ):
        settings.update_part(study, "area", 1, "west")
    with pytest.raises(BadInput, match="There is an issue"), writing(study, "ana", "add"):
        areas.add_issue(study, "other", "health")


def test_rows_move_within_their_list(study: Database) -> None:
    def order() -> list[str]:
        return [row["key"] for row in areas.issues(study)]

    for row_id, by in [(3, -1), (1, 1), (2, 1)]:
        with writing(study, "ana", "move"):
            settings.move_part(study, "issue", row_id, by)
    assert order() == ["environment", "health", "safety"]
    with writing(study, "ana", "move"):
        settings.move_part(study, "issue", 3, -1)
    assert order() == ["environment", "health", "safety"]


def test_what_is_in_use_is_not_removed_and_says_why(study: Database, east: int) -> None:
    with pytest.raises(BadInput, match="in use: 1 focus group"), writing(study, "ana", "remove"):
        settings.remove_part(study, "area", 1)
    with pytest.raises(BadInput, match="1 transcript"), writing(study, "ana", "remove"):
        settings.remove_part(study, "issue", 3)
    with pytest.raises(NotFound), writing(study, "ana", "remove"):
        settings.remove_part(study, "wave", 9)


def test_what_nothing_refers_to_is_removed_and_undone(study: Database) -> None:
    with writing(study, "ana", "remove"):
        assert settings.remove_part(study, "area", 1) == "East"
    assert [row["key"] for row in areas.areas(study)] == ["west"]
    with writing(study, "ana", "undo"):
        undo(study, "ana")
    assert [row["key"] for row in areas.areas(study)] == ["east", "west"]


def test_a_row_added_after_a_removal_stands_last(study: Database) -> None:
    with writing(study, "ana", "remove"):
        settings.remove_part(study, "issue", 1)
        areas.add_issue(study, "crime", "Crime")
    assert [row["key"] for row in areas.issues(study)] == ["safety", "environment", "crime"]


@pytest.mark.parametrize("kind", ["do", "fixed"])
def test_an_archived_study_takes_no_change_but_being_brought_back(
    study: Database, kind: str
) -> None:
    with writing(study, "ana", "archive", kind="fixed"):
        settings.set_archived(study, True)
    for run in (
        lambda: areas.add_area(study, "north", "North"),
        lambda: settings.update_study(study, "Other", ""),
        lambda: settings.remove_part(study, "issue", 1),
        lambda: undo(study, "test"),
    ):
        with pytest.raises(BadInput, match="archived"), writing(study, "ana", "try", kind=kind):
            run()
    assert len(areas.issues(study)) == 3
    with writing(study, "ana", "bring back", kind="fixed"):
        settings.set_archived(study, False)
    with writing(study, "ana", "add"):
        areas.add_area(study, "north", "North")
