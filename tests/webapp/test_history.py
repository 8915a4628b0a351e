"""The history page: what is shown, undo across sign-ins, bringing back, snapshots."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from .conftest import csrf, sign_in
from .talk import S

H = f"{S}/history"


@pytest.fixture
def coded(post, stored) -> None:
    post(f"{S}/codebook/", data={"name": "Together", "definition": "People act as a group."})
    passage = {"code_id": 1, "start": 5, "end": 9, "quote": "What"}
    answer = post("/api/studies/pilot/transcripts/1/codings", json=passage)
    assert answer.status_code == 201, answer.json


def page(client: FlaskClient, address: str = "/", status: int = 200) -> str:
    answer = client.get(H + address)
    assert answer.status_code == status
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text.split("<main")[1]))


def last_change(client: FlaskClient) -> int:
    return int(re.findall(r'id="change-(\d+)"', client.get(f"{H}/").text)[0])


def test_a_study_without_changes_says_so(app: Flask, client: FlaskClient) -> None:
    app.extensions["coproduce"].new_study("bare", "Bare")
    text = client.get("/studies/bare/history/").text
    assert "Nothing has been changed in this study yet" in text


def test_before_and_after_are_told_in_words(client: FlaskClient, post, coded) -> None:
    told = {"name": "Jointly", "definition": "People act as a group, and for the place."}
    post(f"{S}/codebook/1/", data={"revision": "1", **told})
    text = page(client)
    assert "Ana change the code “Together”" in text
    assert "before: Together → after: Jointly" in text
    assert "act as a removed: group. ; added: group, and for the place. ;" in text


def test_filters_stand_in_the_address(client: FlaskClient, coded) -> None:
    assert "code a passage" in page(client, "/?kind=coding")
    assert "add the code" not in page(client, "/?kind=coding").split("Show all")[1]
    assert "No change fits these filters" in page(client, "/?text=nowhere+to+be+found")
    assert "Changes of the code “Together”" in client.get(f"{H}/?kind=code&id=1").text


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/?from=yesterday", "is not a date"),
        ("/?id=3", "Say of which kind"),
        ("/?before=x", "not a whole number"),
        ("/codebook?from=x", "not a whole number"),
        ("/codebook.csv", "Say which snapshot"),
    ],
)
def test_wrong_addresses_are_one_sentence(client: FlaskClient, address, sentence) -> None:
    assert sentence in page(client, address, 400)


def test_older_changes_are_on_further_pages(client: FlaskClient, post, coded) -> None:
    for i in range(60):
        post(f"{S}/codebook/", data={"name": f"Code {i}"})
    text = client.get(f"{H}/").text
    older = re.search(r"before=(\d+)", text)
    assert older
    assert text.count('class="entry"') == 50
    assert "set up" in page(client, f"/?before={older[1]}")


def test_undo_and_redo_go_on_after_a_new_sign_in(app: Flask, post, client, coded) -> None:
    assert "Your last change code a passage as “Together”" in page(client)
    post("/sign-out")
    again = sign_in(app)
    send = {"headers": {"X-CSRFToken": csrf(again)}, "follow_redirects": True}
    assert "Undone: code a passage as “Together”." in again.post(f"{H}/undo", **send).text
    third = sign_in(app)
    send["headers"] = {"X-CSRFToken": csrf(third)}
    assert "You undid: code a passage as “Together”" in page(third)
    assert "Redone: code a passage as “Together”." in third.post(f"{H}/redo", **send).text


def test_undo_takes_back_ones_own_change_only(app: Flask, client, post, db, coded) -> None:
    tom = sign_in(app, "Tom")
    header = {"X-CSRFToken": csrf(tom)}
    tom.post(f"{S}/codebook/", headers=header, data={"name": "Of Tom"})
    post(f"{H}/undo")
    assert [row["name"] for row in db.table("code").rows] == ["Together", "Of Tom"]
    assert db.table("coding").count == 0
    assert "nothing of yours to redo" in tom.post(f"{H}/redo", headers=header).text


def test_undo_does_what_the_page_said_or_nothing(client, post, db, coded) -> None:
    shown = re.search(r'name="change" value="(\d+)"', client.get(f"{H}/").text)
    assert shown
    post(f"{S}/codebook/", data={"name": "Meanwhile"})
    answer = post(f"{H}/undo", data={"change": shown[1]})
    assert answer.status_code == 409
    assert "see what undo would do now" in answer.text
    assert db.table("code").count == 2


def test_who_undid_everything_keeps_a_name(client, post, coded) -> None:
    for _ in range(2):
        post(f"{H}/undo")
    assert "Ana undo: add the code “Together”" in page(client)


def test_a_deleted_code_comes_back_with_its_codings(app, client, post, db, coded) -> None:
    tom = sign_in(app, "Tom")
    tom.post(f"{S}/codebook/1/delete", headers={"X-CSRFToken": csrf(tom)})
    assert "Bring back the code “Together”" in page(client)
    answer = post(f"{H}/{last_change(client)}/restore")
    assert answer.status_code == 302
    assert "Brought back: the code “Together”" in page(client)
    assert (db.table("code").count, db.table("coding").count) == (1, 1)


def test_what_cannot_come_back_says_what_to_do(client, post, coded) -> None:
    post(f"{S}/codebook/", data={"name": "Nested", "parent_id": "1"})
    post(f"{S}/codebook/2/delete")
    nested = last_change(client)
    post(f"{S}/codebook/1/delete")
    parent = last_change(client)
    answer = post(f"{H}/{nested}/restore")
    assert answer.status_code == 400
    assert "belonged to the code “Together”, which was deleted too" in answer.text
    assert f'href="{H}/{parent}/"' in answer.text
    assert "is there already" in post(f"{H}/1/restore").text
    assert post(f"{H}/999/restore").status_code == 404


def test_codebooks_are_compared_from_snapshot_to_now(client, post, coded) -> None:
    assert "There is no snapshot to compare with yet" in page(client, "/codebook")
    post(f"{H}/snapshots", data={"name": "Round 1", "note": "first reading"})
    post(f"{S}/codebook/1/", data={"name": "Together", "revision": "1", "definition": "As one."})
    post(f"{S}/codebook/", data={"name": "=Alone"})
    text = page(client, "/codebook?from=1")
    assert "1 added" in text
    assert "1 redefined" in text
    assert "Definition: removed: People act as a group. ; added: As one." in text
    assert "No code was added" in page(client, "/codebook?from=1&to=1")
    sheet = client.get(f"{H}/codebook.csv?from=1")
    assert "'=Alone,added" in sheet.text
    assert "pilot-codebook-Round 1-now.csv" in sheet.headers["Content-Disposition"]


def test_a_snapshot_needs_a_name_of_its_own(client, post, coded) -> None:
    assert "must have 1 to 200" in post(f"{H}/snapshots", data={"name": " "}).text
    post(f"{H}/snapshots", data={"name": "Round 1"})
    answer = post(f"{H}/snapshots", data={"name": "Round 1", "note": "kept in the form"})
    assert answer.status_code == 400
    assert "kept in the form" in answer.text
