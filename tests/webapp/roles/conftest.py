"""People who come into a study with some roles, areas or blindness."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from webapp.people.members import Membership

from ..conftest import csrf, sign_in


@pytest.fixture
def enter(app: Flask):
    """Return a function that signs somebody in as a member; answers with how they send things."""

    def come(name: str, what: Membership) -> tuple[FlaskClient, Any]:
        people = app.extensions["coproduce"].people
        people.set_membership(people.ensure_user(name)["id"], "pilot", what)
        client = sign_in(app, name, administrator=False)
        token = csrf(client)

        def send(method: str, path: str, **values: Any) -> Any:
            return client.open(path, method=method, headers={"X-CSRFToken": token}, **values)

        return client, send

    return come
