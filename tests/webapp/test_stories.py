"""Stories on their pages: marked from a passage, told, quoted, kept from harm."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from coding import codebook, codings, speakers, transcripts
from coding.groups import add_group
from linkage import areas

TALK = """\
Helen: How is it round here?

Maureen: Six of us cleared the lane, and it has stayed clean.

Derek: Nobody ever asked me.
"""
CLEARED = "Six of us cleared the lane, and it has stayed clean."
ASKED = "Nobody ever asked me."
STORIES = "/studies/pilot/stories/"


def run(app: Flask, change):
    """Change the study as a script would."""
    place = app.extensions["coproduce"]
    writer = place.writer(place.study_path("pilot"))
    return writer.submit(change, actor="test", action="set up")


def hold_group(app: Flask, tmp_path, area: str = "east", phase: str = "source") -> int:
    """Import the talk as a focus group of an area; returns the transcript."""
    path = tmp_path / f"{area}-{phase}.txt"
    path.write_text(TALK, encoding="utf-8")

    def store(db) -> int:
        area_id = areas.find_area(db, area)["id"]
        group_id = add_group(db, area_id, f"{area} {phase}", phase, "2025-02-18")
        found = transcripts.preview(path, {}, ["Helen"])
        return transcripts.import_transcript(db, found, group_id, issue_id=1)

    return run(app, store)


def passage(transcript_id: int, quote: str = CLEARED) -> dict[str, str]:
    """Return what the desk sends of a passage; Helen's turn and the speaker's name come first."""
    start = TALK.replace("\n\n", "\n").index(quote)
    place = {"transcript": transcript_id, "start": start, "end": start + len(quote)}
    return {name: str(value) for name, value in place.items()} | {"quote": quote}


def mark_story(post, transcript_id: int, title: str = "The lane", **told: str) -> int:
    answer = post(STORIES, data={**passage(transcript_id), "title": title, "issue_id": "1"} | told)
    assert answer.status_code == 303, answer.text
    return int(answer.location.split("/")[-2])


@pytest.fixture
def lane(app: Flask, tmp_path) -> int:
    return hold_group(app, tmp_path)


def test_without_stories_the_page_says_how_to_mark_one(client: FlaskClient) -> None:
    assert "Keep as story" in client.get(STORIES).text
    assert "on the coding desk" in client.get(f"{STORIES}new").text


def test_the_passage_comes_along_from_the_desk(client: FlaskClient, lane: int) -> None:
    page = client.get(f"{STORIES}new", query_string=passage(lane)).text
    assert CLEARED in page
    assert "Maureen" in page
    assert "A new story of East" in page
    assert re.search(r'value="1" selected>Health', page)


def test_a_story_stands_on_the_board_with_its_gaps(client: FlaskClient, post, lane: int) -> None:
    mark_story(post, lane, summary="Six people cleared a lane.")
    page = client.get(STORIES).text
    assert "The lane</a>" in page
    assert "marked by Ana" in page
    assert "consent" in page
    assert "3 gaps" in page
    assert page.count("No story yet") == 3


def test_a_quote_opens_its_place_on_the_desk(client: FlaskClient, post, lane: int) -> None:
    page = client.get(f"{STORIES}{mark_story(post, lane)}/").text
    told = passage(lane)
    assert f"/transcripts/{lane}/?start={told['start']}&amp;end={told['end']}#t2" in page


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"title": " "}, "name of a story"),
        ({"issue_id": ""}, "Choose the issue"),
        ({"framing": "duet"}, "individual or group"),
        ({"title": "x" * 201}, "1 to 200 characters"),
    ],
)
def test_a_refused_story_keeps_what_was_typed(
    client: FlaskClient, post, lane: int, wrong: dict[str, str], says: str
) -> None:
    told = {"title": "The lane", "issue_id": "1", "summary": "Kept words"}
    answer = post(STORIES, data={**passage(lane), **told, **wrong})
    assert answer.status_code == 400
    assert says in answer.text
    assert "Kept words" in answer.text
    assert "0 stories" in client.get(STORIES).text


@pytest.mark.parametrize(
    ("wrong", "status"),
    [({"quote": "Seven of us"}, 409), ({"end": "99999"}, 400), ({"start": "x"}, 400),
     ({"transcript": "77"}, 404), ({"start": ""}, 400)],
)  # fmt: skip
def test_a_passage_that_is_not_in_the_text_is_refused(post, lane: int, wrong, status: int) -> None:
    told = {"title": "The lane", "issue_id": "1"}
    assert post(STORIES, data={**passage(lane), **told, **wrong}).status_code == status


def test_a_passage_is_added_to_a_story_of_the_area(client: FlaskClient, post, lane: int) -> None:
    story_id = mark_story(post, lane)
    assert "The lane (Health)" in client.get(f"{STORIES}new", query_string=passage(lane)).text
    answer = post(f"{STORIES}quotes", data={**passage(lane, ASKED), "story": story_id})
    assert answer.status_code == 303
    assert ASKED in client.get(answer.location).text


def test_words_of_another_area_are_refused(app: Flask, post, lane: int, tmp_path) -> None:
    story_id = mark_story(post, lane)
    elsewhere = hold_group(app, tmp_path, "west")
    answer = post(f"{STORIES}quotes", data={**passage(elsewhere), "story": story_id})
    assert answer.status_code == 400
    assert "was recorded in West" in answer.text


def test_two_edits_of_one_story_lose_nothing(client: FlaskClient, post, lane: int) -> None:
    path = f"{STORIES}{mark_story(post, lane)}/"
    told = {"title": "The lane", "issue_id": "1", "revision": "1"}
    assert post(path, data={**told, "summary": "Theirs"}).status_code == 303
    answer = post(path, data={**told, "summary": "Mine"})
    assert answer.status_code == 409
    assert "Ana saved this story while you were editing it" in answer.text
    assert '<p class="said">Theirs</p>' in answer.text
    assert '<ins><span class="hidden-text">added: </span>Mine' in answer.text
    assert ">Mine</textarea>" in answer.text
    assert 'name="revision" value="2"' in answer.text
    assert "Theirs" in client.get(path).text


def test_what_only_the_other_changed_is_brought_into_the_form(client, post, lane: int) -> None:
    path = f"{STORIES}{mark_story(post, lane)}/"
    told = {"title": "The lane", "issue_id": "1", "revision": "1", "summary": ""}
    post(path, data={**told, "actors": "Neighbours"})
    answer = post(path, data={**told, "actors": "", "summary": "Mine"})
    assert 'value="Neighbours"' in answer.text
    assert "only they changed it" in answer.text
    assert ">Mine</textarea>" in answer.text


def test_what_was_typed_of_a_deleted_story_is_given_back(post, lane: int) -> None:
    path = f"{STORIES}{mark_story(post, lane)}/"
    post(f"{path}delete")
    told = {"title": "The lane", "issue_id": "1", "revision": "1", "summary": "Long thought over"}
    answer = post(path, data=told)
    assert (answer.status_code, "Long thought over" in answer.text) == (404, True)


def test_the_last_quote_stays_and_a_foreign_one_is_unknown(post, lane: int) -> None:
    path = f"{STORIES}{mark_story(post, lane)}/quotes/"
    assert "needs at least one quote" in post(f"{path}1/remove").text
    assert post(f"{path}2/remove").status_code == 404


def test_an_unused_story_is_deleted(client: FlaskClient, post, lane: int) -> None:
    assert post(f"{STORIES}{mark_story(post, lane)}/delete").status_code == 303
    assert "is deleted" in client.get(STORIES).text
    assert client.get(f"{STORIES}1/").status_code == 404
    assert client.get(f"{STORIES}{10**30}/").status_code == 404


def test_refused_consent_is_said(app: Flask, client: FlaskClient, post, lane: int) -> None:
    path = f"{STORIES}{mark_story(post, lane)}/"
    assert "consent not recorded" in client.get(path).text
    maureen = run(
        app, lambda db: next(s["id"] for s in speakers.list_speakers(db) if s["name"] == "Maureen")
    )
    run(app, lambda db: speakers.set_consent(db, maureen, "message", False))
    assert "consent refused or withdrawn" in client.get(path).text
    assert "refused for messages" in client.get(STORIES).text


def test_words_lead_to_the_stories_that_use_them(
    app: Flask, client: FlaskClient, post, lane: int
) -> None:
    mark_story(post, lane)
    place = {name: int(passage(lane)[name]) for name in ("start", "end")}

    def code(db) -> int:
        code_id, ana = codebook.add_code(db, "Acting together"), areas.ensure_coder(db, "Ana")
        return codings.add_coding(db, lane, code_id, ana, quote=CLEARED, **place)

    coding_id = run(app, code)
    page = client.get(f"/studies/pilot/provenance/words?coding={coding_id}").text
    assert "The lane</a>" in page
    assert "Acting together" in page
    assert "No message rests on them" in page
    assert client.get("/studies/pilot/provenance/words").status_code == 400
    assert client.get("/studies/pilot/provenance/words?coding=99").status_code == 404


def test_the_desk_and_the_quotes_lead_to_where_words_are_used(
    app: Flask, client: FlaskClient, post, lane: int
) -> None:
    story_id = mark_story(post, lane)
    place = {name: int(passage(lane)[name]) for name in ("start", "end")}

    def code(db) -> int:
        ana = areas.ensure_coder(db, "Ana")
        return codings.add_coding(
            db, lane, codebook.add_code(db, "Together"), ana, quote=CLEARED, **place
        )

    coding = run(app, code)
    panel = client.get(f"/studies/pilot/transcripts/{lane}/place?coding={coding}").text
    assert f'/provenance/words?coding={coding}"' in panel
    assert f'<a href="{STORIES}{story_id}/">The lane</a>' in panel
    assert f'/provenance/words?coding={coding}"' in client.get("/studies/pilot/quotes/").text


def test_a_consent_that_is_not_recorded_leads_to_its_speaker(
    client: FlaskClient, post, lane: int
) -> None:
    page = client.get(f"{STORIES}{mark_story(post, lane)}/").text
    assert re.search(r'href="/studies/pilot/speakers/\d+/#consent">Messages: consent not', page)
    assert 'messages/#area-1-issue-1">Write the message' in page


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/studies/pilot/stories/quotes", "/studies/pilot/stories/"),
        ("/studies/pilot/responses/file", "/studies/pilot/responses/"),
        ("/studies/pilot/panel/frame", "/studies/pilot/panel/"),
        ("/studies", "/"),
    ],
)
def test_the_address_of_a_form_opened_again_leads_to_its_page(client, address, page) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.location) == (302, page)
    assert client.get("/api/studies/pilot/undo").status_code == 405
