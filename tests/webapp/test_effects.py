"""The effects page, its files, and its JSON."""

import csv
import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from .test_responses import store

EFFECTS = "/studies/pilot/effects/"
API = "/api/studies/pilot/effects"


@pytest.fixture
def answered(app: Flask, tmp_path) -> None:
    store(app, tmp_path)


def test_without_answers_the_page_says_what_to_do(client: FlaskClient) -> None:
    page = client.get(EFFECTS)
    assert page.status_code == 200
    assert "Import a survey file" in page.text
    assert client.get(f"{EFFECTS}effects.csv").status_code == 404


@pytest.mark.usefixtures("answered")
def test_the_page_opens_on_the_first_outcome_and_the_local_story_alone(client: FlaskClient) -> None:
    page = client.get(EFFECTS).text
    assert "Wave 1 · Hours willing alone, Health · A alone" in page
    assert page.count("<svg ") == 2
    assert page.index("Read with these in mind") < page.index("<svg ")
    assert re.findall(r'<th scope="row"[^>]*>(?:<a[^>]*>)?(\w+)', page) == [
        "East",
        "West",
        "Pooled",
    ]


@pytest.mark.usefixtures("answered")
def test_nothing_on_the_page_breaks_the_strict_policy(client: FlaskClient) -> None:
    page = client.get(EFFECTS).text
    assert not re.search(r'style="|<style|\son\w+="|<script(?![^>]*src=)|invalid/', page)


@pytest.mark.usefixtures("answered")
def test_the_address_reproduces_the_view(client: FlaskClient) -> None:
    page = client.get(f"{EFFECTS}?wave=1&outcome=q7&contrast=B%20alone&by=pooled").text
    assert "Q7, Community safety · B alone" in page
    assert "East</a>" not in page
    every = client.get(f"{EFFECTS}?contrast=all&by=pooled").text
    assert "A x B interaction" in every


@pytest.mark.usefixtures("answered")
@pytest.mark.parametrize("wrong", ["outcome=nope", "contrast=C", "by=street"])
def test_what_there_is_not_is_said(client: FlaskClient, wrong: str) -> None:
    answer = client.get(f"{EFFECTS}?{wrong}")
    assert answer.status_code == 400
    assert "there are:" in answer.text


@pytest.mark.usefixtures("answered")
def test_files_hold_what_the_page_shows(client: FlaskClient) -> None:
    table = client.get(f"{EFFECTS}effects.csv?outcome=hours&contrast=A%20alone")
    rows = list(csv.DictReader(io.StringIO(table.data.decode("utf-8-sig"))))
    assert [row["area"] for row in rows] == ["east", "west", "pooled"]
    assert {row["wave"] for row in rows} == {"1"}
    assert client.get(f"{EFFECTS}effects.svg").data.startswith(b"<svg")
    assert client.get(f"{EFFECTS}effects.png").data.startswith(b"\x89PNG")


@pytest.mark.usefixtures("answered")
def test_json_has_the_tidy_columns_and_null_for_nothing(client: FlaskClient) -> None:
    rows = client.get(API).json["effects"]
    assert len(rows) == 2 * 9 * 3
    assert {"wave", "area", "issue", "outcome", "contrast", "n_A+B", "mde_80"} <= set(rows[0])
    assert rows[0]["wave"] == "1"
    one = client.get(f"{API}?outcome=q7&by=pooled&contrast=A%20alone").json["effects"]
    assert [(row["area"], row["contrast"]) for row in one] == [("pooled", "A alone")]
    assert "there are:" in client.get(f"{API}?outcome=nope").json["error"]


def test_json_without_answers_is_an_error_in_a_sentence(client: FlaskClient) -> None:
    answer = client.get(API)
    assert answer.status_code == 400
    assert "no answers yet" in answer.json["error"]
