"""Memos are written, found, changed in place, and never lost to another window."""

import csv
import io

import pytest

from coding.memos import add_memo, list_memos
from linkage import areas

M = "/studies/pilot/memos/"


@pytest.fixture
def memo(app, client, post, stored, db):
    """A memo of one's own on the study."""
    assert post(M, data={"text": "First thoughts.", "title": "Start"}).status_code == 303
    return list_memos(db)[0]


def test_no_memo_yet(client) -> None:
    assert "No memo is written yet" in client.get(M).text
    assert "The journal is empty" in client.get(f"{M}journal").text


def test_a_memo_is_written_on_a_speaker_and_links_back(client, post, stored, db) -> None:
    assert "on the speaker" in client.get(f"{M}new?speaker=2").text
    data = {"text": "Speaks for the lane.", "speaker_id": "2", "type": "reflexive"}
    post(M, data=data)
    (row,) = list_memos(db)
    assert (row["on"], row["type"]) == ("speaker", "reflexive")
    assert "/studies/pilot/speakers/2/" in client.get(M).text
    assert "Speaks for the lane." in client.get("/studies/pilot/speakers/2/").text


def test_filters_and_words_find_memos(client, post, memo) -> None:
    post(M, data={"text": "About the talk.", "transcript_id": "1", "type": "methodological"})
    for asked, there in [("on=study", "First"), ("type=methodological", "About"),
                         ("text=start", "First"), ("transcript=1", "About")]:  # fmt: skip
        page = client.get(f"{M}?{asked}").text
        assert there in page
        assert ("First thoughts" in page) != ("About the talk" in page)
    assert client.get(f"{M}?since=May").status_code == 400
    assert client.get(f"{M}?code=77").status_code == 404


def test_the_second_of_two_windows_sees_both_texts(client, post, memo, db) -> None:
    path = f"{M}{memo['id']}/"
    assert post(path, data={"text": "Second.", "type": "note", "revision": "1"}).status_code == 303
    answer = post(path, data={"text": "Other window.", "type": "note", "revision": "1"})
    assert answer.status_code == 409
    assert "Second." in answer.text
    assert "Other window." in answer.text
    saved = post(path, data={"text": "Both.", "type": "note", "revision": "2"})
    assert (saved.status_code, list_memos(db)[0]["text"]) == (303, "Both.")


def test_a_removed_memo_comes_back_by_undo(client, post, memo, db) -> None:
    assert post(f"{M}{memo['id']}/delete", data={"revision": "1"}).status_code == 303
    assert list_memos(db) == []
    assert post(f"{M}undo").status_code == 303
    assert list_memos(db)[0]["text"] == "First thoughts."


def test_anothers_memo_is_read_not_changed(app, client, post, db, stored) -> None:
    place = app.extensions["coproduce"]
    place.writer(place.study_path("pilot")).submit(
        lambda db: add_memo(db, areas.ensure_coder(db, "Bo"), "Bo's own."),
        actor="bo",
        action="memo",
    )
    assert "Only Bo, who wrote it" in client.get(f"{M}1/").text
    assert post(f"{M}1/", data={"text": "x", "revision": "1"}).status_code == 400


def test_the_journal_is_by_day_and_downloads(client, memo) -> None:
    assert "First thoughts." in client.get(f"{M}journal").text
    rows = list(csv.DictReader(io.StringIO(client.get(f"{M}memos.csv").get_data().decode()[1:])))
    assert [(row["title"], row["on"]) for row in rows] == [("Start", "study")]


def test_memos_as_json(client, post, memo) -> None:
    api = "/api/studies/pilot/memos"
    made = post(api, json={"text": "By script.", "transcript_id": 1, "type": "theoretical"})
    assert made.status_code == 201
    assert [row["text"] for row in client.get(f"{api}?type=theoretical").json] == ["By script."]
    assert post(api, json={"text": "x", "code_id": 99}).status_code == 404
    assert post(api, json={"text": "x", "type": "angry"}).status_code == 400
