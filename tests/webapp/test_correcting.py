"""Correcting a transcript on pages, as JSON and on the command line."""

import json
import re

import pytest

from coding.codebook import add_code
from coding.codings import add_coding, list_codings
from coding.transcripts import list_turns, text
from linkage import areas, stories
from webapp.cli import run

from .talk import S

P = f"{S}/transcripts/1/correct"
LANE = "We cleared the lane."


@pytest.fixture
def coded(app, stored, db):
    """The talk with “cleared the lane” coded and quoted in a story."""
    place = app.extensions["coproduce"]
    start = text(db, 1).index("cleared the lane")

    def fill(db) -> None:
        coder = areas.ensure_coder(db, "Ana")
        passage = (start, start + 16, "cleared the lane")
        add_coding(db, 1, add_code(db, "Acts"), coder, *passage)
        about = {"area_id": 1, "issue_id": 1, "coder_id": coder}
        stories.add_story(db, title="The lane", quotes=[(1, *passage)], **about)

    place.writer(place.study_path("pilot")).submit(fill, actor="test", action="code")


def form(db, words: str, speaker: str = "Mo", position: int = 2, **more: str) -> dict[str, str]:
    turn = list_turns(db, 1)[position - 1]["id"]
    parts = {"text": words, "speaker": speaker, "new_speaker": ""}
    return {"version": "1", "turn": turn, "to": turn, "do": "look", **parts, **more}


def seen(page: str) -> str:
    return re.search(r'name="seen" value="([^"]+)"', page)[1]


def test_what_changes_is_shown_before_it_is_saved(client, post, coded, db) -> None:
    assert "Turn 2" in client.get(f"{P}?turn=2").text
    page = post(P, data=form(db, "We cleaned the lane.")).text
    assert "1 with other words" in page
    assert "1 altered in a story" in page
    assert "cleared" in text(db, 1)
    answer = post(P, data=form(db, "We cleaned the lane.", do="save", seen=seen(page)))
    assert answer.status_code == 303
    assert list_codings(db)[0]["quote"] == "cleaned the lane"
    assert "Marked were the words “cleared the lane”" in client.get(f"{S}/stories/1/").text
    used = client.get(f"{S}/provenance/words?coding=1").text
    assert "<b>Altered:</b> the transcript was corrected" in used
    assert post(f"{S}/stories/1/quotes/1/accept").status_code == 303
    assert "Altered:" not in client.get(f"{S}/stories/1/").text


def test_an_empty_line_splits_and_each_part_has_its_speaker(post, coded, db) -> None:
    page = post(P, data=form(db, "We cleared the lane.\n\nAnd the park.")).text
    assert page.count('name="text"') == 2
    two = {"text": [LANE, "And the park."], "speaker": ["Mo", ""], "new_speaker": ["", "Joan"]}
    page = post(P, data=form(db, "", **two)).text
    assert post(P, data=form(db, "", **two, do="save", seen=seen(page))).status_code == 303
    assert [t["speaker"] for t in list_turns(db, 1)] == ["Fac", "Mo", "Joan", "Maureen", "Fac"]


def test_turns_are_joined(client, post, coded, db) -> None:
    ids = [turn["id"] for turn in list_turns(db, 1)]
    page = client.get(f"{P}?turn={ids[1]}&to={ids[2]}").text
    assert f"{LANE}\nWe did." in page
    data = form(db, f"{LANE}\nWe did.", to=ids[2])
    answer = post(P, data={**data, "do": "save", "seen": seen(post(P, data=data).text)})
    assert answer.status_code == 303
    assert len(list_turns(db, 1)) == 3


def test_two_at_once_lose_nothing(post, coded, db) -> None:
    mine = form(db, "We cleared the lane, all of us.")
    looked = seen(post(P, data=mine).text)
    theirs = form(db, "And then what?", "Fac", position=4)
    post(P, data={**theirs, "do": "save", "seen": seen(post(P, data=theirs).text)})
    answer = post(P, data={**mine, "do": "save", "seen": looked})
    assert answer.status_code == 409
    assert "We cleared the lane, all of us." in answer.text
    again = {**mine, "version": "2", "do": "save", "seen": seen(answer.text)}
    assert post(P, data=again).status_code == 303
    assert "all of us" in text(db, 1)
    assert "then what" in text(db, 1)


