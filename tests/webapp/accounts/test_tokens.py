"""API tokens: what each may do, and when it ends."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from webapp.accounts.limits import counts
from webapp.people.base import hashed, stamp

from .visitor import Visitor

CHANGES = "/api/studies/pilot/changes?since=0"
CODES = "/api/studies/pilot/codes"


@pytest.fixture
def script(app: Flask):
    """Send a request as a script does, with a token and no cookies."""

    def send(token: str, path: str = CHANGES, method: str = "GET", client=None, **more):
        client: FlaskClient = client or app.test_client(use_cookies=False)
        headers = {"Authorization": f"Bearer {token}"}
        return client.open(path, method=method, headers=headers, **more)

    return send


@pytest.fixture
def ana_id(account) -> int:
    return account("Ana", "researcher")


def test_a_token_is_made_shown_once_used_and_revoked(app, ana: Visitor, people, script) -> None:
    send = {"name": "Notebook", "scope": "read", "days": "30", "study": "pilot"}
    page = ana.post("/account/tokens", **send).text
    token = "coproduce_" + page.split("coproduce_")[1].split("<")[0]
    assert f"Authorization: Bearer {token}" in page.replace("&#34;", "")
    assert token not in ana.get("/account/").text
    assert people.row("SELECT token_sha256 AS kept FROM api_token")["kept"] == hashed(token)
    assert "not used yet" in ana.get("/account/").text
    assert script(token).status_code == 200
    assert "last used" in ana.get("/account/").text
    assert ana.post("/account/tokens/1/revoke").status_code == 302
    assert script(token).status_code == 401
    assert ana.post("/account/tokens/1/revoke").status_code == 404


@pytest.mark.parametrize(
    "wrong", [{"days": "0"}, {"days": "367"}, {"days": "x"}, {"days": "-1"}, {"scope": "all"},
              {"name": ""}, {"study": "gone"}, {"study": "../x"}, {"days": "9" * 30}],
)  # fmt: skip
def test_bad_tokens_are_refused_in_a_sentence(ana: Visitor, people, wrong) -> None:
    send = {"name": "Notebook", "scope": "read", "days": "30", **wrong}
    answer = ana.post("/account/tokens", **send)
    assert answer.status_code == 400
    assert "That did not work" in answer.text
    assert people.tokens(people.find_user("Ana")["id"]) == []


def test_a_token_for_another_persons_study_cannot_be_made(app, ana: Visitor) -> None:
    app.extensions["coproduce"].new_study("other", "Other")
    send = {"name": "Notebook", "scope": "read", "days": "30", "study": "other"}
    assert ana.post("/account/tokens", **send).status_code == 400


def test_a_reading_token_changes_nothing(people, ana_id: int, script) -> None:
    read, write = (people.make_token(ana_id, "x", scope, 1) for scope in ("read", "write"))
    assert script(read).status_code == 200
    answer = script(read, CODES, "POST", json={"name": "Care"})
    assert (answer.status_code, "may only read" in answer.json["error"]) == (403, True)
    assert script(write, CODES, "POST", json={"name": "Care"}).status_code == 201


def test_a_tokens_study_is_all_it_finds(app: Flask, people, account, script) -> None:
    app.extensions["coproduce"].new_study("other", "Other")
    for administrator in (False, True):
        user_id = account(f"Ana {administrator}", administrator=administrator)
        for key in ("pilot", "other"):
            people.join_study(user_id, key, people_roles())
        token = people.make_token(user_id, "x", "write", 1, "pilot")
        assert script(token).status_code == 200
        other = script(token, CHANGES.replace("pilot", "other"))
        gone = script(token, CHANGES.replace("pilot", "gone"))
        assert other.status_code == gone.status_code == 404
        assert other.text.replace("other", "gone") == gone.text
        whole = people.make_token(user_id, "x", "read", 1)
        assert script(whole, CHANGES.replace("pilot", "other")).status_code == 200


def people_roles():
    from webapp.people.members import check_membership

    return check_membership(["researcher"])


def test_a_token_ends_with_its_time_its_person_and_their_roles(people, ana_id, script) -> None:
    token = people.make_token(ana_id, "x", "read", 1)
    people.remove_member(ana_id, "pilot")
    assert script(token).status_code == 404
    people.execute("UPDATE api_token SET expires_at = ?", [stamp(timedelta(seconds=-1))])
    assert script(token).status_code == 401
    token = people.make_token(ana_id, "x", "read", 1)
    people.disable(ana_id)
    assert script(token).status_code == 401
    people.disable(ana_id, False)
    assert script(token).status_code == 401


def test_a_token_opens_no_page(people, ana_id: int, script) -> None:
    token = people.make_token(ana_id, "x", "write", 1)
    for path in ("/", "/account/", "/studies/pilot/"):
        assert script(token, path).location.startswith("/sign-in")


def test_a_cookie_needs_the_pages_token_whatever_else_is_sent(ana, people, script) -> None:
    own = people.make_token(people.find_user("Ana")["id"], "x", "write", 1)
    for token in ("nonsense", own):
        answer = script(token, CODES, "POST", ana.client, json={"name": "Care"})
        assert answer.status_code == 400
        assert "reload" in answer.json["error"]
    assert ana.post(CODES, name="x").status_code == 400  # this time for its content
    assert "JSON" in ana.post(CODES, name="x").text


def test_wrong_tokens_are_counted_and_right_ones_are_not(people, ana_id: int, script) -> None:
    token = people.make_token(ana_id, "x", "read", 1)
    tries = [script(f"coproduce_{i}").status_code for i in range(61)]
    assert tries == [401] * 60 + [429]
    assert script(token).status_code == 200
    counts.reset()
    assert script("coproduce_1").status_code == 401
