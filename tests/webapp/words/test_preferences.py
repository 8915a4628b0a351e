"""Favourites, keys and snapping are a person's own, by study, and come back in any browser."""

import pytest

from webapp.instance import Instance

PLACE = "/api/studies/pilot/preferences"
AS_DELIVERED = {
    "favourites": {},
    "keys": {},
    "snapping": "exactly",
    "single_keys": True,
    "suggestions": False,
}


def test_what_was_never_set_is_as_delivered(client, talk) -> None:
    assert client.get(PLACE).json == AS_DELIVERED


def test_one_preference_is_set_and_the_others_stay(client, send, talk) -> None:
    send("PATCH", "/preferences", {"snapping": "word"})
    answer = send("PATCH", "/preferences", {"favourites": {"1": talk["code"]}})
    assert answer.json == client.get(PLACE).json
    set_now = {"favourites": {"1": talk["code"]}, "snapping": "word"}
    assert answer.json == AS_DELIVERED | set_now


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"favourites": {"0": 1}}, "digits 1 to 9"),
        ({"favourites": {"1": "x"}}, "favourites"),
        ({"snapping": "line"}, "exactly, word, sentence"),
        ({"keys": {"code": "c", "repeat": "c"}}, "same key"),
        ({"keys": {"code": "c" * 50}}, "40 characters"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(client, send, talk, wrong, named) -> None:
    answer = send("PATCH", "/preferences", wrong)
    assert (answer.status_code, named in answer.json["error"]) == (400, True), answer.json
    assert client.get(PLACE).json["keys"] == {}


def test_they_are_one_persons_in_one_study(tmp_path) -> None:
    place = Instance.at(tmp_path / "instance")
    for key in ("pilot", "other"):
        place.new_study(key, key)
    ana, ben = (place.people.add_user(name)["id"] for name in ("Ana B", "Ben C"))
    place.people.set_preferences(ana, "pilot", {"snapping": "word"})
    assert place.people.preferences(ana, "pilot") == {"snapping": "word"}
    assert place.people.preferences(ben, "pilot") == place.people.preferences(ana, "other") == {}
    place.close()
