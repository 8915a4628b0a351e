"""Stories: quotes that are the text, who told them, and what rests on them."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlite_utils import Database

from coding.errors import BadInput, Conflict, NotFound, QuoteMismatch
from linkage import stories
from linkage.messages import start_message, write_version
from linkage.study import writing

At = Callable[[int, str], tuple[int, int, int, str]]
LANE = "Six of us cleared the lane"
ASKED = "stayed clean.\nDerek: Nobody ever asked me."


@pytest.fixture
def lane(study: Database, east: int, at: At) -> int:
    with writing(study, "test", "story"):
        return stories.add_story(
            study, area_id=1, issue_id=3, title="  The lane ", coder_id=1,
            quotes=[at(east, LANE)], what_changed="It stays clean", framing="group",
        )  # fmt: skip


def change(db: Database, run: Callable[..., Any], *args: Any, **fields: Any) -> Any:
    with writing(db, "test", "change"):
        return run(db, *args, **fields)


def test_a_story_is_listed_with_who_told_it_and_where(study: Database, lane: int) -> None:
    (story,) = stories.list_stories(study)
    assert (story["id"], story["title"], story["area"], story["issue"]) == (
        lane, "The lane", "east", "environment",
    )  # fmt: skip
    (quote,) = story["quotes"]
    assert quote["quote"] == LANE
    assert quote["speakers"] == ("Maureen",)
    assert (quote["group"], quote["phase"], quote["held_on"]) == (
        "Lane hall",
        "source",
        "2025-02-18",
    )
    assert story["messages"] == []


def test_stories_are_listed_by_area_and_issue(study: Database, lane: int) -> None:
    assert [s["id"] for s in stories.list_stories(study, area_id=1, issue_id=3)] == [lane]
    assert stories.list_stories(study, area_id=2) == []
    assert stories.list_stories(study, issue_id=1) == []


def test_consent_of_a_quote_over_several_turns_is_the_least(
    study: Database, east: int, at: At, lane: int, consent: Callable[..., None]
) -> None:
    quote = change(study, stories.add_quote, lane, *at(east, ASKED))

    def now() -> Any:
        return next(q for q in stories.get_story(study, lane)["quotes"] if q["id"] == quote)

    assert now()["speakers"] == ("Maureen", "Derek")
    assert now()["consent"] is None
    consent("Maureen")
    consent("Derek")
    assert now()["consent"] is True
    consent("Derek", withdrawn_on="2025-03-01")
    assert now()["consent"] is False


def test_what_the_moderator_says_needs_no_consent(
    study: Database, east: int, at: At, lane: int, consent: Callable[..., None]
) -> None:
    consent("Derek")
    words = "Nobody ever asked me.\nHelen: What about the park?"
    quote = change(study, stories.add_quote, lane, *at(east, words))
    found = next(q for q in stories.get_story(study, lane)["quotes"] if q["id"] == quote)
    assert found["speakers"] == ("Derek",)
    assert found["consent"] is True


def test_a_quote_must_be_the_text_at_its_place(study: Database, east: int, at: At) -> None:
    transcript, start, end, _ = at(east, LANE)
    story = {"area_id": 1, "issue_id": 3, "title": "Lane", "coder_id": 1}
    with pytest.raises(QuoteMismatch):
        change(study, stories.add_story, **story, quotes=[(transcript, start, end, "Six of them")])
    with pytest.raises(BadInput, match="at least one quote"):
        change(study, stories.add_story, **story, quotes=[])
    assert stories.list_stories(study) == []


def test_words_of_another_area_cannot_tell_the_story(
    study: Database, west: int, at: At, lane: int
) -> None:
    with pytest.raises(BadInput, match="recorded in West"):
        change(study, stories.add_quote, lane, *at(west, "The watch works"))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": " "}, "1 to 200"),
        ({"framing": "both"}, "individual or group"),
        ({"hero": "Maureen"}, "no “hero”"),
        ({"summary": "x" * 5_001}, "The summary"),
    ],
)
def test_bad_fields_are_refused(
    study: Database, lane: int, fields: dict[str, str], said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        change(study, stories.update_story, lane, 1, **fields)


def test_two_edits_of_one_story_conflict(study: Database, lane: int) -> None:
    change(study, stories.update_story, lane, 1, place="The ford")
    with pytest.raises(Conflict) as conflict:
        change(study, stories.update_story, lane, 1, place="The bridge")
    assert conflict.value.current is not None
    assert conflict.value.current["place"] == "The ford"
    assert stories.get_story(study, lane)["revision"] == 2


def test_an_edit_that_changes_nothing_makes_no_revision(study: Database, lane: int) -> None:
    change(study, stories.update_story, lane, 1, title="The lane")
    assert stories.get_story(study, lane)["revision"] == 1


def test_the_last_quote_stays_and_others_can_go(
    study: Database, east: int, at: At, lane: int
) -> None:
    first = stories.get_story(study, lane)["quotes"][0]["id"]
    assert change(study, stories.add_quote, lane, *at(east, LANE)) == first
    with pytest.raises(BadInput, match="at least one quote"):
        change(study, stories.remove_quote, first)
    change(study, stories.add_quote, lane, *at(east, "We planted bulbs"))
    change(study, stories.remove_quote, first)
    assert [q["quote"] for q in stories.get_story(study, lane)["quotes"]] == ["We planted bulbs"]


def test_a_story_that_a_message_rests_on_cannot_go(study: Database, lane: int) -> None:
    quote = stories.get_story(study, lane)["quotes"][0]["id"]
    message = change(study, start_message, "A", 1, 1, 3)
    change(study, write_version, message, 1, [("Six neighbours cleared it.", [quote])], 1)
    assert stories.get_story(study, lane)["messages"] == [message]
    for run, what in ((stories.delete_story, lane), (stories.remove_quote, quote)):
        with pytest.raises(BadInput, match="message for East, Local environment"):
            change(study, run, what)
    with pytest.raises(BadInput, match="issue of this story"):
        change(study, stories.update_story, lane, 1, issue_id=1)


def test_a_deleted_story_is_gone(study: Database, lane: int) -> None:
    change(study, stories.delete_story, lane)
    with pytest.raises(NotFound, match=f"no story {lane}"):
        stories.get_story(study, lane)
    with pytest.raises(NotFound):
        change(study, stories.delete_story, lane)
