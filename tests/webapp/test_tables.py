"""Survey tables and acting on pages, in files, as JSON and by command."""

import csv
import io
import json
import re
import zipfile

import numpy as np
import pytest
from flask import Flask
from flask.testing import FlaskClient

from webapp.cli import run
from webapp.people.members import check_membership

from .conftest import sign_in
from .surveyed import answers, store_wave

TABLES = "/studies/pilot/tables/"


@pytest.fixture
def answered(app: Flask, tmp_path) -> None:
    store_wave(app, tmp_path)


def rows_of(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


@pytest.mark.parametrize("page", ["", "association"])
def test_without_answers_a_page_says_what_to_do(client: FlaskClient, page: str) -> None:
    answer = client.get(TABLES + page)
    assert answer.status_code == 200
    assert "Import a survey file" in answer.text
    file = "association.csv" if page else "table.csv"
    assert client.get(TABLES + file).status_code == 404


@pytest.mark.usefixtures("answered")
def test_an_item_stands_with_base_missing_and_interval(client: FlaskClient) -> None:
    page = client.get(f"{TABLES}?item=belief&by=area").text
    assert "Difference citizens make, Health, by area, not weighted" in page
    assert page.count("<svg ") == 2
    assert "Base: answered" in page
    assert "395" in page
    assert "5 <span" in page  # no answer
    assert not re.search(r'style="|<style|\son\w+="|<script(?![^>]*src=)', page)


@pytest.mark.usefixtures("answered")
@pytest.mark.parametrize("by", ["area", "issue", "arm", "age"])
@pytest.mark.parametrize("item", ["belief", "gave_alone", "did_alone", "age"])
def test_every_item_can_be_tabulated_by_everything(client: FlaskClient, item, by) -> None:
    answer = client.get(f"{TABLES}?item={item}&by={by}&weighted=yes")
    refused = item == "age" and by == "issue"
    assert answer.status_code == (400 if refused else 200)
    if not refused:
        assert "Weighted base" in answer.text


@pytest.mark.usefixtures("answered")
def test_files_carry_what_they_are_and_are_controlled(client: FlaskClient) -> None:
    rows = rows_of(client.get(f"{TABLES}table.csv?item=belief&by=arm"))
    assert {row["group"] for row in rows} == {"none", "A", "B", "A+B", "all"}
    missing = [row for row in rows if row["statistic"] == "missing" and row["group"] == "all"]
    assert missing[0]["suppressed"]
    assert missing[0]["n"] == "[c]"
    for form in ("xlsx", "docx"):
        file = client.get(f"{TABLES}table.{form}?item=belief")
        inside = zipfile.ZipFile(io.BytesIO(file.data))
        text = b"".join(inside.read(n) for n in inside.namelist() if n.endswith(".xml")).decode()
        assert "Wave 1" in text
        assert "Made " in text
    assert client.get(f"{TABLES}table.png").data[:4] == b"\x89PNG"
    assert client.get(f"{TABLES}table.pdf").data[:4] == b"%PDF"
    assert "not weighted" in client.get(f"{TABLES}table.svg").text


@pytest.mark.usefixtures("answered")
def test_the_first_question_is_called_association_everywhere(client: FlaskClient) -> None:
    page = client.get(f"{TABLES}association").text
    assert "Association, not effect" in page
    assert "Exploratory" in page
    assert page.count("<svg ") == 4
    rows = rows_of(client.get(f"{TABLES}association.csv"))
    assert {row["reading"] for row in rows} == {"association"}
    assert {row["model"] for row in rows} == {"linear", "multinomial"}
    shares = rows_of(client.get(f"{TABLES}association.csv?of=shares&by=age"))
    assert {row["category"] for row in shares} == {
        "neither", "alone", "groups", "both", "answered"
    }  # fmt: skip
    assert "Association, not effect" in client.get(f"{TABLES}association.svg").text


@pytest.mark.usefixtures("answered")
@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("?item=nope", "There is no item"),
        ("?by=street", "There is no by"),
        ("?wave=9", "no wave"),
        ("association?issue=safety", "There is no issue"),
        ("association?condition=belief", "asked after the nudge"),
    ],
)
def test_what_there_is_not_is_said(client: FlaskClient, asked: str, words: str) -> None:
    answer = client.get(TABLES + asked)
    assert answer.status_code in (400, 404)
    assert words in answer.text


def test_a_wave_that_never_asked_says_so_and_leads_on(app: Flask, client, tmp_path) -> None:
    from .test_responses import store

    store(app, tmp_path)
    for page, words in (
        ("tables/association", "cannot say who acts alone or together"),
        ("time-use/", "asked nobody how much time they give"),
    ):
        answer = client.get(f"/studies/pilot/{page}")
        assert answer.status_code == 200
        assert words in answer.text
        assert "To the responses and their mapping" in answer.text


def test_one_respondent_and_an_empty_arm_get_sentences(
    app: Flask, client: FlaskClient, tmp_path
) -> None:
    store_wave(app, tmp_path, frame=answers(1))
    page = client.get(f"{TABLES}?item=gave_alone")
    assert page.status_code == 200
    assert "One answer, so there is no interval." in page.text
    acting = client.get(f"{TABLES}association")
    assert acting.status_code == 200
    assert "does not vary here" in acting.text
    assert "There is no model to show" in acting.text


@pytest.mark.usefixtures("answered")
def test_json_and_commands_say_the_same(app: Flask, client: FlaskClient, capsys) -> None:
    told = client.get("/api/studies/pilot/tables?item=gave_alone&by=area&weighted=true").json
    place = str(app.extensions["coproduce"].path)
    line = ["--instance", place, "tables", "pilot", "--item", "gave_alone", "--weighted"]
    assert run([*line, "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    means = [[row["estimate"] for row in rows if row["statistic"] == "mean"]
             for rows in (told["table"], printed)]  # fmt: skip
    np.testing.assert_allclose(means[0], means[1])
    found = client.get("/api/studies/pilot/association").json
    assert found["notes"][0].startswith("Association, not effect")
    assert {row["way"] for row in found["models"]} == {"neither", "alone", "groups", "both"}
    assert run(["--instance", place, "tables", "pilot", "--association"]) == 0
    assert "! Association, not effect" in capsys.readouterr().err
    assert run(["--instance", place, "tables", "pilot", "--issue", "health"]) == 2


@pytest.mark.usefixtures("answered")
def test_who_only_views_meets_small_cells_suppressed(app: Flask) -> None:
    people = app.extensions["coproduce"].people
    person = people.ensure_user("Vi", administrator=False)
    people.set_membership(person["id"], "pilot", check_membership(["viewer"]))
    viewer = sign_in(app, "Vi", administrator=False)
    page = viewer.get(f"{TABLES}?item=belief&by=age").text
    assert "suppressed" in page
