"""Messages: versions kept, each sentence with its quotes, nothing told too late."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import pytest
from sqlite_utils import Database

from coding.errors import BadInput, Conflict, NotFound
from linkage import messages
from linkage.messages import split_sentences
from linkage.stories import add_story, get_story
from linkage.study import writing
from linkage.waves import allocate_wave

At = Callable[[int, str], tuple[int, int, int, str]]
Talk = Callable[..., int]
FRAME = pd.DataFrame({"id": range(8), "area": ["east", "West"] * 4})
ARMS = ["none", "A", "B", "A+B"]


def change(db: Database, run: Callable[..., Any], *args: Any, **fields: Any) -> Any:
    with writing(db, "test", "change"):
        return run(db, *args, **fields)


def story(db: Database, quote: tuple[int, int, int, str], area: int = 1, issue: int = 3) -> int:
    """Mark a story on one quote; returns the quote's number."""
    made = change(
        db, add_story, area_id=area, issue_id=issue, title="The lane", coder_id=1, quotes=[quote]
    )
    return int(get_story(db, made)["quotes"][0]["id"])


@pytest.fixture
def quote(study: Database, east: int, at: At) -> int:
    return story(study, at(east, "Six of us cleared the lane"))


@pytest.fixture
def message(study: Database) -> int:
    return int(change(study, messages.start_message, "A", 1, 1, 3))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three? Four…", ["One.", "Two!", "Three?", "Four…"]),
        ("Dr. Patel gave 3.5 hours. We saw it.", ["Dr. Patel gave 3.5 hours.", "We saw it."]),
        (
            "Bring tools, e.g. Spades. J. Smith came.",
            ["Bring tools, e.g. Spades.", "J. Smith came."],
        ),
        ("“It works.” We saw it.", ["“It works.”", "We saw it."]),
        ("A line\nand another", ["A line", "and another"]),
        ("It cost £5. £3 came back.", ["It cost £5.", "£3 came back."]),
        ("  ", []),
    ],
)
def test_sentences_are_split_as_people_read_them(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


def test_a_message_is_read_back_with_the_quotes_behind_it(
    study: Database, message: int, quote: int
) -> None:
    written = [("Six neighbours  cleared it.", [quote]), ("Join in.", [])]
    version = change(study, messages.write_version, message, 1, written, 1)
    (found,) = messages.list_messages(study, wave_id=1)
    assert (found["version_id"], found["version"], found["state"]) == (version, 1, "draft")
    assert found["text"] == "Six neighbours cleared it. Join in."
    assert (found["words"], found["without_evidence"], found["shown"]) == (6, 1, False)
    (evidence,) = found["sentences"][0]["evidence"]
    assert (evidence["story"], evidence["speakers"]) == ("The lane", ("Maureen",))


def test_a_message_is_one_a_nudge_wave_area_and_issue(study: Database, message: int) -> None:
    assert change(study, messages.start_message, "A", 1, 1, 3) == message
    assert messages.get_message(study, message)["sentences"] == []
    with pytest.raises(BadInput, match="nudge A or B"):
        change(study, messages.start_message, "C", 1, 1, 3)
    with pytest.raises(NotFound):
        messages.get_message(study, 99)


def test_every_version_is_kept_and_the_same_again_makes_none(
    study: Database, message: int, quote: int
) -> None:
    first = change(study, messages.write_version, message, 1, [("Six of them.", [quote])], 1)
    assert (
        change(study, messages.write_version, message, 2, [("Six of them.", [quote])], 1) == first
    )
    change(study, messages.write_version, message, 2, [("Six of them.", [])], 1)
    kept = messages.list_versions(study, message)
    assert [(v["version"], v["without_evidence"]) for v in kept] == [(1, 0), (2, 1)]
    assert [v["text"] for v in kept] == ["Six of them."] * 2


def test_two_authors_conflict(study: Database, message: int) -> None:
    change(study, messages.write_version, message, 1, [("Mine.", [])], 1)
    with pytest.raises(Conflict) as conflict:
        change(study, messages.write_version, message, 1, [("Yours.", [])], 1)
    assert conflict.value.current is not None
    assert conflict.value.current["text"] == "Mine."


@pytest.mark.parametrize(
    ("sentences", "said"),
    [
        ([], "message is empty"),
        ([("  ", [])], "message is empty"),
        ([("Good.", []), ("", [])], "Sentence 2 is empty"),
        ([("x" * 1_500, []), ("x" * 1_500, [])], "more than 2,000"),
    ],
)
def test_bad_texts_are_refused(
    study: Database, message: int, sentences: list[Any], said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        change(study, messages.write_version, message, 1, sentences, 1)
    assert messages.list_versions(study, message) == []


def test_evidence_is_of_the_same_area_and_issue(
    study: Database, east: int, west: int, at: At, message: int
) -> None:
    elsewhere = story(study, at(west, "The watch works"), area=2)
    other = story(study, at(east, "We planted bulbs"), issue=1)
    for quote, said in ((elsewhere, "same area"), (other, "same issue")):
        with pytest.raises(BadInput, match=said):
            change(study, messages.write_version, message, 1, [("It works.", [quote])], 1)
    with pytest.raises(NotFound):
        change(study, messages.write_version, message, 1, [("It works.", [99])], 1)


def test_a_test_phase_group_cannot_support_its_wave(
    study: Database, talk: Talk, at: At, message: int
) -> None:
    later = talk("east", "Later", "Ann: We cleared it.", None, phase="test", held_on="2025-10-02")
    quote = story(study, at(later, "We cleared it"))
    with pytest.raises(BadInput, match="“The lane” was told in Later on 2025-10-02"):
        change(study, messages.write_version, message, 1, [("They did.", [quote])], 1)


def test_a_story_told_after_allocation_cannot_support_the_wave(
    study: Database, east: int, at: At, quote: int
) -> None:
    change(study, allocate_wave, "1", FRAME, ["area"], ARMS, 1, date(2025, 2, 1))
    late = change(study, messages.start_message, "A", 1, 1, 3)
    with pytest.raises(BadInput, match="2025-02-18, and the wave was allocated on 2025-02-01"):
        change(study, messages.write_version, late, 1, [("Six of them.", [quote])], 1)


def test_allocation_fixes_the_messages_of_its_areas(
    study: Database, message: int, quote: int
) -> None:
    change(study, messages.write_version, message, 1, [("Six of them.", [quote])], 1)
    allocated = change(study, allocate_wave, "1", FRAME, ["area"], ARMS, 1, date(2025, 4, 1))
    assert sorted(allocated["arm"]) == sorted(ARMS * 2)
    assert messages.get_message(study, message)["shown"] is True
    with pytest.raises(BadInput, match="fixed when wave 1 was allocated"):
        change(study, messages.write_version, message, 2, [("Seven.", [])], 1)


def test_an_allocation_is_refused_whole(study: Database, message: int, quote: int) -> None:
    change(study, messages.write_version, message, 1, [("Six of them.", [quote])], 1)
    with pytest.raises(BadInput, match="allocated on 2025-02-18"):
        change(study, allocate_wave, "1", FRAME, ["area"], ARMS, 1, date(2025, 2, 18))
    assert study.table("allocation").count == 0
    change(study, allocate_wave, "1", FRAME, ["area"], ARMS, 1, date(2025, 2, 19))
    with pytest.raises(ValueError, match="allocated already"):
        change(study, allocate_wave, "1", FRAME, ["area"], ARMS, 1)


@pytest.mark.parametrize(
    ("area", "within", "said"),
    [
        (["east", "north"] * 4, ["area"], "“north” in row 3, 5, 7, 9"),
        (["a", "b"] * 4, ["area"], "None of the columns area names areas"),
        (["east", "west"] * 4, ["place"], "no column “place”"),
        (["east", "west"] * 4, [], "none given"),
    ],
)
def test_a_frame_without_known_areas_is_refused(
    study: Database, area: list[str], within: list[str], said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        change(study, allocate_wave, "1", FRAME.assign(area=area), within, ARMS, 1)