def test_a_coding_made_meanwhile_is_shown_before_saving(app, post, coded, db) -> None:
    data = form(db, "We cleared the old lane.")
    looked = seen(post(P, data=data).text)
    start = text(db, 1).index("the lane")
    place = app.extensions["coproduce"]
    place.writer(place.study_path("pilot")).submit(
        lambda db: add_coding(db, 1, 1, 1, start, start + 8, "the lane"), actor="b", action="code"
    )
    answer = post(P, data={**data, "do": "save", "seen": looked})
    assert answer.status_code == 409
    assert "no longer what you looked at" in answer.text
    assert "2 with other words" in answer.text


def test_words_that_a_story_quotes_cannot_go(post, coded, db) -> None:
    data = form(db, "Nothing.")
    page = post(P, data=form(db, "We.")).text
    assert "would be gone" in page
    data = form(db, "We.", do="save", seen=seen(page))
    assert post(P, data=data).status_code == 400
    assert LANE in text(db, 1)


def test_a_turn_that_is_gone_gives_back_what_was_typed(post, coded, db) -> None:
    data = form(db, "Typed for long.", turn="99", to="99")
    answer = post(P, data=data)
    assert answer.status_code == 409
    assert "Typed for long." in answer.text


def test_versions_are_read_compared_and_brought_back(client, post, coded, db) -> None:
    data = form(db, "We cleaned the lane.")
    post(P, data={**data, "do": "save", "seen": seen(post(P, data=data).text)})
    assert "Bring back" in client.get(f"{S}/transcripts/1/versions").text
    assert LANE in client.get(f"{S}/transcripts/1/versions/1").text
    compared = client.get(f"{S}/transcripts/1/versions/2?against=1").text
    assert re.search(r"<ins>.*cleaned", compared)
    back = f"{S}/transcripts/1/versions/1/return"
    sent = {"version": "2", "seen": seen(client.get(back).text)}
    assert post(back, data=sent).status_code == 303
    assert LANE in text(db, 1)
    assert "Altered" not in client.get(f"{S}/stories/1/").text
    for missing in ("versions/9", "versions/9/return"):
        assert client.get(f"{S}/transcripts/1/{missing}").status_code in (400, 404)


def test_undo_never_puts_a_coding_where_its_words_are_not(client, post, coded, db) -> None:
    post("/api/studies/pilot/transcripts/1/codings",
         json={"code_id": 1, "start": 0, "end": 3, "quote": "Fac"})  # fmt: skip
    late = text(db, 1).index("And then")
    sent = {"code_id": 1, "start": late, "end": late + 8, "quote": "And then"}
    made = post("/api/studies/pilot/transcripts/1/codings", json=sent).json["id"]
    token = re.search(r'csrf-token" content="([^"]+)', client.get("/").text)[1]
    address = f"/api/studies/pilot/codings/{made}"
    assert client.delete(address, headers={"X-CSRFToken": token}).status_code == 204
    data = form(db, "We cleared the lane, all of us.")
    post(P, data={**data, "do": "save", "seen": seen(post(P, data=data).text)})
    answer = post("/api/studies/pilot/undo", json={})
    assert answer.status_code == 409
    assert "corrected since" in answer.json["error"]


def test_json_looks_first_and_saves_what_was_seen(post, coded, db) -> None:
    address = "/api/studies/pilot/transcripts/1/corrections"
    turns = [{"text": "We cleaned the lane.", "speaker": "Mo"}]
    looked = post(address, json={"version": 1, "first": 2, "turns": turns, "dry_run": True}).json
    assert [(one["quote"], one["now"]) for one in looked["changed"]] == [
        ("cleared the lane", "cleaned the lane")
    ]
    sent = {"version": 1, "first": 2, "turns": turns, "seen": looked["seen"]}
    assert post(address, json=sent).json["version"] == 2
    assert post(address, json=sent).status_code == 409
    assert post(address, json={**sent, "version": 2, "first": 77}).status_code == 400


def test_the_command_line_looks_and_saves(app, coded, db, capsys) -> None:
    where = str(app.extensions["coproduce"].path)
    line = ["correct", "pilot", "1", "--turn", "2", "--text", "We cleaned the lane."]
    line += ["--format", "json", "--instance", where]
    assert run([*line, "--dry-run"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [row["what"] for row in told] == ["changed", "story quote altered"]
    assert LANE in text(db, 1)
    assert run(line) == 0
    assert "cleaned" in text(db, 1)
    assert run([*line[:4], "9", "--instance", where]) == 2
