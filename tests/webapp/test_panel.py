"""Allocating a wave from a sampling frame, on the pages."""

import csv
import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from linkage import areas
from linkage.messages import start_message, write_version

PANEL = "/studies/pilot/panel/"
ROWS = [f"R{i:02d},{['east', 'west'][i % 2]},mail{i}@x.example,{i % 3}" for i in range(40)]
FRAME = "\n".join(["respondent,area,email,age", *ROWS])
FORM = {"wave": "1", "arms": "none, A, B, A+B", "seed": "7", "day": "2025-05-12", "within": "area"}


@pytest.fixture
def plan(post) -> str:
    """The address of the page that plans the allocation of an uploaded frame."""
    file = (io.BytesIO(FRAME.encode()), "frame.csv")
    return post(f"{PANEL}frame", data={"frame": file, "wave": "1"}).location


def test_a_wave_without_allocation_asks_for_its_frame(client: FlaskClient) -> None:
    page = client.get(PANEL).text
    assert "Not allocated yet" in page
    assert 'type="file"' in page


def test_the_plan_guesses_the_area_and_shows_no_contact_details(client: FlaskClient, plan) -> None:
    page = client.get(plan).text
    assert re.search(r'value="area" checked', page)
    assert "Not read and not stored: email, age" in page
    assert "x.example" not in page


def test_looking_first_counts_blocks_and_stores_nothing(client: FlaskClient, plan, post) -> None:
    page = post(plan, data={**FORM, "within": ["area", "age"], "do": "look"}).text
    assert "east / 0" in page
    assert "Not allocated yet" in client.get(PANEL).text


def test_allocating_stores_a_receipt_and_a_download(client: FlaskClient, plan, post) -> None:
    assert post(plan, data={**FORM, "do": "allocate"}).location == f"{PANEL}#wave-1"
    page = client.get(PANEL).text
    assert "40 respondents allocated on 12 May 2025 within area" in page
    assert "PCG64" in page
    table = client.get(f"{PANEL}1/allocation.csv")
    rows = list(csv.DictReader(io.StringIO(table.data.decode("utf-8-sig"))))
    assert [*rows[0]] == ["respondent", "area", "block", "arm"]
    assert [sum(r["arm"] == arm for r in rows) for arm in ("none", "A", "B", "A+B")] == [10] * 4


def test_a_wave_is_allocated_once_and_its_upload_is_gone(client: FlaskClient, plan, post) -> None:
    post(plan, data={**FORM, "do": "allocate"})
    again = post(plan, data={**FORM, "do": "allocate"})
    assert again.status_code == 400
    assert "no longer here; choose it again" in again.text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"seed": "seven"}, "The seed must be a whole number"),
        ({"day": "12/05/2025"}, "write it as 2025-05-12"),
        ({"arms": "none"}, "two or more different arms"),
        ({"within": "age"}, "names areas of this study"),
        ({"within": []}, "names areas of this study"),
        ({"wave": "9"}, "no wave"),
    ],
)
def test_what_cannot_be_allocated_keeps_the_form(plan, post, wrong, sentence) -> None:
    answer = post(plan, data={**FORM, **wrong, "do": "allocate"})
    assert answer.status_code in (400, 404)
    assert sentence.casefold() in answer.text.casefold()


def test_the_plan_says_how_many_messages_it_fixes(
    app: Flask, client: FlaskClient, plan: str
) -> None:
    assert "No message of this wave is written yet" in client.get(plan).text
    place = app.extensions["coproduce"]

    def write(db) -> None:
        coder = areas.ensure_coder(db, "Ana")
        message = start_message(db, "B", 1, 1, 1)
        write_version(db, message, 1, [("People give two hours a month.", [])], coder)

    place.writer(place.study_path("pilot")).submit(write, actor="test", action="write")
    assert "1 message of this wave is fixed" in client.get(plan).text


def test_a_file_that_is_no_table_is_refused_in_a_sentence(client: FlaskClient, post) -> None:
    file = (io.BytesIO(b"\x00\x01"), "frame.csv")
    answer = client.get(post(f"{PANEL}frame", data={"frame": file}).location)
    assert answer.status_code == 400
    assert "not a text file" in answer.text
    assert post(f"{PANEL}frame", data={}).status_code == 400


def test_an_arm_called_as_a_column_is_refused_and_stores_nothing(
    client: FlaskClient, plan, post
) -> None:
    answer = post(plan, data={**FORM, "arms": "none, block", "do": "allocate"})
    assert (answer.status_code, "cannot be called “block”" in answer.text) == (400, True)
    assert "Not allocated yet" in client.get(PANEL).text
