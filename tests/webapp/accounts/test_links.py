"""Links that people are sent: reset and invitation, once, in time, and to this site only."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask

from webapp.people.base import hashed, stamp
from webapp.people.members import Membership, check_membership

from .visitor import Visitor

NEW = {"password": "another lane by night", "again": "another lane by night"}
EVIL = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https",
        "Forwarded": "host=evil.example"}  # fmt: skip


@pytest.fixture
def chief(app: Flask, account) -> Visitor:
    """An administrator, signed in."""
    account("Chief", administrator=True)
    chief = Visitor(app)
    chief.sign_in("Chief")
    return chief


def link_on(page: str, kind: str) -> str:
    return page.split(f"/{kind}/")[1].split("<")[0]


def test_a_reset_link_lasts_thirty_minutes_and_only_its_hash_is_stored(people, account) -> None:
    link = people.make_reset_link(account("Ana"))
    row = people.row("SELECT * FROM one_time_link")
    assert row["token_sha256"] == hashed(link)
    assert link not in str(row)
    left = datetime.fromisoformat(row["expires_at"]) - datetime.fromisoformat(stamp())
    assert timedelta(minutes=29) < left <= timedelta(minutes=30)
    people.execute("UPDATE one_time_link SET expires_at = ?", [stamp(timedelta(seconds=-1))])
    assert people.use_reset_link(link, NEW["password"]) is None


def test_a_reset_link_works_once_and_signs_in(app: Flask, people, ana: Visitor) -> None:
    link = people.make_reset_link(people.find_user("Ana")["id"])
    path, visitor = f"/reset/{link}", Visitor(app)
    assert "Ana" in visitor.get(path).text
    assert visitor.post(path, password="short", again="short").status_code == 400
    assert visitor.post(path, password=NEW["password"], again="x").status_code == 400
    assert visitor.post(path, **NEW).location == "/"
    assert visitor.is_in
    assert not ana.is_in
    assert Visitor(app).post(path, **NEW).status_code == 404


def test_a_newer_reset_link_ends_the_one_before(people, account) -> None:
    user_id = account("Ana")
    first, second = people.make_reset_link(user_id), people.make_reset_link(user_id)
    assert people.link("reset", first) is None
    assert people.link("reset", second)
    assert people.link("invitation", second) is None


def test_a_closed_account_has_no_reset_link(chief: Visitor, people, account) -> None:
    user_id = account("Ana")
    link = people.make_reset_link(user_id)
    chief.post(f"/people/{user_id}/close")
    assert people.use_reset_link(link, NEW["password"]) is None
    assert chief.post(f"/people/{user_id}/reset").status_code == 400


@pytest.mark.parametrize("public_url", ["http://127.0.0.1:8000", "https://coproduce.example.org"])
def test_a_poisoned_host_does_not_change_links(app, chief, account, public_url: str) -> None:
    app.extensions["settings"] = type(app.extensions["settings"])(public_url)
    # By hand: the test client would keep its cookies from another host.
    headers = {**EVIL, "X-CSRFToken": chief.csrf, "Cookie": f"coproduce={chief.cookie}"}
    client = app.test_client(use_cookies=False)
    for path, kind, form in (
        (f"/people/{account('Ana')}/reset", "reset", {}),
        ("/people/invite", "invitation", {"note": "Bob"}),
        ("/studies/pilot/members/invite", "invitation", {"role": "viewer", "where": "all"}),
    ):
        page = client.post(path, data=form, headers=headers).text
        assert "evil.example" not in page
        assert f"{public_url}/{kind}/" in page
    for path in ("/", "/studies/gone/", "/account/"):
        answer = Visitor(app).get(path, headers=EVIL)
        assert not urlsplit(answer.location or "/").netloc
        assert "evil.example" not in answer.text


def test_an_invitation_makes_one_member(app: Flask, chief: Visitor, people) -> None:
    form = {"role": ["researcher"], "where": "some", "area": ["1"], "blind": "on"}
    link = link_on(chief.post("/studies/pilot/members/invite", **form).text, "invitation")
    bob = Visitor(app)
    assert "Pilot study" in bob.get(f"/invitation/{link}").text
    assert bob.post(f"/invitation/{link}", name="chief", **NEW).status_code == 400
    assert bob.post(f"/invitation/{link}", name="Bob", **NEW).location == "/studies/pilot/"
    assert bob.is_in
    assert people.membership(people.find_user("Bob")["id"], "pilot") == Membership(
        frozenset({"researcher"}), frozenset({1}), True
    )
    assert Visitor(app).post(f"/invitation/{link}", name="Eve", **NEW).status_code == 404
    assert people.find_user("Eve") is None


def test_a_person_with_an_account_joins_with_it(people, ana: Visitor) -> None:
    link = people.invite("pilot", ["analyst"])
    assert ana.post(f"/invitation/{link}").status_code == 302
    roles = people.membership(people.find_user("Ana")["id"], "pilot").roles
    assert roles == {"researcher", "analyst"}


def test_who_loses_a_standing_loses_the_invitations_given_with_it(people, account) -> None:
    people.set_membership(account("Stays"), "pilot", check_membership(["owner"]))
    ana = account("Ana", "owner", administrator=True)
    account("Chief", administrator=True)

    def open_still(change) -> bool:
        people.set_membership(ana, "pilot", check_membership(["owner"]))
        people.set_administrator(ana, True)
        link = people.invite("pilot", ["owner"], made_by=ana)
        change()
        return people.link("invitation", link) is not None

    assert open_still(lambda: people.set_membership(ana, "pilot", check_membership(["owner"])))
    assert not open_still(lambda: people.set_membership(ana, "pilot", check_membership(["viewer"])))
    assert not open_still(lambda: people.remove_member(ana, "pilot"))
    assert not open_still(lambda: people.set_administrator(ana, False))
    assert not open_still(lambda: people.disable(ana))


def test_people_is_for_administrators(app: Flask, ana: Visitor, chief: Visitor, people) -> None:
    user_id = people.find_user("Ana")["id"]
    assert ana.get("/people/").status_code == 403
    assert ana.post(f"/people/{user_id}/administrator", make="1").status_code == 403
    page = chief.get("/people/").text
    assert "Ana" in page
    assert "pilot" in page
    assert people.find_user("Ana")["password_hash"] not in page
    assert chief.post(f"/people/{user_id}/administrator", make="1").status_code == 302
    assert ana.get("/people/").status_code == 200
    assert chief.post(f"/people/{user_id}/administrator").status_code == 302
    assert chief.post(f"/people/{user_id}/second-factor/drop").status_code == 302
    assert chief.post("/people/999/close").status_code == 404
    assert chief.post(f"/people/{2**70}/close").status_code == 404
