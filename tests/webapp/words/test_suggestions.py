"""The pages of suggestions: reviewed, decided page-wise, brought back, never silently applied."""

import re

import pytest

from coding.codings import add_coding, list_codings
from coding.suggestions.acceptance import list_decisions
from tests.suggested import learn, suggest

from ..conftest import S

P = f"{S}/suggestions/"
QUALITY = {
    "overall": {"recall_at_3": 0.81, "top_quarter_precision": 0.9, "calibration_error": 0.042,
                "passages": 120, "transcripts": 6, "alpha": 0.41},
    "codes": [
        {"code_id": 1, "support": 40, "transcripts": 6, "precision": 0.7, "recall": 0.6,
         "calibration_error": 0.05, "enough": True},
        {"code_id": 2, "support": 3, "transcripts": 2, "precision": None, "recall": None,
         "calibration_error": None, "enough": False},
    ],
    "calibration": [
        {"low": 0.0, "high": 0.5, "predicted": 0.2, "observed": 0.25, "n": 80},
        {"low": 0.5, "high": 1.0, "predicted": 0.8, "observed": 0.75, "n": 40},
    ],
    "least": 10,
}  # fmt: skip


@pytest.fixture
def suggested(app, talk):
    """Two suggestions on the talk, and what was measured."""
    place = app.extensions["coproduce"]

    def fill(db) -> dict[str, dict]:
        learn(db, QUALITY, at="2030-01-01T00:00:00+00:00")
        made = {}
        for words, code, probability in [("It stayed clean.", 2, 0.93), ("An hour helps.", 1, 0.6)]:
            start = talk["text"].index(words)
            span = (start, start + len(words))
            suggest(db, 1, code, *span, probability=probability, words=("clean",),
                    nearest=(talk["coding"],))  # fmt: skip
            made[words] = {"transcript_id": 1, "code_id": code, "start": span[0], "end": span[1],
                           "quote": words}  # fmt: skip
        return made

    return place.writer(place.study_path("pilot")).submit(fill, actor="test", action="suggest")


def decisions(db) -> list[tuple]:
    return [(row["quote"], row["decision"], row["coder"]) for row in list_decisions(db)]


def test_each_suggestion_comes_with_its_place_and_reasons(client, suggested) -> None:
    page = client.get(P).text
    assert "2 suggestions" in page
    assert page.index("It stayed clean.") < page.index("An hour helps.")
    for words in ["very likely, 93 %", "Maureen", "turn 2", "We cleared the lane. 🎉", "clean"]:
        assert words in page, words
    assert "with a model 1.0" in page
    assert "from 120 coded passages of 6 transcripts" in page
    assert "Not suggested, for want of examples: Clean-ups" in page


def test_accepting_codes_and_undo_takes_one_back(client, post, suggested, db) -> None:
    for at in suggested.values():
        assert post(f"{P}decide", data={**at, "decision": "accepted"}).status_code == 303
    assert decisions(db) == [
        ("An hour helps.", "accepted", "Ana"), ("It stayed clean.", "accepted", "Ana"),
    ]  # fmt: skip
    assert [row["origin"] for row in list_codings(db, coder_id=2)] == ["suggested"] * 2
    change = re.search(r'name="change" value="(\d+)"', client.get(P).text)[1]
    assert post(f"{P}undo", data={"change": change}).status_code == 303
    assert decisions(db) == [("It stayed clean.", "accepted", "Ana")]


def test_another_code_and_the_whole_turn(client, post, suggested, db) -> None:
    at = suggested["It stayed clean."]
    post(f"{P}decide", data={**at, "decision": "accepted", "as_code": "1", "extent": "turn"})
    (coding,) = list_codings(db, coder_id=2)
    assert coding["quote"] == "We cleared the lane. 🎉 It stayed clean."
    assert (coding["code"], coding["origin"]) == ("Doing it together", "by hand")
    assert "Coded as Doing it together instead" in client.get(f"{P}decided").text


def test_a_rejected_one_is_listed_and_brought_back(client, post, suggested, db) -> None:
    post(f"{P}decide", data={**suggested["It stayed clean."], "decision": "rejected"})
    assert "1 suggestion<" in client.get(P).text
    page = client.get(f"{P}decided").text
    path = re.search(r'action="([^"]+bring-back)"', page)[1]
    assert post(path).status_code == 303
    assert "2 suggestions<" in client.get(P).text
    assert decisions(db) == []


def test_a_page_is_looked_at_before_it_is_accepted(client, post, suggested, db) -> None:
    page = client.get(f"{P}all?decision=accepted").text
    keys = re.findall(r'name="suggestion" value="([^"]+)" checked', page)
    assert len(keys) == 2
    quotes = dict(re.findall(r'name="(quote-[^"]+)" value="([^"]+)"', page))
    data = {"decision": "accepted", "suggestion": keys, **quotes}
    assert post(f"{P}all", data={**data, "suggestion": []}).status_code == 400
    assert post(f"{P}all", data=data).status_code == 303
    assert len(decisions(db)) == 2
    assert "All is decided" in client.get(P).text
    change = re.search(r'name="change" value="(\d+)"', client.get(P).text)[1]
    post(f"{P}undo", data={"change": change})
    assert decisions(db) == []
    assert post(f"{P}all", data={**data, "suggestion": ["x"]}).status_code == 400


