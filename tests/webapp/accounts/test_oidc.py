"""Single sign-on with a real provider: who is let in, and what is not believed."""

import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask import Flask

from coding.errors import BadInput
from webapp import create_app
from webapp.accounts.limits import counts
from webapp.settings import read_settings

from .provider import Provider
from .visitor import PASSWORD, Visitor

OIDC = '[oidc]\nname = "University"\nissuer = "{}"\nclient_id = "coproduce"\nclient_secret = "s"\n'
PUBLIC = "https://coproduce.example.org"


@pytest.fixture
def provider() -> Iterator[Provider]:
    provider = Provider()
    yield provider
    provider.close()


@pytest.fixture
def app(tmp_path: Path, provider: Provider) -> Iterator[Flask]:
    folder = tmp_path / "instance"
    folder.mkdir()
    (folder / "coproduce.toml").write_text(
        f'public_url = "{PUBLIC}"\n' + OIDC.format(provider.issuer)
    )
    app = create_app(folder)
    app.config["SESSION_COOKIE_SECURE"] = False  # the test client speaks http
    counts.reset()
    app.extensions["coproduce"].new_study("pilot", "Pilot study")
    yield app
    app.extensions["coproduce"].close()


def go(address: str) -> str:
    """Let the provider send the browser back; returns the path on our side."""
    answer = requests.get(address, allow_redirects=False, timeout=10)
    back = answer.headers["Location"]
    assert back.startswith(f"{PUBLIC}/oidc/back?")
    return back.removeprefix(PUBLIC)


def start(visitor: Visitor, target: str = "/") -> str:
    return go(visitor.get(f"/oidc/start?next={target}").location)


def link_in(page: str) -> str:
    return page.split('class="btn main" href="')[1].split('"')[0].replace("&amp;", "&")


@pytest.fixture
def tied(people, account, provider: Provider) -> int:
    user_id = account("Ana", "researcher")
    people.connect(user_id, f"{provider.issuer} s-1")
    return user_id


