"""Correcting a transcript: codings stay at their words, or are named as changed or lost."""

import pytest

from coding.codings import add_coding, list_codings
from coding.correcting import (
    NewTurn,
    list_versions,
    plan_correction,
    plan_return,
    store_correction,
    text_of,
    turns_of,
)
from coding.correcting.anchoring import Anchors
from coding.errors import BadInput, Conflict
from coding.memos import list_memos, set_memo
from coding.transcripts import list_turns, passage, text
from coding.turns import count_words
from linkage.check import check_study
from linkage.study import writing


@pytest.fixture
def code(stored):
    def put(quote: str, code_id: int = 2) -> int:
        start = text(stored, 1).index(quote)
        with writing(stored, "test", "code"):
            return add_coding(stored, 1, code_id, 1, start, start + len(quote), quote)

    return put


def plan(db, first, turns, last=None, version=1):
    return plan_correction(db, 1, version, first, last or first, [NewTurn(*turn) for turn in turns])


def save(db, found) -> int:
    with writing(db, "test", "correct", kind="fixed"):
        return store_correction(db, found, 1)


def test_a_typo_moves_codings_after_it_and_names_those_it_touches(stored, code) -> None:
    code("cleared the lane"), code("It stayed"), code("An hour")
    found = plan(stored, 2, [("We cleaned the lane. 🎉\nIt stayed clean.", "Maureen")])
    assert [m.row["quote"] for m in found.of("same")] == ["It stayed", "An hour"]
    assert [m.now.quote for m in found.of("changed")] == ["cleaned the lane"]
    assert text(stored, 1).count("cleared") == 1  # looking stores nothing
    assert save(stored, found) == 2
    quotes = [row["quote"] for row in list_codings(stored)]
    assert quotes == ["cleaned the lane", "It stayed", "An hour"]
    assert check_study(stored) == []


def test_what_is_gone_is_listed_as_lost_and_goes_with_its_memo(stored, code) -> None:
    lost = code("It stayed clean")
    with writing(stored, "test", "memo"):
        set_memo(stored, 1, "Why?", coding_id=lost)
    found = plan(stored, 2, [("We cleared the lane. 🎉", "Maureen")])
    assert [(m.row["id"], m.row["memos"]) for m in found.of("lost")] == [(lost, 1)]
    save(stored, found)
    assert list_codings(stored) == list_memos(stored) == []


def test_a_split_gives_each_part_its_speaker_words_and_mark(stored, code) -> None:
    code("Saturdays")
    parts = [("We cleared the lane. 🎉", "Maureen"), ("It stayed clean.", "Nadia")]
    save(stored, plan(stored, 2, parts))
    turns = list_turns(stored, 1)
    assert [t["speaker"] for t in turns] == ["Facilitator", "Maureen", "Nadia", "Joyce", "Maureen"]
    assert [t["words"] for t in turns] == [3, 4, 3, 5, 3]
    assert passage(stored, 1, turns[2]["start"], turns[2]["end"]) == "Nadia: It stayed clean."
    assert check_study(stored) == []


def test_a_join_keeps_the_words_and_drops_the_mark(stored, code) -> None:
    across = code("clean.\nJoyce: I’ve")
    words = "We cleared the lane. 🎉\nIt stayed clean.\nI’ve not got the Saturdays."
    found = plan(stored, 2, [(words, "Maureen")], last=3)
    assert [(m.row["id"], m.now.quote) for m in found.of("changed")] == [(across, "clean.\nI’ve")]
    save(stored, found)
    assert [t["position"] for t in list_turns(stored, 1)] == [1, 2, 3]
    assert "Joyce" not in text(stored, 1)


def test_another_speaker_is_named_in_the_mark_and_the_words_stay(stored, code) -> None:
    code("An hour helps")
    found = plan(stored, 4, [("An hour helps.", "Joyce")])
    assert len(found.of("same")) == 1
    save(stored, found)
    assert text(stored, 1).endswith("Joyce: An hour helps.")
    assert list_turns(stored, 1)[3]["speaker"] == "Joyce"


def test_every_version_stays_readable_and_comes_back_as_a_new_one(stored, code) -> None:
    first, turns = text(stored, 1), list_turns(stored, 1)
    code("An hour helps")
    save(stored, plan(stored, 1, [("What?", "Facilitator"), ("Here?", "Nadia")]))
    assert text_of(stored, 1, 1) == first
    was = [(t["start"], t["end"], t["speaker"]) for t in turns]
    assert [(t["start"], t["end"], t["speaker"]) for t in turns_of(stored, 1, 1)] == was
    assert save(stored, plan_return(stored, 1, 2, 1)) == 3
    assert text(stored, 1) == first
    assert list_turns(stored, 1) == turns
    assert [row["version"] for row in list_versions(stored, 1)] == [3, 2, 1]
    assert list_codings(stored)[0]["quote"] == "An hour helps"


def test_codings_of_one_code_pass_through_each_others_places(stored, code) -> None:
    code("lane"), code("stayed"), code("clean"), code("Saturdays")
    save(stored, plan(stored, 1, [("What has changed round here?", "Facilitator")]))
    save(stored, plan(stored, 1, [("What?", "Facilitator")], version=2))
    assert [r["quote"] for r in list_codings(stored)] == ["lane", "stayed", "clean", "Saturdays"]
    assert check_study(stored) == []


@pytest.mark.parametrize(
    ("turns", "version", "wrong", "says"),
    [
        ([("…", "Mo")], 1, BadInput, "needs words"),
        ([("a\x07b", "Mo")], 1, BadInput, "control character"),
        ([("What changed here?", "Facilitator")], 1, BadInput, "Nothing is changed"),
        ([("What?", "x" * 300)], 1, BadInput, "1 to 200"),
        ([("What?", None)], 7, Conflict, "meanwhile"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(stored, turns, version, wrong, says) -> None:
    with pytest.raises(wrong, match=says):
        plan(stored, 1, turns, version=version)


def test_words_that_stand_elsewhere_now_are_never_silently_taken_for_them() -> None:
    old = "I like the park. Bins are bad here. We talk."
    new = "Bins are bad here, they say. We saw the park. We talk."
    place = Anchors(old, new).place(old.index("the park"), old.index("the park") + 8)
    assert place is None or place.how != "same"


def test_accents_and_joined_emoji_are_kept_whole() -> None:
    old, new = "Rene came 👩‍👩‍👧 too", "Rene\u0301 came 👩‍👩‍👧 too"
    spot = Anchors(old, new).place(0, 4)
    assert spot
    assert (spot.quote, spot.how) == ("Rene\u0301", "changed")


def test_words_of_turns_are_counted_as_at_import(stored) -> None:
    save(stored, plan(stored, 3, [("I’ve not-yet got  the\nSaturdays, no.", "Joyce")]))
    for turn in list_turns(stored, 1):
        speech = passage(stored, 1, turn["speech_start"], turn["end"])
        assert turn["words"] == count_words(speech)
