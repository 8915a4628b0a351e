import pytest

from coding.codebook import (
    PALETTE,
    add_code,
    codebook,
    delete_code,
    get_code,
    themes,
    update_code,
)
from coding.codings import add_coding, list_codings
from coding.errors import BadInput, Conflict
from linkage.study import writing


def test_the_tree_is_listed_with_themes_and_paths(stored):
    with writing(stored, "test", "codes"):
        add_code(stored, "Time and trouble")
        add_code(stored, "Saturdays", parent_id=2)
    rows = codebook(stored)
    assert [(r["path"], r["depth"], r["theme"]) for r in rows] == [
        ("Doing it together", 0, "Doing it together"),
        ("Doing it together › Clean-ups", 1, "Doing it together"),
        ("Doing it together › Clean-ups › Saturdays", 2, "Doing it together"),
        ("Time and trouble", 0, "Time and trouble"),
    ]
    assert themes(stored) == {1: 1, 2: 1, 3: 3, 4: 1}


def test_a_nested_code_has_its_themes_colour(stored):
    assert [r["colour"] for r in codebook(stored)] == [PALETTE[0]] * 2
    with writing(stored, "test", "theme"):
        assert get_code(stored, add_code(stored, "Next"))["colour"] == PALETTE[1]


def test_a_theme_counts_the_codings_nested_under_it(stored):
    with writing(stored, "test", "code"):
        add_coding(stored, 1, 2, 1, 0, 11, "Facilitator")
    assert [(r["codings"], r["own_codings"]) for r in codebook(stored)] == [(1, 0), (1, 1)]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"name": ""}, "1 to 200"),
        ({"name": "x" * 201}, "1 to 200"),
        ({"name": "a\x07b"}, "control character"),
        ({"name": "doing it TOGETHER"}, "already"),
        ({"name": "x", "colour": "red"}, "#rrggbb"),
        ({"name": "x", "definition": "a\x00"}, "control character"),
    ],
)
def test_a_code_is_checked(stored, fields, says):
    with writing(stored, "test", "bad"), pytest.raises(BadInput, match=says):
        add_code(stored, **fields)


def test_of_two_edits_of_one_code_the_second_is_told(stored):
    with writing(stored, "test", "edit"):
        assert update_code(stored, 2, 1, definition="Litter and paths") == 2
        with pytest.raises(Conflict) as told:
            update_code(stored, 2, 1, definition="Mine")
    assert told.value.current["definition"] == "Litter and paths"
    assert get_code(stored, 2)["definition"] == "Litter and paths"


def test_a_code_is_not_nested_under_itself(stored):
    with writing(stored, "test", "edit"), pytest.raises(BadInput, match="under itself"):
        update_code(stored, 1, 1, parent_id=2)


def test_a_code_moves_to_another_theme(stored):
    with writing(stored, "test", "move"):
        other = add_code(stored, "Other")
        update_code(stored, 2, 1, parent_id=other)
    assert themes(stored)[2] == other


def test_a_code_is_deleted_with_its_codings_but_not_with_its_children(stored):
    with writing(stored, "test", "delete"):
        add_coding(stored, 1, 2, 1, 0, 11, "Facilitator")
        with pytest.raises(BadInput, match="1 nested code;"):
            delete_code(stored, 1)
        delete_code(stored, 2)
    assert list_codings(stored) == []
