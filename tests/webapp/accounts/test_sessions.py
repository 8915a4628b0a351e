"""Sessions end when they must, and what a person may changes with their next request."""

import pytest
from flask import Flask

from webapp.people.members import check_membership

from .visitor import PASSWORD, Visitor

NEW = "another lane by night"


@pytest.fixture
def stolen(app: Flask, ana: Visitor) -> Visitor:
    """Another browser with a session of Ana's."""
    other = Visitor(app)
    other.sign_in("Ana")
    assert other.is_in
    return other


def test_a_new_password_ends_the_other_sessions_only(ana: Visitor, stolen: Visitor) -> None:
    send = {"password": NEW, "again": NEW}
    assert ana.post("/account/password", current="wrong", **send).status_code == 400
    assert stolen.is_in
    assert ana.post("/account/password", current=PASSWORD, **send).status_code == 302
    assert ana.is_in
    assert not stolen.is_in
    assert stolen.sign_in("Ana", PASSWORD).status_code == 400
    assert stolen.sign_in("Ana", NEW).status_code == 302


def test_the_current_password_cannot_be_guessed_from_a_stolen_session(stolen: Visitor) -> None:
    send = {"password": NEW, "again": NEW, "current": "wrong"}
    tries = [stolen.post("/account/password", **send).status_code for _ in range(21)]
    assert tries == [400] * 20 + [429]


def test_closing_the_account_ends_every_session(ana, stolen, people) -> None:
    people.disable(people.find_user("Ana")["id"])
    assert not ana.is_in
    assert not stolen.is_in


def test_reopening_it_brings_no_session_back(ana, people) -> None:
    user_id = people.find_user("Ana")["id"]
    people.disable(user_id)
    people.disable(user_id, False)
    assert not ana.is_in
    assert ana.sign_in("Ana").status_code == 302


def test_one_session_can_be_ended_and_only_ones_own(app, ana, stolen, people, account) -> None:
    page = ana.get("/account/").text
    assert page.count("this one") == 1
    latest = max(row["id"] for row in people.sessions(people.find_user("Ana")["id"]))
    account("Bob")
    bob = Visitor(app)
    bob.sign_in("Bob")
    assert bob.post(f"/account/sessions/{latest}/end").status_code == 404
    assert stolen.is_in
    assert ana.post(f"/account/sessions/{latest}/end").status_code == 302
    assert not stolen.is_in
    assert ana.is_in


def test_all_other_sessions_can_be_ended_at_once(ana, stolen) -> None:
    assert ana.post("/account/sessions/end-others").status_code == 302
    assert ana.is_in
    assert not stolen.is_in


def test_a_role_taken_away_is_gone_at_the_next_request(ana, people) -> None:
    code = {"name": "Care"}
    user_id = people.find_user("Ana")["id"]
    assert ana.post("/studies/pilot/codebook/", **code).status_code in (302, 303)
    people.set_membership(user_id, "pilot", check_membership(["viewer"]))
    assert ana.post("/studies/pilot/codebook/", name="More").status_code == 403
    people.remove_member(user_id, "pilot")
    assert ana.get("/studies/pilot/codebook/").status_code == 404


def test_the_last_owner_and_the_last_administrator_stay(people, account) -> None:
    ana, bob = account("Ana", "owner", administrator=True), account("Bob", "viewer")
    for change in (
        lambda: people.remove_member(ana, "pilot"),
        lambda: people.set_membership(ana, "pilot", check_membership(["viewer"])),
        lambda: people.set_administrator(ana, False),
        lambda: people.disable(ana),
    ):
        with pytest.raises(ValueError, match="only"):
            change()
    people.disable(bob)


def test_a_renamed_person_signs_in_by_the_new_name(app, ana, account) -> None:
    account("Bob")
    assert ana.post("/account/name", name="BOB").status_code == 400
    assert ana.post("/account/name", name="Ana Barrow").status_code == 302
    assert Visitor(app).sign_in("Ana").status_code == 400
    assert Visitor(app).sign_in("ana barrow").status_code == 302
