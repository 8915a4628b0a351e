"""Attributes have kinds and levels; values that do not fit are refused, old ones kept."""

import pytest

from coding.attribute_files import preview_attributes, store_attributes
from coding.attributes import define, drop, free_names, list_attributes, redefine
from coding.composition import composition, count_composition
from coding.errors import BadInput
from coding.people import link_speakers
from coding.speakers import list_speakers, set_attributes
from linkage.study import writing

from .test_people import twice  # noqa: F401


@pytest.fixture
def aged(twice):  # noqa: F811
    with writing(twice, "test", "fill"):
        set_attributes(twice, 2, {"age": "65 and over"})
        set_attributes(twice, 3, {"age": "old"})
        define(twice, "Age", "choice", "under 65\n65 and over")
    return twice


def attributes(db, speaker_id):
    return next(row for row in list_speakers(db) if row["id"] == speaker_id)["attributes"]


def test_values_from_before_a_definition_are_kept_and_shown_as_unfit(aged):
    (row,) = list_attributes(aged)
    assert (row["levels"], row["recorded"], row["unfit"]) == (
        ["under 65", "65 and over"], 2, {"old": 1},
    )  # fmt: skip
    with writing(aged, "test", "save as it is"):
        set_attributes(aged, 3, attributes(aged, 3))
    assert attributes(aged, 3) == {"Age": "old"}


@pytest.mark.parametrize(
    ("kind", "levels", "value", "says"),
    [
        ("choice", "a\nb", "c", "choose one of: a; b"),
        ("number", "", "many", "is a number"),
        ("number", "", "nan", "is a number"),
        ("date", "", "1/2/26", "year-month-day"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(twice, kind, levels, value, says):  # noqa: F811
    with writing(twice, "test", "define"):
        define(twice, "it", kind, levels)
    with pytest.raises(BadInput, match=says), writing(twice, "test", "set"):
        set_attributes(twice, 2, {"it": value})


def test_a_level_is_written_as_it_is_defined(aged):
    with writing(aged, "test", "set"):
        set_attributes(aged, 3, {"age": "UNDER 65"})
    assert attributes(aged, 3) == {"Age": "under 65"}


def test_unfit_values_are_mapped_to_levels(aged):
    with writing(aged, "test", "map"):
        assert redefine(aged, 1, "Age group", "choice", "young\nold age", {"old": "old age"}) == 1
    assert attributes(aged, 3) == {"Age group": "old age"}
    assert list_attributes(aged)[0]["unfit"] == {"65 and over": 1}
    with pytest.raises(BadInput, match="choose one of"), writing(aged, "test", "map"):
        redefine(aged, 1, "Age group", "choice", "young\nold age", {"65 and over": "ancient"})


def test_a_definition_taken_away_leaves_free_values(aged):
    with writing(aged, "test", "drop"):
        drop(aged, 1)
    assert free_names(aged) == {"Age": 2}


@pytest.mark.parametrize(
    ("kind", "levels", "says"),
    [("choice", "one", "2 to 50"), ("choice", "a\nA", "twice"), ("colour", "", "text, number")],
)
def test_definitions_are_checked(study, kind, levels, says):
    with pytest.raises(BadInput, match=says), writing(study, "test", "define"):
        define(study, "x", kind, levels)


FILE = "group;speaker;age;job\nOne;Maureen;under 65;baker\nTwo;mo;65 AND OVER;\n"


def test_a_file_is_shown_before_it_is_stored(aged):
    found = preview_attributes(aged, FILE)
    assert [(c.speaker_id, c.attribute, c.before, c.after) for c in found.changes] == [
        (2, "Age", "65 and over", "under 65"),
        (2, "job", "", "baker"),
        (6, "Age", "", "65 and over"),
    ]
    assert (found.new_names, found.problems, found.not_named) == (["job"], [], ["Mo", "Maureen"])
    with writing(aged, "test", "store"):
        assert store_attributes(aged, FILE) == 3
    assert attributes(aged, 2) == {"Age": "under 65", "job": "baker"}
    assert not preview_attributes(aged, FILE).changes


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("group,speaker,age\nOne,Maureen,under 65\nOne,Mo,ancient\n", "Row 3.*choose one of"),
        ("speaker,age\nMo,under 65\n", "Row 2.*2 speakers “Mo”; name the group"),
        ("group,speaker,age\nOne,Zed,1\n", "no speaker “Zed” in the group “One”"),
        ("group,speaker,age\nOne,Mo,\nOne,Mo,\n", "stands in row 2 already"),
        ("group,age\nOne,1\n", "needs a column “speaker”"),
        ("speaker,Age,age\n", "twice"),
        ("", "empty"),
        ("speaker,age\nMo,1,2\n", "more cells"),
    ],
)
def test_nothing_of_a_wrong_file_is_stored(aged, text, says):
    before = list_speakers(aged)
    with pytest.raises(BadInput, match=says), writing(aged, "test", "store"):
        store_attributes(aged, text)
    assert list_speakers(aged) == before


def test_composition_counts_levels_in_their_order_with_unknown(aged):
    rows = [
        (r["group"], r["level"], r["count"], r["base"], r["known"])
        for r in count_composition(aged, "age")
    ]
    assert rows[:4] == [
        ("One", "under 65", 0, 2, 1),
        ("One", "65 and over", 1, 2, 1),
        ("One", "does not fit", 1, 2, 1),
        ("One", "unknown", 0, 2, 1),
    ]
    assert ("all groups", "unknown", 2, 4, 1) in rows


def test_a_person_of_two_groups_counts_once_in_all_groups(aged):
    with writing(aged, "test", "link"):
        link_speakers(aged, [2, 5])
        define(aged, "years", "number")
        set_attributes(aged, 5, {"years": "7.5"})
    frame = composition(aged, "years")
    whole = frame[frame["group"] == "all groups"]
    assert list(zip(whole["level"], whole["count"], whole["base"], strict=True)) == [
        ("recorded", 1, 3), ("unknown", 2, 3),
    ]  # fmt: skip
    assert whole["median"].iloc[0] == 7.5
    with pytest.raises(BadInput, match="there are: Age, years"):
        composition(aged, "height")
