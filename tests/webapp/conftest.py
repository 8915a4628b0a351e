"""An application on a temporary instance, with one study and a signed-in person."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from linkage import areas
from webapp import create_app
from webapp.accounts.limits import counts
from webapp.instance import Instance

from .talk import TALK, S


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    app = create_app(tmp_path / "instance")
    counts.reset()  # it counts for the whole process
    instance: Instance = app.extensions["coproduce"]
    path = instance.new_study("pilot", "Pilot study")

    def fill(db) -> None:
        areas.add_area(db, "east", "East", "London borough")
        areas.add_area(db, "west", "West", "rural area")
        for key, name in [("health", "Health"), ("safety", "Community safety")]:
            areas.add_issue(db, key, name)
        areas.add_wave(db, "1")

    instance.writer(path).submit(fill, actor="test", action="set up")
    yield app
    instance.close()


def sign_in(app: Flask, name: str = "Ana", *, administrator: bool = True) -> FlaskClient:
    people = app.extensions["coproduce"].people
    client = app.test_client()
    token = people.make_sign_in_link(people.ensure_user(name, administrator=administrator)["id"])
    client.get(f"/sign-in/{token}")
    return client


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A signed-in client; `client.csrf` is its token, sent with every change by `post`."""
    return sign_in(app)


def csrf(client: FlaskClient) -> str:
    page = client.get("/").get_data(as_text=True)
    found = re.search(r'name="csrf-token" content="([^"]+)"', page)
    assert found
    return found[1]


@pytest.fixture
def post(client: FlaskClient):
    """Post a form or JSON with the CSRF token, as the pages do."""
    token = csrf(client)

    def send(path: str, **values):
        return client.post(path, headers={"X-CSRFToken": token}, **in_memory(values))

    return send


def in_memory(values: dict) -> dict:
    """Encode files here: the test client leaves those above half a megabyte open on the disk."""
    data = values.get("data")
    if not isinstance(data, dict) or "content_type" in values:
        return values
    pairs = [
        (name, value)
        for name, given in data.items()
        for value in (given if isinstance(given, list) else [given])
    ]
    if not any(isinstance(value, tuple) for _, value in pairs):
        return values
    parts = MultiDict(
        (name, FileStorage(*value[:2]) if isinstance(value, tuple) else value)
        for name, value in pairs
    )
    boundary, body = encode_multipart(parts)
    content_type = f'multipart/form-data; boundary="{boundary}"'
    return {**values, "data": body, "content_type": content_type}


@pytest.fixture
def db(app: Flask):
    place = app.extensions["coproduce"]
    return place.reader(place.study_path("pilot"))


@pytest.fixture
def upload(post):
    """Upload files by name and content; returns the tokens of the preview."""

    def send(*files: tuple[str, bytes | str]) -> list[str]:
        parts = [
            (io.BytesIO(content.encode() if isinstance(content, str) else content), name)
            for name, content in files
        ]
        answer = post(f"{S}/transcripts/import", data={"files": parts, "area": "1"})
        assert answer.status_code == 303
        return parse_qs(urlsplit(answer.location).query)["file"]

    return send


@pytest.fixture
def stored(post, upload):
    """The talk as transcript 1, imported as it was found."""
    data = {"file": upload(("lane.txt", TALK)), "area": "1", "do": "import"}
    assert post(f"{S}/transcripts/import/look", data=data).status_code == 303
