"""Quotes by a combination of codes, on a talk one can read."""

import pytest

from coding.codings import add_coding
from coding.errors import BadInput
from coding.retrieval import Condition, Filters, find
from coding.transcripts import text
from linkage.study import writing

ASKED, TOGETHER, CLEANUPS, COUNCIL = 3, 1, 2, 4


def ids(db, code, *conditions, **filters) -> list[int]:
    return find(db, code, conditions, Filters(**filters)).ids


def test_a_theme_takes_in_its_codes_and_every_code_all(coded) -> None:
    assert ids(coded, TOGETHER) == [1, 2, 3, 4, 8]
    assert ids(coded, None) == [1, 2, 3, 4, 6, 5, 7, 8, 9]


def test_or_widens_and_the_others_narrow(coded) -> None:
    assert ids(coded, CLEANUPS, Condition("or", ASKED)) == [1, 3, 4, 8]
    assert ids(coded, ASKED, Condition("and", COUNCIL)) == [8]
    assert ids(coded, ASKED, Condition("not", COUNCIL)) == [3]
    wide = (Condition("and", COUNCIL), Condition("or", CLEANUPS))
    assert ids(coded, ASKED, *wide) == [8]


def test_overlapping_is_of_letters_and_never_of_itself(coded) -> None:
    assert ids(coded, CLEANUPS, Condition("overlapping", TOGETHER)) == [1]
    assert ids(coded, CLEANUPS, Condition("apart", TOGETHER)) == [4]
    assert ids(coded, CLEANUPS, Condition("overlapping", CLEANUPS)) == []


def test_within_is_whole_and_never_of_itself(coded) -> None:
    assert ids(coded, TOGETHER, Condition("within", TOGETHER)) == []
    start = text(coded, 1).index("lane and")
    with writing(coded, "test", "code a part"):
        part = add_coding(coded, 1, COUNCIL, 1, start, start + 8, "lane and")
    assert ids(coded, COUNCIL, Condition("within", TOGETHER)) == [part]


@pytest.mark.parametrize(("distance", "found"), [(0, []), (1, [4]), (2, [4]), (3, [1, 4])])
def test_near_in_turns(coded, distance, found) -> None:
    assert ids(coded, CLEANUPS, Condition("near", COUNCIL, distance), area_id=1) == found
    rest = [number for number in (1, 4) if number not in found]
    assert ids(coded, CLEANUPS, Condition("far", COUNCIL, distance), area_id=1) == rest


@pytest.mark.parametrize(("distance", "found"), [(0, []), (1, []), (2, [4])])
def test_near_in_words_counts_words_spoken_between(coded, distance, found) -> None:
    """“An hour helps.” … And the “council?”: two words between, the name is none."""
    assert ids(coded, CLEANUPS, Condition("near", COUNCIL, distance, "words")) == found


def test_near_never_reaches_into_the_next_transcript(coded) -> None:
    assert 8 not in ids(coded, ASKED, Condition("near", CLEANUPS, 1000))
    assert 8 not in ids(coded, ASKED, Condition("near", CLEANUPS, 1000, "words"))


def test_people_are_counted_without_the_moderator(coded) -> None:
    found = find(coded, COUNCIL)
    assert (found.speakers, found.groups, len(found.ids)) == (3, 2, 4)
    assert found.by_area.values.tolist() == [[1, 1, 2, 2], [2, 2, 2, 2]]


def test_attributes_and_speakers_narrow(coded) -> None:
    assert ids(coded, None, attribute=("home", "owns")) == [3, 5]
    assert ids(coded, None, attribute=("home", "boat")) == []


def test_what_is_unknown_is_refused(coded) -> None:
    for bad in (Condition("beside", 1), Condition("near", 1, 1001), Condition("near", 1, 1, "km")):
        with pytest.raises(BadInput):
            find(coded, 1, [bad])


def test_an_empty_study_finds_nothing(study) -> None:
    assert find(study, None, [Condition("near", 1, 2, "words")]).ids == []