def test_a_tied_subject_signs_in_with_state_nonce_and_pkce(visitor: Visitor, tied) -> None:
    assert "Sign in with University" in visitor.get("/sign-in").text
    address = visitor.get("/oidc/start?next=/studies/pilot/", headers={"Host": "evil.example"})
    asked = parse_qs(urlsplit(address.location).query)
    assert asked["redirect_uri"] == [f"{PUBLIC}/oidc/back"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["scope"] == ["openid"]
    assert asked["state"]
    assert asked["nonce"]
    answer = visitor.get(start(visitor, "/studies/pilot/"))
    assert answer.location == "/studies/pilot/"
    assert visitor.is_in


def test_an_unknown_subject_is_refused_and_makes_no_account(visitor, tied, provider, people):
    provider.subject = "s-2"
    answer = visitor.get(start(visitor))
    assert answer.status_code == 403
    assert "No open account here is connected" in answer.text
    assert not visitor.is_in
    assert len(people.accounts()) == 1


def test_a_closed_account_is_refused_alike(visitor, tied, people, provider, account) -> None:
    account("Chief", administrator=True)
    people.disable(tied)
    assert visitor.get(start(visitor)).status_code == 403


def test_the_same_subject_of_another_provider_is_another_person(visitor, people, account) -> None:
    people.connect(account("Ana"), "https://elsewhere.example s-1")
    assert visitor.get(start(visitor)).status_code == 403


def test_a_second_factor_set_here_is_asked_for(visitor, tied, people) -> None:
    people.execute("UPDATE user SET totp_secret = 'JBSWY3DPEHPK3PXPJBSWY3DP'")
    assert visitor.get(start(visitor)).location.startswith("/sign-in/code")
    assert not visitor.is_in


@pytest.mark.parametrize(
    "spoil", [{"nonce": "other"}, {"aud": "another"}, {"iss": "https://evil.example"},
              {"exp": int(time.time()) - 1000}, {"sub": ""}, {"sub": 7}],
)  # fmt: skip
def test_a_token_for_something_else_is_not_believed(visitor, tied, provider, spoil) -> None:
    provider.spoil = spoil
    answer = visitor.get(start(visitor))
    assert answer.status_code == 400
    assert "did not work" in answer.text
    assert not visitor.is_in


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_token_signed_by_nobody_is_not_believed(visitor, tied, provider, algorithm) -> None:
    provider.algorithm = algorithm
    assert visitor.get(start(visitor)).status_code == 400
    assert not visitor.is_in


def test_an_answer_works_once_and_only_where_it_was_asked_for(app, visitor, tied) -> None:
    back = start(visitor)
    assert Visitor(app).get(back).status_code == 400
    assert visitor.get(back.split("state=")[0] + "state=other").status_code == 400
    assert visitor.get("/oidc/back?error=access_denied&state=x").status_code == 400
    assert visitor.get("/oidc/back").status_code == 400
    assert not visitor.is_in
    assert visitor.get(start(visitor)).status_code == 302
    assert visitor.get(back).status_code == 400


def test_a_provider_that_calls_itself_otherwise_is_not_believed(visitor, provider) -> None:
    provider.calls_itself = "https://evil.example"
    assert visitor.get("/oidc/start").status_code == 400


def test_a_provider_that_is_away_is_said_so(visitor, provider: Provider) -> None:
    provider.close()
    answer = visitor.get("/oidc/start")
    assert answer.status_code == 400
    assert "Signing in with University did not work" in answer.text


def test_a_person_connects_and_disconnects(app, ana: Visitor, people, provider) -> None:
    assert ana.post("/oidc/connect", current="wrong").status_code == 400
    back = go(link_in(ana.post("/oidc/connect", current=PASSWORD).text))
    assert ana.get(back).location == "/account/#sign-on"
    assert people.find_user("Ana")["oidc_subject"] == f"{provider.issuer} s-1"
    other = Visitor(app)
    assert other.get(start(other)).status_code == 302
    assert other.is_in
    assert ana.post("/oidc/disconnect").status_code == 302
    assert people.find_user("Ana")["oidc_subject"] is None


def test_connecting_holds_for_who_started_it_only(app, ana, account, people) -> None:
    back = go(link_in(ana.post("/oidc/connect", current=PASSWORD).text))
    account("Bob")
    ana.sign_in("Bob")
    assert ana.get(back).status_code == 400
    assert people.find_user("Bob")["oidc_subject"] is None


def test_a_subject_has_one_account(ana: Visitor, people, account, provider) -> None:
    people.connect(account("Bob"), f"{provider.issuer} s-1")
    back = go(link_in(ana.post("/oidc/connect", current=PASSWORD).text))
    assert ana.get(back).status_code == 400


def test_an_invitation_is_taken_up_by_single_sign_on(visitor, people, provider) -> None:
    link = people.invite("pilot", ["analyst"])
    assert "Join with University" in visitor.get(f"/invitation/{link}").text
    assert visitor.post(f"/oidc/invitation/{link}", name="").status_code == 400
    back = go(link_in(visitor.post(f"/oidc/invitation/{link}", name="Cleo").text))
    assert people.find_user("Cleo") is None
    assert visitor.get(back).status_code == 302
    assert visitor.is_in
    cleo = people.find_user("Cleo")
    assert people.membership(cleo["id"], "pilot").roles == {"analyst"}
    assert visitor.post("/oidc/disconnect").status_code == 400, "nothing else lets them in"
    assert visitor.post(f"/oidc/invitation/{link}", name="Eve").status_code == 404


def test_without_settings_there_is_no_single_sign_on(app: Flask, visitor: Visitor) -> None:
    settings = app.extensions["settings"]
    app.extensions["settings"] = type(settings)(settings.public_url)
    for path in ("/oidc/start", "/oidc/back"):
        assert visitor.get(path).status_code == 404


GOOD = OIDC.format("https://sso.example.org")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("public_url = 7", "public_url"),
        ('public_url = "ftp://x"', "public_url"),
        ('public_url = "https://"', "public_url"),
        ('public_url = "https://a.example/path"', "public_url"),
        ('public_url = "https://u:p@a.example"', "public_url"),
        ('public_url = "http://[x"', "public_url"),
        ('publik_url = "https://a.example"', "publik_url"),
        ("oidc = 3", "table"),
        (GOOD.replace("client_id", "client"), "sets “client”"),
        (GOOD.replace('"coproduce"', "7"), "client_id"),
        (GOOD.replace("client_secret", "#"), "client_secret"),
        (GOOD.replace("https:", "http:"), "https://"),
        (GOOD + 'more = "x"', "sets “more”"),
        ("= broken", "TOML"),
    ],
)
def test_wrong_settings_are_said_in_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "coproduce.toml").write_text(text)
    with pytest.raises(BadInput, match=said) as refusal:
        read_settings(tmp_path)
    assert "\n" not in str(refusal.value)
