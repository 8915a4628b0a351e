"""Words found in what was said, and codes put on what was found."""

import pytest

from coding.codings import list_codings
from coding.errors import BadInput
from coding.searching import code_hits, find_words, pick_hits
from coding.transcripts import text
from linkage.study import writing


def quotes(db, words: str, **wanted) -> list[str]:
    return [hit["quote"] for hit in find_words(db, words, **wanted)]


def test_capitals_marks_and_spaces_make_no_difference(stored) -> None:
    assert quotes(stored, "CLEARED  the") == ["cleared the"]
    assert quotes(stored, "i've") == ["I’ve"]
    assert quotes(stored, "🎉\nit") == quotes(stored, "🎉 it") == ["🎉\nIt"]


def test_a_hit_is_at_its_words_and_tells_who_said_them(stored) -> None:
    (hit,) = find_words(stored, "clean")
    assert text(stored, 1)[hit["start"] : hit["end"]] == "clean"
    assert (hit["speaker"], hit["turn"], hit["area"]) == ("Maureen", 2, "east")
    assert (hit["before"] + hit["quote"] + hit["after"]).endswith("It stayed clean.")


def test_names_of_speakers_are_not_what_was_said(stored) -> None:
    assert quotes(stored, "Maureen") == []


def test_words_can_be_whole(stored) -> None:
    assert quotes(stored, "clea") == ["clea", "clea"]
    assert quotes(stored, "clea", whole_words=True) == []


def test_signs_of_patterns_are_only_signs(stored) -> None:
    assert quotes(stored, "here?") == ["here?"]
    assert quotes(stored, ".*") == []


def test_no_words_are_refused(stored) -> None:
    for words in ("  ", "x" * 201):
        with pytest.raises(BadInput):
            find_words(stored, words)


@pytest.mark.parametrize(
    ("extent", "coded"),
    [
        ("words", "stayed"),
        ("sentence", "It stayed clean."),
        ("turn", "We cleared the lane. 🎉\nIt stayed clean."),
    ],
)
def test_hits_are_coded_as_far_as_wanted(stored, extent: str, coded: str) -> None:
    with writing(stored, "test", "code hits"):
        assert code_hits(stored, 1, 2, find_words(stored, "stayed"), extent) == 1
    assert [row["quote"] for row in list_codings(stored)] == [coded]


def test_two_hits_in_one_sentence_are_one_coding(stored) -> None:
    with writing(stored, "test", "code hits"):
        assert code_hits(stored, 1, 2, find_words(stored, "n"), "turn") == 4
        assert code_hits(stored, 1, 2, find_words(stored, "n"), "turn") == 0


def test_only_what_is_ticked_is_picked_and_only_what_is_there(stored) -> None:
    hits = find_words(stored, "clea")
    assert pick_hits(hits, {(1, hits[1]["start"])}) == [hits[1]]
    for wanted in ({(1, 0)}, {(1, hits[0]["start"]), (1, 0)}, set()):
        with pytest.raises(BadInput, match="not the hits of now"):
            pick_hits(hits, wanted)
