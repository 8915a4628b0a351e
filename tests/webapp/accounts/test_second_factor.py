"""The second factor: set up by a code, asked for at every way in, each code once."""

import re
import time

import pyotp
import pytest
from flask import Flask

from webapp.people import passwords

from .visitor import PASSWORD, Visitor

NOW = int(time.time()) // 30 * 30


@pytest.fixture
def clock(monkeypatch):
    """Set the time that codes are reckoned by."""

    def at(seconds: int) -> None:
        monkeypatch.setattr(passwords.time, "time", lambda: seconds)

    at(NOW)
    return at


@pytest.fixture
def totp(people, account, clock) -> pyotp.TOTP:
    secret = pyotp.random_base32()
    user_id = account("Ana")
    assert (
        people.set_second_factor(user_id, secret, pyotp.TOTP(secret).at(NOW - 300), None) is False
    )
    clock(NOW - 300)
    assert people.set_second_factor(user_id, secret, pyotp.TOTP(secret).at(NOW - 300), None)
    clock(NOW)
    return pyotp.TOTP(secret)


def test_the_password_alone_lets_nobody_in(visitor: Visitor, totp) -> None:
    assert visitor.sign_in("Ana", next="/account/").location == "/sign-in/code?next=/account/"
    assert not visitor.is_in
    answer = visitor.post("/sign-in/code", code=totp.at(NOW), next="/account/")
    assert answer.location == "/account/"
    assert visitor.is_in


def test_a_code_works_once(app: Flask, totp) -> None:
    for status in (302, 400):
        visitor = Visitor(app)
        visitor.sign_in("Ana")
        assert visitor.post("/sign-in/code", code=totp.at(NOW)).status_code == status


@pytest.mark.parametrize(("off", "status"), [(-60, 400), (-30, 302), (30, 302), (60, 400)])
def test_a_clock_may_be_half_a_minute_off(visitor: Visitor, totp, off: int, status: int) -> None:
    visitor.sign_in("Ana")
    assert visitor.post("/sign-in/code", code=totp.at(NOW + off)).status_code == status


def test_an_older_code_does_not_work_after_a_newer(app: Flask, totp) -> None:
    for off, status in ((30, 302), (0, 400)):
        visitor = Visitor(app)
        visitor.sign_in("Ana")
        assert visitor.post("/sign-in/code", code=totp.at(NOW + off)).status_code == status


def test_codes_can_be_tried_ten_times(visitor: Visitor, totp) -> None:
    visitor.sign_in("Ana")
    tries = [visitor.post("/sign-in/code", code="000000").status_code for _ in range(11)]
    assert tries == [400] * 10 + [429]


def test_the_code_is_waited_for_five_minutes(visitor: Visitor, totp, clock) -> None:
    visitor.sign_in("Ana")
    clock(NOW + 301)
    answer = visitor.post("/sign-in/code", code=totp.at(NOW + 301))
    assert answer.location.startswith("/sign-in?")


def test_without_a_secret_no_code_is_right(people, account, clock) -> None:
    assert people.check_code(account("Bob"), "123456") is False


def test_an_account_closed_between_password_and_code_stays_out(visitor, people, totp) -> None:
    visitor.sign_in("Ana")
    people.disable(people.find_user("Ana")["id"])
    assert visitor.post("/sign-in/code", code=totp.at(NOW)).status_code == 400
    assert not visitor.is_in


def test_it_is_set_up_by_a_code_which_is_used_up_by_that(clock, app, ana: Visitor, people) -> None:
    other = Visitor(app)
    other.sign_in("Ana")
    page = ana.get("/account/second-factor").text
    assert 'src="data:image/svg+xml' in page
    secret = re.search(r"<code[^>]*>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    send = {"code": pyotp.TOTP(secret).at(NOW), "current": PASSWORD}
    assert ana.post("/account/second-factor", code="123", current=PASSWORD).status_code == 400
    assert ana.post("/account/second-factor", **{**send, "current": "x"}).status_code == 400
    assert people.find_user("Ana")["totp_secret"] is None
    assert ana.post("/account/second-factor", **send).status_code == 302
    assert people.find_user("Ana")["totp_secret"] == secret
    assert ana.is_in
    assert not other.is_in
    assert secret not in ana.get("/account/").text
    assert not people.check_code(people.find_user("Ana")["id"], send["code"])


@pytest.mark.parametrize("proof", ["current", "code"])
def test_it_is_dropped_by_the_password_or_a_code(visitor, people, totp, proof: str, clock) -> None:
    visitor.sign_in("Ana")
    visitor.post("/sign-in/code", code=totp.at(NOW))
    clock(NOW + 60)
    assert visitor.post("/account/second-factor/drop", current="x", code="1").status_code == 400
    right = {"current": PASSWORD, "code": totp.at(NOW + 60)}[proof]
    assert visitor.post("/account/second-factor/drop", **{proof: right}).status_code == 302
    assert people.find_user("Ana")["totp_secret"] is None


def test_a_reset_link_does_not_get_past_it(visitor: Visitor, people, totp) -> None:
    link = people.make_reset_link(people.find_user("Ana")["id"])
    new = "another lane by night"
    assert visitor.post(f"/reset/{link}", password=new, again=new).location.startswith(
        "/sign-in/code"
    )
    assert not visitor.is_in
