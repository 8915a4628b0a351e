"""People with passwords, and a visitor nobody knows yet."""

from collections.abc import Callable

import pytest
from flask import Flask

from webapp.people import People, passwords
from webapp.people.members import check_membership

from .visitor import PASSWORD, QUICK, Visitor


@pytest.fixture(autouse=True)
def quick(monkeypatch) -> None:
    """Spend little on passwords, for everybody alike."""
    monkeypatch.setattr(passwords, "HASHER", passwords.PasswordHasher(**QUICK))


@pytest.fixture
def people(app: Flask) -> People:
    return app.extensions["coproduce"].people


@pytest.fixture
def account(people: People) -> Callable[..., int]:
    """Make an account with a password, and roles in the study; returns its number."""

    def make(name: str, *roles: str, administrator: bool = False) -> int:
        user_id = people.add_user(name, administrator=administrator)["id"]
        people.set_password(user_id, PASSWORD)
        if roles:
            people.set_membership(user_id, "pilot", check_membership(roles))
        return user_id

    return make


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return Visitor(app)


@pytest.fixture
def ana(app: Flask, account) -> Visitor:
    """Ana, a researcher, signed in."""
    account("Ana", "researcher")
    ana = Visitor(app)
    assert ana.sign_in("Ana").location == "/"
    return ana
