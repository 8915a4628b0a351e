"""The history as a list: filtered, readable, in pages."""

from datetime import date

import pytest
from sqlite_utils import Database

from coding import codebook
from coding.errors import NotFound
from linkage import areas
from linkage.changed_rows import Field, read_rows
from linkage.changes import Wanted, get_change, list_changes, people, tally
from linkage.study import writing


@pytest.fixture
def log(study: Database, east: int, mark) -> Database:
    with writing(study, "ana", "add a theme"):
        codebook.add_code(study, "Doing it together", definition="People act as a group.")
    mark(east, 1, "We planted bulbs there.")
    with writing(study, "tom", "define it"):
        codebook.update_code(study, 1, 1, definition='People act 50% as a "group".')
    return study


def actions(db: Database, **wanted) -> list[str]:
    return [row["action"] for row in list_changes(db, Wanted(**wanted))]


def last_rows(db: Database):
    change = list_changes(db, Wanted(), limit=1)[0]
    return read_rows(db, [change["id"]])[change["id"]]


def test_newest_first_in_pages(log: Database) -> None:
    assert actions(log) == ["define it", "code", "add a theme", "import", "set up"]
    first = list_changes(log, Wanted(), limit=2)
    rest = list_changes(log, Wanted(), before=first[-1]["id"])
    assert [row["action"] for row in rest] == ["add a theme", "import", "set up"]


def test_by_person_kind_and_object(log: Database) -> None:
    assert actions(log, actor="tom") == ["define it"]
    assert actions(log, kind="coding") == ["code"]
    assert actions(log, kind="code", object_id=1) == ["define it", "add a theme"]
    assert actions(log, kind="code", object_id=2) == []


def test_by_text_in_the_action_or_in_what_was_written(log: Database) -> None:
    assert actions(log, text="define") == ["define it"]
    assert actions(log, text="planted bulbs") == ["code", "import"]
    assert actions(log, text='a "group"') == ["define it"]
    assert actions(log, text="50%") == ["define it"]
    assert actions(log, text="5_%") == []


def test_names_of_fields_are_not_text(log: Database) -> None:
    assert actions(log, text="created_at") == []


def test_by_date(log: Database) -> None:
    today = date.fromisoformat(list_changes(log, Wanted())[0]["at"][:10])
    assert len(actions(log, since=today, until=today)) == 5
    assert actions(log, until=date(2020, 1, 1)) == []


def test_only_what_changed_is_told(log: Database) -> None:
    (row,) = last_rows(log)
    assert (row.operation, row.kind, row.name) == ("update", "code", "Doing it together")
    before, after = "People act as a group.", 'People act 50% as a "group".'
    assert row.fields == [Field("Definition", before, after)]


def test_names_stand_for_numbers(log: Database) -> None:
    coded = list_changes(log, Wanted(kind="coding"))[0]["id"]
    (row,) = read_rows(log, [coded])[coded]
    told = {field.name: field.after for field in row.fields}
    assert told == {
        "Transcript": "Lane hall",
        "Code": "Doing it together",
        "By": "Ana",
        "Quote": "We planted bulbs there.",
    }


def test_what_is_deleted_keeps_its_name(log: Database) -> None:
    with writing(log, "ana", "delete it"):
        codebook.delete_code(log, 1)
    code, coding = last_rows(log)
    assert (code.operation, code.name) == ("delete", "Doing it together")
    assert Field("Code", "Doing it together", None) in coding.fields


def test_an_erased_payload_is_told_as_such(log: Database) -> None:
    log.execute("UPDATE change_payload SET before = NULL, after = NULL")
    (row,) = last_rows(log)
    assert (row.name, row.fields) == ("Doing it together", [])


def test_many_rows_are_counted_and_read_in_pages(log: Database) -> None:
    imported = list_changes(log, Wanted(text="import"))[0]["id"]
    counts = {row["object"]: row["rows"] for row in tally(log, [imported])[imported]}
    assert (counts["transcript"], counts["turn"]) == (1, 6)
    first, rest = (read_rows(log, [imported], 2, skip)[imported] for skip in (0, 2))
    assert [row.table for row in first] == ["transcript", "focus_group"]
    assert len(rest) == 2


def test_people_have_their_names(log: Database) -> None:
    guid = areas.coders(log)[0]["guid"]
    with writing(log, guid, "by a coder"):
        areas.add_issue(log, "parks", "Parks")
    assert (guid, "Ana") in people(log)


def test_a_change_that_is_not_there(log: Database) -> None:
    with pytest.raises(NotFound, match="no change 99"):
        get_change(log, 99)
