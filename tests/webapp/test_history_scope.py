"""The history under roles and scopes: it shows and does no more than the other pages."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from webapp.people.members import check_membership

from .conftest import csrf, sign_in
from .talk import S

H = f"{S}/history"
Join = Callable[..., FlaskClient]


@pytest.fixture
def join(app: Flask, post, stored) -> Join:
    """Return a function that signs in a member; Ana has coded the talk in the east."""
    post(f"{S}/codebook/", data={"name": "Together"})
    passage = {"code_id": 1, "start": 5, "end": 9, "quote": "What"}
    post("/api/studies/pilot/transcripts/1/codings", json=passage)
    post(f"{S}/codebook/", data={"name": "Gone"})
    post(f"{S}/codebook/2/delete")

    def member(role: str, **limits) -> FlaskClient:
        people = app.extensions["coproduce"].people
        user = people.ensure_user("Tom")
        people.set_membership(user["id"], "pilot", check_membership([role], **limits))
        return sign_in(app, "Tom", administrator=False)

    return member


def change_of(client: FlaskClient, action: str) -> str:
    found = re.search(rf'id="change-(\d+)"(?:(?!</p>).)*{action}', client.get(f"{H}/").text, re.S)
    assert found
    return found[1]


def test_a_viewer_reads_and_cannot_undo_restore_or_name(join: Join) -> None:
    viewer = join("viewer")
    text = viewer.get(f"{H}/").text
    assert "code a passage as “Together”" in text
    assert "<h2>Your last change" not in text
    assert "Take a snapshot" not in text
    assert "Bring back" not in text
    header = {"X-CSRFToken": csrf(viewer)}
    gone = change_of(viewer, "delete the code")
    for path in ("undo", "redo", "snapshots", f"{gone}/restore"):
        assert viewer.post(f"{H}/{path}", headers=header, data={"name": "x"}).status_code == 403


@pytest.mark.parametrize("limits", [{"areas": [2]}, {"blind": True}])
def test_others_codings_are_not_in_the_history_of_who_may_not_see_them(
    join: Join, client: FlaskClient, limits
) -> None:
    coded = change_of(client, "code a passage")
    limited = join("researcher", **limits)
    text = limited.get(f"{H}/").text
    assert "add the code “Together”" in text
    assert "code a passage" not in text
    assert "code a passage" not in limited.get(f"{H}/?kind=coding").text
    assert "code a passage" not in limited.get(f"{H}/?text=What").text
    page = limited.get(f"{H}/{coded}/").text
    assert "partly beyond what is yours to see" in page  # it also made Ana a coder, which is seen
    assert "Together" not in page.split("<main")[1]


def test_a_change_of_hidden_rows_only_is_not_there(join: Join, client: FlaskClient) -> None:
    limited = join("researcher", areas=[2])
    imported = re.search(r'id="change-(\d+)"', client.get(f"{H}/?kind=transcript").text)
    assert imported
    assert limited.get(f"{H}/{imported[1]}/").status_code == 404
    header = {"X-CSRFToken": csrf(limited)}
    assert limited.post(f"{H}/{imported[1]}/restore", headers=header).status_code == 404


def test_other_areas_words_are_not_in_the_history(join: Join) -> None:
    limited = join("researcher", areas=[2])
    assert "We cleared the lane" not in limited.get(f"{H}/?text=cleared").text
    assert "import" not in limited.get(f"{H}/?kind=transcript").text.split("<main")[1]


def test_codings_in_a_comparison_are_those_one_may_see(join: Join, post) -> None:
    post(f"{H}/snapshots", data={"name": "Now"})
    rows = join("viewer").get(f"{H}/codebook.csv?from=1").text.splitlines()
    assert rows[1].endswith(",1,1,")
    rows = join("researcher", blind=True).get(f"{H}/codebook.csv?from=1").text.splitlines()
    assert rows[1].endswith(",0,0,")


def test_a_frozen_coding_keeps_deleted_codes_away(join: Join, post, client) -> None:
    gone = change_of(client, "delete the code")
    post(f"{S}/members/freeze")
    answer = post(f"{H}/{gone}/restore")
    assert answer.status_code == 400
    assert "The coding is frozen" in answer.text
