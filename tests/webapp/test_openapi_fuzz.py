"""Requests made up from the OpenAPI document: no 500, and every answer as it says."""

from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from webapp.people.members import Membership
from webapp.roles import ROLES

from .conftest import csrf, sign_in
from .whole_chain import LINES, QUOTE, fill

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
]
START = LINES.index(QUOTE)
SOAK = 20_000  # cases in all
FIXED = {"path_parameters": {"study_key": "pilot"}}
POSITIVE, NEGATIVE = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
Sent = dict[str, dict[str, str]]


def administrator(app: Flask) -> Sent:
    return sent_by(sign_in(app))


def of_role(role: str, **limits: Any) -> Callable[[Flask], Sent]:
    """Return what makes a member of one role, and answers with what they send."""

    def come(app: Flask) -> Sent:
        people = app.extensions["coproduce"].people
        user_id = people.ensure_user(role)["id"]
        people.set_membership(user_id, "pilot", Membership(frozenset({role}), **limits))
        return sent_by(sign_in(app, role, administrator=False))

    return come


def sent_by(client: FlaskClient) -> Sent:
    token, cookie = csrf(client), client.get_cookie("coproduce")
    assert cookie
    return {"cookies": {"coproduce": cookie.value}, "headers": {"X-CSRFToken": token}}


def nobody(app: Flask) -> Sent:
    return {}


PEOPLE = {
    "administrator": administrator,
    "nobody": nobody,
    **{role: of_role(role) for role in ROLES},
    "blind in one area": of_role("researcher", areas=frozenset({1}), blind=True),
}


@pytest.fixture(params=PEOPLE)
def person(app: Flask, tmp_path, request) -> Sent:
    """What each kind of person sends with every request, to a study with the whole chain."""
    fill(app, tmp_path)
    return PEOPLE[request.param](app)


def test_made_up_requests_are_answered_as_described(app: Flask, person: Sent) -> None:
    assert fuzz(app, person, cases=40) >= 40


@pytest.mark.slow
def test_twenty_thousand_made_up_requests(app: Flask, person: Sent) -> None:
    assert fuzz(app, person, cases=SOAK // len(PEOPLE)) >= SOAK // len(PEOPLE)


def described(app: Flask) -> schemathesis.BaseSchema:
    schema = schemathesis.openapi.from_dict(sign_in(app).get("/api/openapi.json").json)
    schema.app = app
    return schema


def fuzz(app: Flask, person: Sent, cases: int) -> int:
    """Send requests, about a third of which do not fit the document; returns how many were sent."""
    sent = 0
    app.testing = False  # errors become answers, as they do when served

    def send(case: Case) -> None:
        nonlocal sent
        sent += 1
        case.call_and_validate(checks=CHECKS, **person)

    schema = described(app)
    wrong, right = (schema.as_strategy(mode, **FIXED) for mode in (NEGATIVE, POSITIVE))
    made_up = st.one_of(wrong, right, right.map(aim))
    settings(
        max_examples=cases,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )(given(made_up)(send))()
    return sent


THERE = {
    "area": "east", "issue": "health", "wave": "1", "outcome": "hours", "contrast": "A alone",
    "by": "area", "since": 2, "revision": 1, "start": START, "end": START + len(QUOTE),
    "quote": QUOTE, "text": "Noted.", "colour": "#2a747b",
}  # fmt: skip


def aim(case: Case) -> Case:
    """Point a request at things that are there, so that it gets past the door."""
    for part in case.path_parameters, case.query, case.body:
        for name, value in list(part.items()) if isinstance(part, dict) else []:
            if name.endswith("_id") and isinstance(value, int):
                part[name] = 1 + value % 2
            elif name in THERE:
                part[name] = THERE[name]
            elif name == "name":
                part[name] = f"Code {case.id}"
    return case
