"""Suggestions are for those with sight, in their areas; who codes decides, a viewer reads."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from coding.transcripts import text
from linkage.study import open_study
from webapp import create_app

from .whole_study import fill, member

S, API = "/studies/pilot", "/api/studies/pilot"
PAGES = ("", "decided", "quality", "all?decision=accepted", "similar?coding=1")


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    app = create_app(tmp_path / "instance")
    fill(app.extensions["coproduce"], "pilot", tmp_path)
    yield app
    app.extensions["coproduce"].close()


@pytest.fixture
def open_ones(app: Flask) -> list[dict[str, Any]]:
    """The open suggestion of each area."""
    db = open_study(app.extensions["coproduce"].study_path("pilot"))
    found = []
    for number in (1, 2):
        start = text(db, number).index("It stayed.")
        found.append({"transcript_id": number, "code_id": 1, "start": start, "end": start + 10,
                      "quote": "It stayed."})  # fmt: skip
    db.close()
    return found


def test_a_blind_coder_gets_no_suggestion_anywhere(enter, open_ones) -> None:
    client, send = enter("Bea", member("researcher", blind=True))
    for page in PAGES:
        answer = client.get(f"{S}/suggestions/{page}")
        assert (answer.status_code, "You code blind" in answer.text) == (403, True), page
    at = "&".join(f"{name}={open_ones[0][name]}" for name in list(open_ones[0])[:4])
    assert client.get(f"{S}/suggestions/one?{at}").status_code == 403
    assert client.get(f"{API}/suggestions").status_code == 403
    send("PATCH", f"{API}/preferences", json={"suggestions": True})
    desk = client.get(f"{S}/transcripts/1/").text
    # The preference is stored, and there is nothing on the page that reads it.
    for piece in ("desk-suggestions", "data-suggestion-card", "data-suggestions>", "suggestion-"):
        assert piece not in desk, piece
    assert "suggestions/similar" not in desk
    assert "suggestions" not in client.get(f"{S}/transcripts/1/live?since=0").get_json()
    decided = send("POST", f"{API}/suggestions/decisions",
                   json={**open_ones[0], "decision": "accepted"})  # fmt: skip
    assert decided.status_code == 403
    assert send("POST", f"{S}/suggestions/learn").status_code == 403


def test_a_viewer_reads_and_does_not_decide(enter, open_ones) -> None:
    client, send = enter("Vi", member("viewer"))
    page = client.get(f"{S}/suggestions/").text
    assert "2 suggestions" in page
    assert "data-accept" not in page
    assert "Learn again" not in page
    answer = send("POST", f"{S}/suggestions/decide", data={**open_ones[0], "decision": "accepted"})
    assert answer.status_code == 403


def test_members_of_an_area_meet_its_suggestions_alone(enter, open_ones) -> None:
    client, send = enter("Wes", member("researcher", areas=frozenset({2})))
    east, west = open_ones
    for page in ("", "decided", "quality", "all?decision=rejected"):
        page = client.get(f"{S}/suggestions/{page}").text
        assert "east" not in page, page
    assert "1 suggestion<" in client.get(f"{S}/suggestions/").text
    found = client.get(f"{API}/suggestions").get_json()
    assert [row["area"] for row in found] == ["west"]
    for at, status in ((east, 404), (west, 201)):
        sent = {**at, "decision": "accepted"}
        assert send("POST", f"{API}/suggestions/decisions", json=sent).status_code == status
        page = send("POST", f"{S}/suggestions/decide", data=sent)
        assert page.status_code == (404 if at is east else 409)
    assert send("DELETE", f"{API}/suggestions/decisions/1").status_code == 404
    assert send("DELETE", f"{API}/suggestions/decisions/2").status_code == 204
