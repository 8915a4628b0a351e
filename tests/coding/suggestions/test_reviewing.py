"""Open suggestions are listed with their words, in order, and only while they are open."""

import pytest

from coding.codings import add_coding
from coding.errors import BadInput
from coding.suggestions import reviewing
from coding.suggestions.deciding import accept
from linkage.study import writing
from tests.suggested import learn

from .lane import place_of


def test_the_most_likely_comes_first_with_its_words(suggested) -> None:
    rows = reviewing.list_open(suggested)
    assert [(row["quote"], row["code"]) for row in rows] == [
        ("It stayed clean.", "Clean-ups"),
        ("An hour helps.", "Doing it together"),
        ("An hour helps.", "Clean-ups"),
    ]
    assert [row["likely"] for row in rows] == ["very likely", "likely", "possible"]
    assert (rows[0]["speaker"], rows[0]["turn"], rows[0]["area"]) == ("Maureen", 2, "east")
    assert rows[0]["before"].endswith("We cleared the lane. 🎉\n")


def test_orders_and_filters(suggested) -> None:
    by_code = reviewing.list_open(suggested, order="code")
    assert [row["code"] for row in by_code] == ["Clean-ups", "Clean-ups", "Doing it together"]
    as_said = reviewing.list_open(suggested, order="text", limit=1, offset=2)
    assert as_said[0]["code"] == "Doing it together"
    assert reviewing.count_open(suggested, code_id=2) == 2
    assert [(row["code"], row["open"]) for row in reviewing.count_by_code(suggested)] == [
        ("Clean-ups", 2), ("Doing it together", 1),
    ]  # fmt: skip
    with pytest.raises(BadInput, match="ordered by"):
        reviewing.list_open(suggested, order="luck")


def test_what_is_decided_or_coded_meanwhile_is_not_open(suggested) -> None:
    at, other = place_of(suggested, "It stayed clean."), place_of(suggested, "An hour", 1)
    with writing(suggested, "test", "decide and code"):
        accept(suggested, 2, at)
        add_coding(suggested, 1, 1, 1, other.start, other.end, other.quote)
    assert [row["probability"] for row in reviewing.list_open(suggested)] == [0.4]


def test_nearest_passages_are_read_when_shown(suggested) -> None:
    (row,) = reviewing.list_open(suggested, limit=1)
    reviewing.add_nearest(suggested, [row])
    assert [near["quote"] for near in row["near"]] == ["We cleared the lane."]


def test_words_of_a_corrected_text_wait(suggested) -> None:
    with writing(suggested, "test", "correct"):
        row = {"transcript_id": 1, "version": 2, "coder_id": 1, "same": 1, "changed": 0}
        row |= {"lost": 0, "made_at": "2026-02-01T00:00:00+00:00"}
        suggested.table("correction").insert(row)
    assert (reviewing.count_open(suggested), reviewing.count_overtaken(suggested)) == (0, 3)
    with writing(suggested, "test", "learn again"):
        learn(suggested, at="2026-02-02T00:00:00+00:00")
    assert reviewing.count_open(suggested) == 3


def test_the_frame_has_the_columns_that_stay(suggested) -> None:
    frame = reviewing.suggestions_frame(suggested, top=2)
    assert list(frame.columns) == list(reviewing.COLUMNS)
    assert len(frame) == 2
    assert frame["reasons"][0].startswith("words: clean, lane; 2 coded passages like it")
