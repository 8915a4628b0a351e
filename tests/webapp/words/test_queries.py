"""The pages of the queries and their files."""

import csv
import io

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from coding.speakers import set_attributes
from tests.webapp.conftest import sign_in
from webapp.people.members import Membership

Q = "/studies/pilot/queries"
PAGES = ("", "quotes", "cooccurrence", "table", "words", "saturation", "transcript")
QUERIES = ("quotes", "cooccurrence", "network", "table", "words", "saturation", "lines", "portrait")


@pytest.fixture
def more(talk, send):
    """A second code in the same turn as the first."""
    start = talk["text"].index("It stayed")
    body = {"code_id": talk["theme"], "start": start, "end": start + 9, "quote": "It stayed"}
    assert send("POST", "/transcripts/1/codings", body).status_code < 300
    return talk


@pytest.mark.parametrize("page", PAGES)
def test_pages_say_what_to_do_in_an_empty_study(client, page) -> None:
    answer = client.get(f"{Q}/{page}")
    assert answer.status_code == 200
    assert page == "" or 'class="empty"' in answer.text


def test_a_query_stands_in_the_address_and_counts_people_first(client, more) -> None:
    page = client.get(f"{Q}/quotes?code={more['code']}&how1=and&code1={more['theme']}").text
    assert "<b>1 speaker</b> in <b>1 group</b>, 1 quote" in page
    assert "Quotes coded Clean-ups, and, in the same turn Doing it together" in page
    assert f"/studies/pilot/transcripts/1/?coding={more['coding']}#t2" in page
    assert f'<option value="{more["theme"]}" selected>' in page


def test_a_query_that_nothing_fits_says_so(client, more) -> None:
    page = client.get(f"{Q}/quotes?code={more['code']}&how1=not&code1={more['theme']}").text
    assert "No quote fits" in page


@pytest.mark.parametrize(
    ("address", "status"),
    [("quotes?code=99", 404), ("quotes?code1=99", 404), ("quotes?code=x", 400),
     ("quotes?code=1&how1=beside&code1=1", 400), ("quotes?code1=1&how1=near&n=9999", 400),
     ("quotes?attribute=x", 400), ("cooccurrence?relation=x", 400), ("cooccurrence?n=9999", 400),
     ("table?by=x", 400), ("table?by=attribute:none", 400), ("table?count=x", 400),
     ("words?area=99", 404), ("saturation?phase=x", 400), ("transcript?transcript=99", 404),
     ("nothing.csv", 404), ("quotes.exe", 404)],
)  # fmt: skip
def test_what_is_unknown_gets_a_sentence(client, talk, address, status) -> None:
    answer = client.get(f"{Q}/{address}")
    assert answer.status_code == status
    assert "Traceback" not in answer.text


def test_no_test_on_quotes_and_the_reason_is_printed(client, more) -> None:
    assert "quotes of one person are not independent" in client.get(f"{Q}/table?count=codings").text
    assert "the same people speak on several issues" in client.get(f"{Q}/table?by=issue").text


@pytest.mark.parametrize("query", QUERIES)
def test_every_query_leaves_as_five_files(client, more, query) -> None:
    begins = {
        "csv": b"\xef\xbb\xbf",
        "xlsx": b"PK",
        "svg": b"<svg",
        "png": b"\x89PNG",
        "pdf": b"%PDF",
    }
    where = f"?code={more['code']}" if query == "quotes" else "?level=code&stops=1"
    for form, begin in begins.items():
        answer = client.get(f"{Q}/{query}.{form}{where}")
        if query == "words" and form in ("svg", "png", "pdf") and answer.status_code == 404:
            continue  # too few words for a picture
        assert answer.status_code == 200, (query, form)
        assert answer.data.startswith(begin), (query, form)


def test_a_picture_says_what_it_shows_of_how_many_and_when(client, more) -> None:
    drawn = client.get(f"{Q}/table.svg").text
    for part in ("Pilot study", "Speakers by area", "2 speakers in 1 group", "Coproduce 0.1.0"):
        assert part in drawn, part


def test_files_run_nothing_in_a_spreadsheet(client, send, talk) -> None:
    start = talk["text"].index("=An hour")
    body = {"code_id": talk["code"], "start": start, "end": start + 8, "quote": "=An hour"}
    send("POST", "/transcripts/1/codings", body)
    sheet = client.get(f"{Q}/quotes.csv").data.decode("utf-8-sig")
    quotes = [row["quote"] for row in csv.DictReader(io.StringIO(sheet))]
    assert quotes == [talk["quote"], "'=An hour"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{Q}/quotes.xlsx").data))
    rows = book.get_sheet_by_name("Rows").to_python()
    assert [row[1] for row in rows] == ["quote", talk["quote"], "=An hour"]
    assert "Quotes by codes" in book.get_sheet_by_name("About").to_python()[0][0]


def test_what_is_recorded_of_speakers_is_not_for_viewers(app: Flask, client, talk) -> None:
    place = app.extensions["coproduce"]
    place.writer(place.study_path("pilot")).submit(
        lambda db: set_attributes(db, 2, {"home": "rents"}), actor="test", action="record"
    )
    assert "home: rents" in client.get(f"{Q}/quotes").text
    assert client.get(f"{Q}/table?by=attribute:home").status_code == 200
    user = place.people.ensure_user("Vi")
    place.people.set_membership(user["id"], "pilot", Membership(frozenset({"viewer"})))
    viewer = sign_in(app, "Vi", administrator=False)
    assert "home: rents" not in viewer.get(f"{Q}/quotes").text
    for address in ("table?by=attribute:home", "quotes?attribute=home%3Drents"):
        assert viewer.get(f"{Q}/{address}").status_code == 403


def test_whoever_is_limited_to_an_area_sees_no_more(app: Flask, talk) -> None:
    place = app.extensions["coproduce"]
    user = place.people.ensure_user("Wes")
    west = Membership(frozenset({"researcher"}), areas=frozenset({2}))
    place.people.set_membership(user["id"], "pilot", west)
    client = sign_in(app, "Wes", administrator=False)
    for address in ("quotes?area=1", "transcript?transcript=1", "words?area=1"):
        assert client.get(f"{Q}/{address}").status_code == 404
    assert talk["quote"] not in client.get(f"{Q}/quotes").text
    assert client.get(f"{Q}/quotes.csv").data.count(b"\n") == 0


def test_names_that_people_typed_are_text_in_a_picture(client, send, talk) -> None:
    name = "<script>alert(1)</script>\u0001"
    added = send("POST", "/codes", {"name": name.rstrip("\u0001")})
    assert added.status_code < 300
    body = {"code_id": added.get_json()["id"], **{k: talk[k] for k in ("start", "end", "quote")}}
    send("POST", "/transcripts/1/codings", body)
    for page in ("cooccurrence?level=code", "table?level=code", "transcript?level=code"):
        assert "<script>alert" not in client.get(f"{Q}/{page}").text
    assert b"<script>alert" not in client.get(f"{Q}/lines.svg?level=code").data
