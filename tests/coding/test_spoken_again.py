"""A coder's text that repeats what somebody said goes as their words do."""

from coding.consent import set_unrecorded_rule
from coding.speakers import set_consent
from coding.spoken_again import sift_texts
from linkage.study import writing

from .test_people import twice  # noqa: F401


def told(db, example: str):
    found = sift_texts(db, [{"code": "Acts", "example": example}], "publication", ("example",))
    return found.rows[0]["example"], found.rows[0]["consent"]


def test_a_repeated_sentence_is_left_out_and_short_ones_are_not(twice):  # noqa: F811
    said = "Such as: “we cleared  the LANE.” And more."
    with writing(twice, "test", "consent"):
        set_unrecorded_rule(twice, "in")
    assert told(twice, said) == (said, "")
    with writing(twice, "test", "consent"):
        for speaker in (2, 3, 5, 6):
            set_consent(twice, speaker, "publication", False)
    assert told(twice, said) == ("", "left out: refused")
    assert told(twice, "We cleared.") == ("We cleared.", "")
    assert told(twice, "Doing things with others") == ("Doing things with others", "")
