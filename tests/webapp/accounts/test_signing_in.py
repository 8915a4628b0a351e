"""Signing in by name and password: what it tells, what it costs, how often it may be tried."""

from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from webapp.accounts.limits import counts
from webapp.people import passwords
from webapp.people.base import stamp

from .visitor import PASSWORD, QUICK, Visitor


@pytest.fixture
def verified(monkeypatch) -> list[str]:
    """Note each password that is really compared by argon2."""
    seen: list[str] = []

    class Counting(passwords.PasswordHasher):
        def verify(self, stored, password):
            seen.append(stored)
            return super().verify(stored, password)

    monkeypatch.setattr(passwords, "HASHER", Counting(**QUICK))
    return seen


def test_a_stored_password_costs_memory_and_time() -> None:
    hasher = passwords.PasswordHasher()  # what HASHER is outside of these tests
    assert (hasher.type.name, hasher.memory_cost >= 64 * 1024) == ("ID", True)


def test_nobodys_hash_costs_what_a_real_one_does() -> None:
    stored = [passwords.nobodys_hash(), passwords.hash_password(PASSWORD)]
    assert len({tuple(each.split("$")[:4]) for each in stored}) == 1
    assert len({len(each) for each in stored}) == 1
    with pytest.raises(passwords.VerificationError, match="does not match"):
        passwords.HASHER.verify(stored[0], PASSWORD)


def test_name_and_password_let_a_person_in(visitor: Visitor, account) -> None:
    account("Ana")
    answer = visitor.sign_in("  aNA ", next="/studies/pilot/")
    assert (answer.status_code, answer.location) == (302, "/studies/pilot/")
    assert visitor.is_in


def test_a_password_fits_however_its_accents_were_typed(visitor: Visitor, people) -> None:
    people.set_password(people.add_user("Ana")["id"], "caf\u00e9 by the river")
    assert visitor.sign_in("Ana", "cafe\u0301 by the river").status_code == 302


def test_who_cannot_sign_in_is_told_the_same_after_the_same_work(
    app: Flask, account, people, verified
) -> None:
    account("Known")
    people.disable(account("Closed"))
    people.add_user("No password")
    answers = set()
    for name in ("Nobody", "Known", "Closed", "No password"):
        for password in ("wrong password", "", PASSWORD):
            if (name, password) == ("Known", PASSWORD):
                continue
            verified.clear()
            answer = Visitor(app).sign_in(name, password)
            assert len(verified) == 1, name
            assert all(hash.startswith("$argon2id$") for hash in verified)
            page = answer.text.replace(name, "NAME")
            answers.add((answer.status_code, page[page.index("<main") :].split("csrf_token")[0]))
    assert len(answers) == 1


def test_an_account_can_be_tried_ten_times_in_ten_minutes(app: Flask, account) -> None:
    account("Ana")
    for name in ("Ana", "Nobody"):
        tries = [Visitor(app).sign_in(name, "wrong password").status_code for _ in range(11)]
        assert tries == [400] * 10 + [429]
    assert Visitor(app).sign_in(" ana", PASSWORD).status_code == 429
    counts.reset()
    assert Visitor(app).sign_in("Ana", PASSWORD).status_code == 302


def test_an_address_can_try_sixty_accounts_in_ten_minutes(visitor: Visitor) -> None:
    tries = [visitor.sign_in(f"name {i}", "x").status_code for i in range(61)]
    assert tries == [400] * 60 + [429]
    elsewhere = {"X-Forwarded-For": "203.0.113.9"}
    answer = visitor.post("/sign-in", elsewhere, name="another", password="x")
    assert answer.status_code == 429, "a header that anybody can send opens no new account of tries"


def test_the_cookie_is_another_one_after_signing_in(visitor: Visitor, account) -> None:
    account("Ana")
    visitor.get("/sign-in")
    before = visitor.cookie
    visitor.sign_in("Ana")
    assert before
    assert before != visitor.cookie
    visitor.client.set_cookie("coproduce", before)
    assert not visitor.is_in


def test_signing_in_again_ends_the_session_before(app: Flask, ana: Visitor, people) -> None:
    before = ana.cookie
    ana.sign_in("Ana")
    thief = Visitor(app)
    thief.client.set_cookie("coproduce", before)
    assert not thief.is_in
    assert len(people.sessions(people.find_user("Ana")["id"])) == 1


def test_the_cookie_is_for_this_site_and_not_for_scripts(app: Flask, visitor, account) -> None:
    account("Ana")
    flags = cookie_of(visitor.sign_in("Ana"))
    assert "HttpOnly" in flags
    assert "SameSite=Lax" in flags
    assert "Domain" not in flags
    app.config["SESSION_COOKIE_SECURE"] = True  # what an https public_url sets
    assert "Secure" in cookie_of(Visitor(app).sign_in("Ana"))


def cookie_of(answer: TestResponse) -> str:
    return next(
        each for each in answer.headers.getlist("Set-Cookie") if each.startswith("coproduce=")
    )


@pytest.mark.parametrize(
    "password", ["short", "x" * 201, "aaaaaaaaaaaaaaaa", "password1234", "Ana Barrow 123", "\u0000"]
)
def test_short_long_and_common_passwords_are_refused(people, password: str) -> None:
    user_id = people.add_user("Ana Barrow")["id"]
    with pytest.raises(passwords.BadInput):
        people.set_password(user_id, password)
    assert people.user(user_id)["password_hash"] is None


def test_a_password_needs_no_digits_nor_capitals(people) -> None:
    people.set_password(people.add_user("Ana")["id"], "w" + "ich lane " * 2)


def test_a_name_is_one_account(people) -> None:
    people.add_user("Zo\u00eb")
    for name in ("zo\u00eb", "Zoe\u0308", " Zo\u00eb "):
        with pytest.raises(passwords.BadInput):
            people.add_user(name)


def test_sessions_and_links_lapse(app: Flask, ana: Visitor, people) -> None:
    link = people.make_sign_in_link(people.find_user("Ana")["id"])
    for table in ("session", "one_time_link"):
        people.execute(f"UPDATE {table} SET expires_at = ?", [stamp(timedelta(seconds=-1))])
    assert not ana.is_in
    assert Visitor(app).get(f"/sign-in/{link}").location == "/sign-in?spent=1"
