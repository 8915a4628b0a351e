"""Memos stand on anything of a study, several on one thing, each changed by who wrote it."""

import pytest

from coding.errors import BadInput, Conflict, NotFound
from coding.memos import add_memo, change_memo, find_memos, list_memos, remove_memo, set_memo
from linkage import areas
from linkage.scope import Scope
from linkage.study import read_study, writing

from .test_people import twice  # noqa: F401


@pytest.fixture
def noted(twice):  # noqa: F811
    with writing(twice, "test", "write"):
        add_memo(twice, 1, "Everything at once.", title="First day", type="reflexive")
        add_memo(twice, 1, "Second look.")
        add_memo(twice, 1, "Sat by the door.", speaker_id=2, type="methodological")
        add_memo(twice, 1, "Where does it end?", code_id=1, type="theoretical")
        add_memo(twice, 1, "Proud of it.", coding_id=1)
        add_memo(twice, 1, "Noisy room.", transcript_id=2)
    return twice


def texts(rows):
    return [row["text"] for row in rows]


def test_several_memos_stand_on_one_thing_newest_first(noted):
    assert texts(find_memos(noted, on="study")) == ["Second look.", "Everything at once."]
    with writing(noted, "test", "set"):
        set_memo(noted, 1, "Third look.")
    assert texts(find_memos(noted, on="study")) == ["Third look.", "Everything at once."]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"text": "PROUD it"}, ["Proud of it."]),
        ({"text": "first day"}, ["Everything at once."]),
        ({"text": "maureen"}, ["Sat by the door."]),
        ({"type": "theoretical"}, ["Where does it end?"]),
        ({"on": "coding"}, ["Proud of it."]),
        ({"code_id": 1}, ["Proud of it.", "Where does it end?"]),
        ({"coder_id": 9}, []),
        ({"until": "2001-01-01"}, []),
    ],
)
def test_memos_are_found(noted, asked, found):
    assert texts(find_memos(noted, **asked)) == found


def test_a_memo_tells_its_place(noted):
    (row,) = find_memos(noted, on="coding")
    assert (row["transcript"], row["turn"], row["code"], row["quote"]) == (
        "One", 2, "Together", "We cleared the lane.",
    )  # fmt: skip


def test_only_who_wrote_a_memo_changes_it_and_never_over_another_version(noted):
    with writing(noted, "test", "change"):
        assert change_memo(noted, 1, 1, 1, "All at once.", title="", type="note") == 2
    row = next(row for row in list_memos(noted) if row["id"] == 1)
    assert (row["title"], row["type"], row["text"]) == ("", "note", "All at once.")
    with pytest.raises(Conflict), writing(noted, "test", "change"):
        change_memo(noted, 1, 1, 1, "Late.")
    with writing(noted, "test", "coder"):
        bo = areas.ensure_coder(noted, "Bo")
    with pytest.raises(BadInput, match="Ana's"), writing(noted, "test", "change"):
        remove_memo(noted, 1, bo)


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"text": " "}, "empty"),
        ({"text": "x", "type": "angry"}, "one of note"),
        ({"text": "x", "title": "a" * 201}, "1 to 200"),
        ({"text": "x", "code_id": 1, "speaker_id": 2}, "on one thing"),
        ({"text": "x", "story_id": 1}, "not on “story_id”"),
    ],
)
def test_memos_are_checked(noted, fields, error):
    with pytest.raises(BadInput, match=error), writing(noted, "test", "add"):
        add_memo(noted, 1, **fields)
    with pytest.raises(NotFound), writing(noted, "test", "add"):
        add_memo(noted, 1, "x", speaker_id=99)


def test_limits_hold_for_memos(noted):
    path = noted.execute("PRAGMA database_list").fetchone()[2]
    elsewhere = read_study(path, Scope("x", areas=frozenset({2})))
    assert {row["on"] for row in list_memos(elsewhere)} == {"study", "code"}
    assert list_memos(read_study(path, Scope("x", blind=True))) == []
    viewer = read_study(path, Scope("x", unseen=frozenset({"consent"})))
    assert "speaker" not in {row["on"] for row in list_memos(viewer)}
    recorded = viewer.execute(
        "SELECT count(*) FROM change_payload WHERE after LIKE '%Sat by the door%'"
    )
    assert recorded.fetchone()[0] == 0
