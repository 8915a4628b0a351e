"""What is said of a stored transcript and its group, and how it is deleted."""

import pytest

from coding.groups import list_groups
from coding.transcripts import list_transcripts, list_turns

from .talk import S


def test_title_and_issue_of_the_whole_are_changed(db, post, stored) -> None:
    post(f"{S}/transcripts/1/about", data={"title": "The lane", "issue": "1"})
    (row,) = list_transcripts(db)
    assert (row["title"], row["issue"]) == ("The lane", "health")
    answer = post(f"{S}/transcripts/1/about", data={"title": " ", "issue": "2"})
    assert answer.status_code == 400
    assert list_transcripts(db)[0]["issue"] == "health"


def test_sections_run_to_the_end_of_their_stretch(db, client, post, stored) -> None:
    path = f"{S}/transcripts/1/sections"
    post(path, data={"first": "2", "last": "", "section_issue": "1"})
    post(path, data={"first": "4", "last": "", "section_issue": "2"})
    assert [t["issue"] for t in list_turns(db, 1)] == [None, "health", "health", "safety"]
    page = client.get(f"{S}/transcripts/1/about").text
    assert 'aria-label="Clear the issue of turns 2 to 3"' in page
    post(path, data={"first": "2", "last": "3", "section_issue": ""})
    assert [t["issue"] for t in list_turns(db, 1)] == [None, None, None, "safety"]


@pytest.mark.parametrize(("first", "last"), [("0", ""), ("3", "9"), ("3", "2"), ("x", "")])
def test_turns_that_are_not_there_are_refused(post, stored, first, last) -> None:
    data = {"first": first, "last": last, "section_issue": "1"}
    answer = post(f"{S}/transcripts/1/sections", data=data)
    assert answer.status_code == 400
    assert f'value="{first}"' in answer.text


def test_deleting_asks_first(db, client, post, stored) -> None:
    assert "4 turns" in client.get(f"{S}/transcripts/1/delete").text
    assert post(f"{S}/transcripts/1/delete").location == f"{S}/transcripts/"
    assert list_transcripts(db) == []
    assert client.get(f"{S}/transcripts/1/about").status_code == 404


def test_a_quoted_transcript_is_not_deleted(app, db, post, stored) -> None:
    def quote(db) -> None:
        db.table("coder").insert({"guid": "g", "name": "Ben"}, ignore=True)
        told = {"area_id": 1, "issue_id": 1, "title": "s", "coder_id": 1, "created_at": "now"}
        db.table("story").insert(told)
        words = {"story_id": 1, "transcript_id": 1, "start": 0, "end": 3, "quote": "Fac"}
        db.table("story_quote").insert(words)

    place = app.extensions["coproduce"]
    place.writer(place.study_path("pilot")).submit(quote, actor="t", action="story")
    answer = post(f"{S}/transcripts/1/delete")
    assert (answer.status_code, "quoted in a story" in answer.text) == (400, True)
    assert len(list_transcripts(db)) == 1


def test_a_group_is_edited(db, client, post, stored) -> None:
    assert "lane" in client.get(f"{S}/groups/").text
    data = {"name": "Lane group", "phase": "test", "held_on": "2026-05-01", "wave": "1"}
    assert post(f"{S}/groups/1/", data=data).location == f"{S}/groups/"
    (group,) = list_groups(db)
    assert (group["name"], group["phase"], group["wave"]) == ("Lane group", "test", "1")
    answer = post(f"{S}/groups/1/", data={**data, "attendance": "-1"})
    assert (answer.status_code, 'value="-1"' in answer.text) == (400, True)
