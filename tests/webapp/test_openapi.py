"""The OpenAPI document: complete, valid, true to the answers; and the chain as JSON."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from .whole_chain import fill

PILOT = "/api/studies/pilot"


@pytest.fixture
def spec(client: FlaskClient) -> dict:
    return client.get("/api/openapi.json").json


@pytest.fixture
def whole(app: Flask, tmp_path) -> None:
    fill(app, tmp_path)


def operations(spec: dict) -> list[tuple[str, str, dict]]:
    return [(p, m, told) for p, methods in spec["paths"].items() for m, told in methods.items()]


def test_the_document_is_valid_openapi(spec: dict) -> None:
    validate(spec)


def test_every_address_under_api_is_described(app: Flask, spec: dict) -> None:
    there = {
        (re.sub(r"<(?:[^:>]*:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert there == {(path, method) for path, method, _ in operations(spec)}


def test_each_has_a_summary_a_tag_and_its_errors(spec: dict) -> None:
    for path, method, told in operations(spec):
        assert told["summary"].endswith("."), path
        assert told["tags"], path
        expected = {"400", "401", "403", "503"} | ({"404"} if "study_key" in path else set())
        assert expected <= told["responses"].keys(), path
        assert all(p["description"] for p in told["parameters"]), path
        needs_csrf = any("csrf" in way for way in told["security"])
        assert needs_csrf == (method != "get"), path


def test_spectree_serves_nothing_of_its_own(app: Flask, client: FlaskClient) -> None:
    client.get("/api/openapi.json")
    assert client.get("/openapi-internal/openapi.json").status_code == 404


def test_the_document_is_for_those_signed_in(app: Flask) -> None:
    assert app.test_client().get("/api/openapi.json").status_code == 401


READS = [
    ("/api/studies", 1),
    (f"{PILOT}/transcripts?area=east", 1),
    (f"{PILOT}/transcripts/1/codings", 1),
    (f"{PILOT}/codes", 2),
    (f"{PILOT}/stories?area=east&issue=health", 1),
    (f"{PILOT}/messages?wave=1", 2),
    (f"{PILOT}/prevalence", 1),
    (f"{PILOT}/prevalence?by=issue", 1),
    (f"{PILOT}/prevalence?by=speaker", 2),
    (f"{PILOT}/joint?outcome=hours&contrast=A%20alone", 2),
    (f"{PILOT}/effects?outcome=hours&contrast=A%20alone", 3),
    (f"{PILOT}/changes", None),
]


@pytest.mark.usefixtures("whole")
@pytest.mark.parametrize(("address", "rows"), READS)
def test_the_chain_is_read_as_described(client, spec, address: str, rows: int | None) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    listed = [v for v in answer.json.values() if isinstance(v, list)] if (
        isinstance(answer.json, dict)) else [answer.json]  # fmt: skip
    assert rows is None or len(listed[-1]) == rows
    assert not problems(spec, address, answer.json)


@pytest.mark.usefixtures("whole")
def test_the_joint_display_brings_its_caveats(client: FlaskClient) -> None:
    caveats = client.get(f"{PILOT}/joint").json["caveats"]
    assert any("One area with talk" in sentence for sentence in caveats), caveats


def problems(spec: dict, address: str, body) -> list[str]:
    """Say where an answer is not as the document describes it."""
    path = address.split("?")[0].replace(PILOT, "/api/studies/{study_key}")
    told = spec["paths"][path.replace("/1/", "/{transcript_id}/")]["get"]["responses"]["200"]
    schema = {**told["content"]["application/json"]["schema"], "components": spec["components"]}
    return [error.message for error in Draft202012Validator(schema).iter_errors(body)]


@pytest.mark.usefixtures("whole")
def test_an_answer_that_lacks_a_field_would_be_noticed(client, spec) -> None:
    (row,) = client.get(f"{PILOT}/stories").json
    del row["title"]
    assert problems(spec, f"{PILOT}/stories", [row])


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("changes?sinc=3", "There is no “sinc” to ask for in this address; there are: since."),
        ("changes?since=", "“” is not a whole number; mend “since” in the address."),
        ("changes?since=-1", "“-1” is not a whole number; mend “since” in the address."),
        ("prevalence?by=street", "“by” in the address can be; there are: area, issue, speaker."),
        ("effects?by=street", "“by” in the address can be; there are: area, pooled."),
    ],
)
def test_what_cannot_be_asked_is_said(client: FlaskClient, address: str, sentence: str) -> None:
    answer = client.get(f"{PILOT}/{address}")
    assert answer.status_code == 400
    assert sentence in answer.json["error"]


@pytest.mark.parametrize(
    "address", ["transcripts?area=", "transcripts?area=x", "stories?issue=x", "messages?wave=x"]
)
def test_an_unknown_area_issue_or_wave_is_404(client: FlaskClient, address: str) -> None:
    answer = client.get(f"{PILOT}/{address}")
    assert answer.status_code == 404
    assert "there are:" in answer.json["error"]


def test_half_a_character_is_refused(post) -> None:
    answer = post(f"{PILOT}/codes", data=b'{"name": "\\ud800"}', content_type="application/json")
    assert answer.status_code == 400
    assert "half a character" in answer.json["error"]
