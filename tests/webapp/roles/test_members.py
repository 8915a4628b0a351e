"""The members page: inviting, joining, changing, removing."""

import re

from flask import Flask
from flask.testing import FlaskClient

from ..conftest import csrf, sign_in

MEMBERS = "/studies/pilot/members/"
WORDS = "three walls of wool"


def invite(post, **chosen) -> str:
    """Make an invitation and return its address on this site."""
    page = post(f"{MEMBERS}invite", data={"role": ["researcher"], "where": "all", **chosen}).text
    found = re.search(r"<code[^>]*>http://[^/]+(/invitation/[\w-]+)</code>", page)
    assert found, page
    return found[1]


def join(app: Flask, address: str, name: str) -> FlaskClient:
    client = app.test_client()
    token = client.get(address).text.split('name="csrf-token" content="')[1].split('"')[0]
    data = {"name": name, "password": WORDS, "again": WORDS}
    answer = client.post(address, data=data, headers={"X-CSRFToken": token})
    assert answer.status_code == 302, answer.text
    return client


def test_an_invitation_makes_an_account_and_a_member_once(app: Flask, post) -> None:
    address = invite(post, role=["researcher", "nudge author"], area=["2"], where="some")
    client = join(app, address, "Priya Nair")
    assert "West" in client.get("/studies/pilot/transcripts/import").text
    assert "East" not in client.get("/studies/pilot/transcripts/import").text
    assert client.get(address).status_code == 404


def test_members_are_listed_changed_and_removed(app: Flask, client: FlaskClient, post) -> None:
    priya = join(app, invite(post), "Priya Nair")
    number = app.extensions["coproduce"].people.find_user("Priya Nair")["id"]
    assert "Priya Nair" in client.get(MEMBERS).text
    post(f"{MEMBERS}{number}", data={"role": ["viewer"], "where": "all"})
    token = csrf(priya)
    refused = priya.post("/studies/pilot/codebook/", headers={"X-CSRFToken": token})
    assert (refused.status_code, "Your roles here" in refused.text) == (403, True)
    assert post(f"{MEMBERS}{number}/remove").status_code == 302
    assert priya.get("/studies/pilot/").status_code == 404


def test_an_invitation_can_be_taken_back(app: Flask, client: FlaskClient, post) -> None:
    address = invite(post, note="Tom")
    page = client.get(MEMBERS).text
    assert "Tom" in page
    found = re.search(r"/invitations/\d+/withdraw", page)
    assert found
    assert post(MEMBERS.rstrip("/") + found[0]).status_code == 302
    assert app.test_client().get(address).status_code == 404


def test_wrong_choices_get_one_sentence(post) -> None:
    for chosen, words in [
        ({"role": []}, "at least one role"),
        ({"role": ["king"]}, "no role"),
        ({"where": "some"}, "at least one area"),
        ({"role": ["owner"], "where": "some", "area": ["1"]}, "whole study"),
        ({"role": ["viewer"], "blind": "1"}, "Only a researcher codes blind"),
    ]:
        data = {"role": ["researcher"], "where": "all", **chosen}
        answer = post(f"{MEMBERS}invite", data=data)
        assert (answer.status_code, words in answer.text) == (400, True), chosen


def test_the_only_owner_stays(app: Flask, post) -> None:
    join(app, invite(post, role=["owner"]), "Olu")
    number = app.extensions["coproduce"].people.find_user("Olu")["id"]
    assert "only owner" in post(f"{MEMBERS}{number}/remove").text
    assert "only owner" in post(f"{MEMBERS}{number}", data={"role": ["viewer"]}).text


def test_what_each_role_may_do_is_shown_to_everybody(app: Flask) -> None:
    people = app.extensions["coproduce"].people
    from webapp.people.members import Membership

    viewer = people.ensure_user("Vi")["id"]
    people.set_membership(viewer, "pilot", Membership(frozenset({"viewer"})))
    page = sign_in(app, "Vi", administrator=False).get(f"{MEMBERS}roles").text
    assert "You are viewer" in page
    assert "Code transcripts" in page
