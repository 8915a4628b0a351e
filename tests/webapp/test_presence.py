"""Who is where: noted while they ask, forgotten soon after, never told to themselves."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from coding import codebook, codings
from linkage import areas
from webapp.presence import LASTS, Presence

from .conftest import sign_in
from .test_stories import CLEARED, hold_group, mark_story, passage, run

HERE = "/studies/pilot/here"


def test_people_are_forgotten_soon_after() -> None:
    now = [0.0]
    presence = Presence(lambda: now[0])
    presence.note("pilot", "transcript 1", "t", "Tom", 3)
    now[0] = LASTS
    presence.note("pilot", "transcript 1", "a", "Ana", None)
    assert [p.name for p in presence.at("pilot", "transcript 1")] == ["Ana", "Tom"]
    now[0] = LASTS + 0.1
    assert [p.name for p in presence.at("pilot", "transcript 1")] == ["Ana"]
    assert presence.at("pilot", "transcript 2") == presence.at("other", "transcript 1") == []
    assert presence.name("t") == "Tom"


def test_two_on_one_desk_see_each_other_and_their_turns(app: Flask, client, tmp_path) -> None:
    live = f"/studies/pilot/transcripts/{hold_group(app, tmp_path, 'east')}/live?since=99"
    tom = sign_in(app, "Tom")
    assert client.get(f"{live}&turn=2").json["people"] == []
    assert tom.get(f"{live}&turn=3").json["people"] == [{"name": "Ana", "turn": 2}]
    assert client.get(live).json["people"] == [{"name": "Tom", "turn": 3}]
    assert client.get(live.replace("/1/", "/99/")).status_code == 404


def test_editors_see_each_other_and_who_saved(app: Flask, client, post, tmp_path) -> None:
    mark_story(post, hold_group(app, tmp_path, "east"))
    tom = sign_in(app, "Tom")
    assert client.get(f"{HERE}/story/1?revision=1").json == {"people": [], "saved_by": None}
    assert tom.get(f"{HERE}/story/1?revision=1").json["people"] == [{"name": "Ana", "turn": None}]
    told = {"title": "The lane", "issue_id": "1", "revision": "1", "summary": "New"}
    assert post("/studies/pilot/stories/1/", data=told).status_code == 303
    assert tom.get(f"{HERE}/story/1?revision=1").json["saved_by"] == "Ana"
    assert tom.get(f"{HERE}/story/9").status_code == 404
    assert tom.get(f"{HERE}/user/1").status_code == 404


def test_a_list_that_stays_open_asks_what_changed(client, post) -> None:
    page = client.get("/studies/pilot/codebook/").text
    assert 'data-live="code coding codebook_closing" data-since="1"' in page
    changed = "/studies/pilot/changed?since=1"
    assert client.get(changed).json == {"last": 1, "objects": []}
    post("/studies/pilot/codebook/", data={"name": "Asking"})
    assert client.get(changed).json == {"last": 2, "objects": ["code"]}
    assert client.get("/studies/pilot/changed?since=x").status_code == 400


def test_news_tells_what_others_did_and_not_oneself(app: Flask, client, post, tmp_path) -> None:
    lane = hold_group(app, tmp_path, "east")
    live = f"/studies/pilot/transcripts/{lane}/live?since="
    last = client.get(f"{live}{10**6}").json["last"]
    place = {name: int(passage(lane)[name]) for name in ("start", "end")}

    def code(db) -> None:
        ana = areas.ensure_coder(db, "Ana")
        for name in ("Acting together", "Being asked", "Trust", "Time", "Rotas"):
            codings.add_coding(db, lane, codebook.add_code(db, name), ana, quote=CLEARED, **place)

    run(app, code)
    answer = client.get(f"{live}{last}").json
    assert answer["theirs"] == [2]
    assert answer["news"] == [
        "Somebody else added the code “Acting together”",
        "Somebody else coded turn 2 as Acting together",
        "Somebody else added the code “Being asked”",
        "and 7 more changes",
    ]
    token = client.get("/token").json["token"]
    sent = {"name": "My own"}
    last = answer["last"]
    client.post("/api/studies/pilot/codes", json=sent, headers={"X-CSRFToken": token})
    answer = client.get(f"{live}{last}").json
    assert (answer["news"], answer["theirs"], "My own" in answer["tree"]) == ([], [], True)


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
def test_a_form_of_an_ended_sign_in_leads_back_to_where_it_was_typed(app: Flask, accept) -> None:
    answer = app.test_client().post(
        "/studies/pilot/stories/1/",
        data={"title": "x"},
        headers={"Accept": accept, "Referer": "http://localhost/studies/pilot/stories/1/"},
    )
    if accept == "application/json":
        assert (answer.status_code, answer.json) == (
            401,
            {"error": "Sign in first.", "current": None},
        )
    else:
        assert answer.location == "/sign-in?next=/studies/pilot/stories/1/"
        assert "saved" not in answer.headers.get("Set-Cookie", "")


def test_a_stale_token_is_told_apart_and_renewed(client: FlaskClient) -> None:
    answer = client.post("/api/studies/pilot/undo", headers={"X-CSRFToken": "old"})
    assert (answer.status_code, answer.json["lapsed"]) == (400, True)
    token = client.get("/token").json["token"]
    answer = client.post("/api/studies/pilot/undo", headers={"X-CSRFToken": token})
    assert "nothing of yours" in answer.json["error"]


def test_the_page_is_told_which_form_was_saved(post) -> None:
    answer = post("/studies/pilot/codebook/", data={"name": "Asking"})
    assert answer.headers["Set-Cookie"].startswith("saved=/studies/pilot/codebook/;")
    answer = post("/studies/pilot/codebook/", data={"name": "Asking"})
    assert "Set-Cookie" not in answer.headers
