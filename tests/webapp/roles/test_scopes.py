"""Members limited to some areas, or coding blind, meet nothing that is not theirs."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from webapp import create_app

from .whole_study import WORDS, fill, member

S = "/studies/pilot"
PAGES = [
    "", "transcripts/", "groups/", "codebook/", "codebook/1/", "quotes/", "quotes/quotes.csv",
    "speakers/", "stories/", "messages/", "panel/", "panel/3/allocation.csv", "responses/",
    "responses/1/table", "effects/", "joint/", "joint/joint.csv", "members/roles",
]  # fmt: skip


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    app = create_app(tmp_path / "instance")
    fill(app.extensions["coproduce"], "pilot", tmp_path)
    yield app
    app.extensions["coproduce"].close()


WEST = member("researcher", "nudge author", "analyst", areas=frozenset({2}))
API = "/api/studies/pilot"


def test_no_page_tells_of_another_area(enter) -> None:
    client, _ = enter("Wes", WEST)
    for page in PAGES:
        answer = client.get(f"{S}/{page}")
        assert answer.status_code == 200, page
        assert not re.search(r"\beast(ern)?\b", answer.text, re.IGNORECASE), page
    assert "west" in client.get(f"{S}/transcripts/").text
    assert WORDS["west"] in client.get(f"{S}/quotes/").text
    assert "eastern" not in client.get(f"{API}/changes").text
    assert "western" in client.get(f"{API}/changes").text


def passage(number: int, area: str) -> dict[str, Any]:
    start = len(f"Ruth: What changed?\nMo {area}: ")
    return {"code_id": 2, "start": start, "end": start + 2, "quote": WORDS[area][:2]}


def test_another_areas_words_are_not_coded_or_uncoded(enter, app: Flask) -> None:
    _, send = enter("Wes", WEST)
    assert send("POST", f"{API}/transcripts/1/codings", json=passage(1, "east")).status_code == 404
    assert send("POST", f"{API}/transcripts/2/codings", json=passage(2, "west")).status_code == 201
    assert send("DELETE", f"{API}/codings/1").status_code == 404
    assert send("PUT", f"{API}/codings/1/memo", json={"text": "seen"}).status_code == 404


def test_a_change_that_reaches_into_another_area_is_undone(enter, app: Flask) -> None:
    _, send = enter("Wes", WEST)
    assert send("POST", f"{S}/codebook/2/delete").status_code == 302
    assert send("POST", f"{S}/codebook/1/delete").status_code == 404
    place = app.extensions["coproduce"]
    rows = place.reader(place.study_path("pilot")).table("coding")
    assert rows.count == 2


def test_a_story_of_another_area_cannot_be_made_or_quoted(enter) -> None:
    _, send = enter("Wes", WEST)
    start = len("Ruth: What changed?\nMo east: ")
    quote = {"transcript": 1, "start": start, "end": start + len(WORDS["east"])}
    data = {**quote, "quote": WORDS["east"], "title": "Taken", "issue_id": 1}
    assert send("POST", f"{S}/stories/", data=data).status_code == 404
    assert send("POST", f"{S}/stories/quotes", data={**data, "story": 2}).status_code == 404


def test_a_blind_coder_sees_only_their_own_codings_and_no_results(enter) -> None:
    client, send = enter("Bea", member("researcher", blind=True))
    assert send("POST", f"{API}/transcripts/1/codings", json=passage(1, "east")).status_code == 201
    codings = client.get(f"{API}/transcripts/1/codings").get_json()
    assert [row["coder"] for row in codings] == ["Bea"]
    assert "Memo of the east" not in client.get(f"{S}/transcripts/1/place?start=0&end=60").text
    assert "cleared the eastern lane" not in client.get(f"{S}/quotes/").text
    changes = client.get(f"{API}/changes").get_json()["changes"]
    assert {row["actor"] for row in changes if row["object"] in ("coding", "memo")} <= {
        row["actor"] for row in changes if row["object"] == "coder"
    } - {"test"}
    for page in ("effects/", "joint/", "responses/"):
        assert client.get(f"{S}/{page}").status_code == 403
    assert send("DELETE", f"{API}/codings/1").status_code == 404


def test_results_wait_for_the_freeze_and_frozen_coding_stays(enter) -> None:
    _, owner = enter("Olu", member("owner"))
    client, send = enter("Rae", member("researcher"))
    assert client.get(f"{S}/effects/").status_code == 200
    owner("POST", f"{S}/members/hide", data={"hidden": "1"})
    assert client.get(f"{S}/effects/").status_code == 403
    assert owner("GET", f"{S}/effects/").status_code == 200
    owner("POST", f"{S}/members/freeze")
    assert client.get(f"{S}/effects/").status_code == 200
    refused = send("POST", f"{API}/transcripts/1/codings", json=passage(1, "east"))
    assert (refused.status_code, "frozen" in refused.get_json()["error"]) == (400, True)
    assert send("POST", f"{API}/codes", json={"name": "Late"}).status_code == 400
    owner("POST", f"{S}/members/lift")
    assert send("POST", f"{API}/transcripts/1/codings", json=passage(1, "east")).status_code == 201
    assert "lifted by Olu" in owner("GET", f"{S}/members/").text


def test_a_removed_role_holds_from_the_next_request_on(enter, app: Flask) -> None:
    client, send = enter("Rae", member("researcher"))
    assert send("POST", f"{API}/codes", json={"name": "One"}).status_code == 201
    people = app.extensions["coproduce"].people
    rae = people.find_user("Rae")["id"]
    people.set_membership(rae, "pilot", member("viewer"))
    assert send("POST", f"{API}/codes", json={"name": "Two"}).status_code == 403
    people.remove_member(rae, "pilot")
    assert client.get(f"{S}/").status_code == 404
    assert "Study pilot" not in client.get("/").text


def test_whoever_may_not_see_a_study_is_told_what_a_missing_one_tells(enter) -> None:
    client, _ = enter("Rae", member("researcher"))
    for path in ("/studies/{}/", "/studies/{}/transcripts/1/", "/studies/{}/effects/"):
        client_of_none = client.get(path.format("none")).text
        assert "There is no study “none” here" in client_of_none


def test_a_viewer_reads_no_personal_details_in_the_history(enter, app: Flask) -> None:
    from coding.speakers import set_attributes

    place = app.extensions["coproduce"]
    place.writer(place.study_path("pilot")).submit(
        lambda db: set_attributes(db, 1, {"faith": "private"}), actor="test", action="describe"
    )
    client, _ = enter("Vi", member("viewer"))
    rae, _ = enter("Rae", member("researcher"))
    for path in (f"{S}/history/", f"{API}/changes"):
        assert "private" not in client.get(path).text
    assert "private" in rae.get(f"{API}/changes").text
