import pytest

from coding.errors import BadInput, NotFound
from coding.speakers import (
    consents,
    get_speaker,
    has_consent,
    list_speakers,
    rename_speaker,
    set_attributes,
    set_consent,
    set_role,
)
from linkage.study import writing


@pytest.fixture
def maureen(stored):
    return next(s["id"] for s in list_speakers(stored) if s["name"] == "Maureen")


def test_speakers_are_listed_with_their_talk(stored):
    listed = [(s["name"], s["role"], s["turns"], s["words"]) for s in list_speakers(stored, 1)]
    assert listed[0] == ("Facilitator", "moderator", 1, 3)
    assert ("Maureen", "participant", 2, 10) in listed
    assert len(list_speakers(stored, transcript_id=1)) == 3


def test_a_speaker_is_renamed_but_not_to_anothers_name(stored, maureen):
    with writing(stored, "test", "rename"):
        rename_speaker(stored, maureen, "Speaker A")
        with pytest.raises(BadInput, match="already"):
            rename_speaker(stored, maureen, "Joyce")
    assert get_speaker(stored, maureen)["name"] == "Speaker A"


def test_a_role_is_one_of_two(stored, maureen):
    with writing(stored, "test", "role"):
        set_role(stored, maureen, "moderator")
    assert get_speaker(stored, maureen)["role"] == "moderator"
    with pytest.raises(BadInput, match="moderator or participant"):
        set_role(stored, maureen, "chair")


def test_attributes_are_replaced(stored, maureen):
    with writing(stored, "test", "attributes"):
        set_attributes(stored, maureen, {"age": "60s", "ward": "North"})
        set_attributes(stored, maureen, {"age": "70s", "ward": ""})
    row = next(s for s in list_speakers(stored) if s["id"] == maureen)
    assert row["attributes"] == {"age": "70s"}


def test_consent_is_by_use_and_can_be_withdrawn(stored, maureen):
    assert has_consent(stored, maureen, "message") is None
    with writing(stored, "test", "consent"):
        set_consent(stored, maureen, "message", True, "v2", "2026-03-04")
        set_consent(stored, maureen, "analysis", False)
    assert (has_consent(stored, maureen, "message"), has_consent(stored, maureen, "analysis")) == (
        True,
        False,
    )
    with writing(stored, "test", "withdraw"):
        set_consent(stored, maureen, "message", True, "v2", "2026-03-04", "2026-05-01")
    assert has_consent(stored, maureen, "message") is False
    assert [row["use"] for row in consents(stored, maureen)] == ["analysis", "message"]


def test_consent_is_checked(stored, maureen):
    with pytest.raises(BadInput, match="none of analysis"):
        set_consent(stored, maureen, "film", True)
    with pytest.raises(BadInput, match="year-month-day"):
        set_consent(stored, maureen, "analysis", True, decided_on="4/3/26")
    with pytest.raises(NotFound, match="no speaker 99"):
        set_consent(stored, 99, "analysis", True)
