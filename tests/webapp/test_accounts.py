"""Getting in by a one-time link, staying in by a session on the server, and getting out."""

import stat

import pytest
from flask import Flask
from flask.testing import FlaskClient

from webapp.security import local_path


def new_link(app: Flask) -> str:
    people = app.extensions["coproduce"].people
    return f"/sign-in/{people.make_sign_in_link(people.ensure_user('Ana')['id'])}"


def test_nobody_gets_in_without_a_link(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/").location == "/sign-in?next=/"
    assert client.get("/studies/pilot/settings").status_code == 302
    assert client.get("/api/studies/pilot/changes").status_code in (401, 404)


def test_a_link_works_once(app: Flask) -> None:
    link = new_link(app)
    assert app.test_client().get(link).location == "/"
    assert app.test_client().get(link).location == "/sign-in?spent=1"


def test_a_session_ends_for_good_when_signing_out(app: Flask, client: FlaskClient, post) -> None:
    cookie = client.get_cookie("coproduce")
    assert client.get("/").status_code == 200
    post("/sign-out")
    thief = app.test_client()
    thief.set_cookie("coproduce", cookie.value)
    assert thief.get("/").location.startswith("/sign-in")


def test_a_change_without_its_token_is_refused(client: FlaskClient) -> None:
    answer = client.post("/studies", data={"name": "Sneaked"})
    assert answer.status_code == 400
    assert "reload it and try again" in answer.text


def test_the_secret_key_is_made_once_and_private(app: Flask) -> None:
    instance = app.extensions["coproduce"]
    file = instance.path / "secret_key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert instance.secret_key() == instance.secret_key() == file.read_text()
    assert len(file.read_text()) == 64


def test_pages_allow_no_inline_code(client: FlaskClient) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


@pytest.mark.parametrize("bad", ["//evil.example", "https://evil.example", "/\\evil", "x", None])
def test_redirects_stay_here(bad: str | None) -> None:
    assert local_path(bad) is None
    assert local_path("/studies/a?b=c") == "/studies/a?b=c"