def test_what_is_stale_is_answered_in_one_sentence(client, post, suggested, db) -> None:
    at = suggested["It stayed clean."]
    wrong = {**at, "quote": "It stayed dirty.", "decision": "accepted"}
    assert post(f"{P}decide", data=wrong).status_code == 409
    post(f"{P}decide", data={**at, "decision": "accepted"})
    again = post(f"{P}decide", data={**at, "decision": "rejected"})
    assert (again.status_code, "Ana has accepted this suggestion already" in again.text) == (
        409, True,
    )  # fmt: skip
    assert post(f"{P}decide", data={**at, "code_id": "x"}).status_code == 400
    assert post(f"{P}decide", data={**at, "decision": "perhaps"}).status_code == 400
    assert len(decisions(db)) == 1


def test_frozen_and_archived_studies_store_nothing(client, post, suggested, db) -> None:
    at = {**suggested["It stayed clean."], "decision": "accepted"}
    post(f"{S}/members/freeze")
    answer = post(f"{P}decide", data=at)
    assert (answer.status_code, "frozen" in answer.text) == (400, True)
    post(f"{S}/members/lift")
    post(f"{S}/settings/archive", data={"do": "archive"})
    answer = post(f"{P}decide", data=at)
    assert (answer.status_code, "archived, so nothing" in answer.text) == (400, True)
    assert post(f"{P}learn").status_code == 400
    assert decisions(db) == []


def test_filters_and_bad_addresses(client, suggested) -> None:
    assert "An hour helps." not in client.get(f"{P}?code=2").text
    assert client.get(f"{P}?order=text&page=9").status_code == 200
    assert client.get(f"{P}?order=luck").status_code == 400
    assert client.get(f"{P}?code=99").status_code == 404
    assert client.get(f"{P}?code=x").status_code == 400
    assert client.get(f"{P}all?decision=maybe").status_code == 400


def test_quality_says_what_it_rests_on(client, post, suggested) -> None:
    post(f"{S}/suggestions/decide", data={**suggested["An hour helps."], "decision": "accepted"})
    page = client.get(f"{P}quality").text
    for words in [
        "120 coded passages of 6 transcripts, cross-validated by transcript", "81 %", "4.2 points",
        "0.41", "7 more needed", "1 of 1", "<svg", "Said 80.0%, right 75.0%, n 40",
    ]:  # fmt: skip
        assert words in page, words


def test_empty_states(client, post, app) -> None:
    page = client.get(P).text
    assert "no code yet" in page
    post(f"{S}/codebook/", data={"name": "Clean-ups"})
    page = client.get(P).text
    assert "Nothing is coded yet" in page
    assert "Learn from the codings now" in page
    assert "Nothing is rejected yet" in client.get(f"{P}decided").text
    assert client.get(f"{P}quality").status_code == 200


def test_nothing_learned_yet_offers_it(client, talk) -> None:
    page = client.get(P).text
    assert "Nothing has been learned yet" in page
    assert "1 coding now" in page


def test_learning_is_a_job_that_is_followed_and_cancelled(client, post, suggested) -> None:
    answer = post(f"{P}learn", data={"quiet": "1"})
    assert answer.status_code == 202
    job = answer.json["job"]
    assert post(f"{P}learn").location.startswith(job)
    assert client.get(job, headers={"Accept": "application/json"}).json["error"] is None
    assert post(f"{job}/cancel").status_code == 302


def test_much_change_asks_for_learning_and_little_tells_of_it(app, client, suggested, talk) -> None:
    place = app.extensions["coproduce"]

    def fill(db) -> None:
        learn(db, QUALITY, at="2020-01-01T00:00:00+00:00")

    submit = place.writer(place.study_path("pilot")).submit
    submit(fill, actor="test", action="learn long ago")
    page = client.get(P).text
    assert "codings or codes have changed since" in page
    assert "data-stale" not in page
    more = [(start, start + 2, talk["text"][start : start + 2]) for start in range(30, 60)]
    submit(
        lambda db: [add_coding(db, 1, 1, 1, *words) for words in more] and None,
        actor="test",
        action="code much",
    )
    assert "data-stale" in client.get(P).text


def test_the_page_says_while_talk_without_a_code_has_taught_nothing(app, client, suggested) -> None:
    assert "Talk without a code has taught nothing yet" in client.get(P).text
    place = app.extensions["coproduce"]
    taught = {**QUALITY, "overall": {**QUALITY["overall"], "uncoded": 60}}
    place.writer(place.study_path("pilot")).submit(
        lambda db: learn(db, taught), actor="test", action="learn"
    )
    assert "has taught nothing yet" not in client.get(P).text
