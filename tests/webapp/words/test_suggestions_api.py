"""Suggestions as JSON, and what the desk shows of codings by how they were made."""

import pytest

from coding.codings import list_codings
from tests.suggested import learn, suggest

from ..conftest import S


@pytest.fixture
def at(app, talk) -> dict:
    """One suggestion, as a decision names it."""
    start = talk["text"].index("It stayed clean.")
    place = app.extensions["coproduce"]

    def fill(db) -> dict:
        learn(db)
        suggest(db, 1, 2, start, start + 16, probability=0.93, nearest=(talk["coding"], 99))
        return {"transcript_id": 1, "code_id": 2, "start": start, "end": start + 16,
                "quote": "It stayed clean."}  # fmt: skip

    return place.writer(place.study_path("pilot")).submit(fill, actor="test", action="suggest")


def test_suggestions_are_listed_with_reasons(client, at, talk) -> None:
    (row,) = client.get("/api/studies/pilot/suggestions?transcript=1&order=text&top=5").json
    assert {name: row[name] for name in at} == at
    assert row["reasons"] == {
        "words": [], "nearest": [talk["coding"]], "from": "coded passages",
    }  # fmt: skip
    assert (row["likely"], row["speaker"]) == ("very likely", "Maureen")
    assert client.get("/api/studies/pilot/suggestions?code=1").json == []
    assert client.get("/api/studies/pilot/suggestions?code=9").status_code == 404
    assert client.get("/api/studies/pilot/suggestions?order=luck").status_code == 400


def test_a_decision_is_made_once(send, at, db) -> None:
    made = send("POST", "/suggestions/decisions", {**at, "decision": "accepted"}, key="k1")
    again = send("POST", "/suggestions/decisions", {**at, "decision": "accepted"}, key="k1")
    assert (made.status_code, again.json) == (201, made.json)
    other = send("POST", "/suggestions/decisions", {**at, "decision": "rejected"})
    assert (other.status_code, other.json["current"]["decision"]) == (409, "accepted")
    (coding,) = list_codings(db, ids=[made.json["coding_id"]])
    assert coding["origin"] == "suggested"
    wrong = send("POST", "/suggestions/decisions", {**at, "decision": "maybe"})
    assert wrong.status_code == 400


def test_the_desks_undo_takes_a_decision_back(client, send, at) -> None:
    send("POST", "/suggestions/decisions", {**at, "decision": "rejected"})
    assert client.get("/api/studies/pilot/suggestions").json == []
    assert send("POST", "/undo").status_code == 200
    assert len(client.get("/api/studies/pilot/suggestions").json) == 1


def test_a_rejection_is_forgotten_by_its_number(client, send, at) -> None:
    number = send("POST", "/suggestions/decisions", {**at, "decision": "rejected"}).json["id"]
    assert send("DELETE", f"/suggestions/decisions/{number}").status_code == 204
    assert len(client.get("/api/studies/pilot/suggestions").json) == 1
    assert send("DELETE", f"/suggestions/decisions/{number}").status_code == 404


def test_the_desk_shows_codings_by_origin(client, send, at) -> None:
    desk = f"{S}/transcripts/1/"
    made = send("POST", "/suggestions/decisions", {**at, "decision": "accepted"}).json
    ids = {"by hand": 1, "suggested": made["coding_id"]}
    for origin, number in ids.items():
        page = client.get(f"{desk}?origin={origin}").text
        assert f'data-codings="{number}"' in page
        assert page.count("data-codings=") == 1
    span = f"start={at['start']}&end={at['end']}"
    assert "accepted from a suggestion" in client.get(f"{desk}told?{span}").text
    assert "accepted from a suggestion" in client.get(f"{desk}place?{span}").text
    assert client.get(f"{desk}?origin=elsewhere").status_code == 400


def test_an_open_desk_hears_of_decisions(client, send, at) -> None:
    since = client.get("/api/studies/pilot/changes").json["last"]
    send("POST", "/suggestions/decisions", {**at, "decision": "rejected"})
    live = client.get(f"{S}/transcripts/1/live?since={since}").json
    assert (live["suggestions"], live["turns"]) == (True, {})


def test_the_command_line_prints_the_columns_that_stay(app, at, tmp_path, capsys) -> None:
    from webapp.cli import run

    line = ["--instance", str(tmp_path / "instance"), "suggest", "pilot", "--format", "csv"]
    assert run(line) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("transcript,turn,start,end,quote,code,probability,reasons")
    assert "It stayed clean." in out[1]
    assert run([*line, "--quality"]) == 0
    assert capsys.readouterr().out.startswith("code,support,")
    for wrong in (["--code", "Nothing"], ["--top", "0"]):
        assert run([*line, *wrong]) == 2
    assert capsys.readouterr().err.count("\n") == 2
