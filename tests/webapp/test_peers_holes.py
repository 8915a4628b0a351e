"""Holes that tools of this kind have had, tried here: filters, served uploads, formula cells."""

import csv
import io
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from webapp.downloads import harmless

from .whole_chain import fill

S = "/studies/pilot"
LISTS = ["transcripts/", "quotes/", "stories/", "messages/", "speakers/", "history/", "panel/"]
COLUMNS = "?guid=x&file_sha256__startswith=a&hash=0&order_by=hash&columns=salt&password_hash=$a"
SQL = ["1 OR 1=1", "1); DROP TABLE coding;--", "' UNION SELECT hash FROM change --", "%", "_"]


@pytest.fixture
def whole(app: Flask, tmp_path: Path) -> None:
    fill(app, tmp_path)


@pytest.mark.usefixtures("whole")
@pytest.mark.parametrize("page", LISTS)
def test_a_filter_reaches_no_other_column(client: FlaskClient, page: str) -> None:
    plain, asked = client.get(f"{S}/{page}"), client.get(f"{S}/{page}{COLUMNS}")
    assert asked.status_code == 200
    assert len(asked.text) - len(plain.text) < 200  # at most the address itself is repeated


@pytest.mark.usefixtures("whole")
@pytest.mark.parametrize("value", SQL)
@pytest.mark.parametrize(
    "page", ["quotes/?code=", "history/?kind=", "history/?person=", "joint/?outcome="]
)
def test_a_value_is_never_part_of_a_query(client: FlaskClient, db, page: str, value: str) -> None:
    answer = client.get(f"{S}/{page}{value}")
    assert answer.status_code in (200, 400, 404)
    assert "salt" not in answer.text
    assert db.table("coding").count == 1


def test_no_address_serves_what_was_uploaded(app: Flask, client: FlaskClient, upload) -> None:
    (token,) = upload(("page.txt", "<script>alert(1)</script>\n\nMo: Hello there."))
    page = client.get(f"{S}/transcripts/import/look?file={token}")
    assert "<script>alert" not in page.text
    for path in (f"/uploads/{token}", f"/static/../uploads/{token}", f"/static/{token}/page.txt"):
        assert client.get(path).status_code == 404


def test_a_page_of_markup_is_no_transcript_or_survey(post) -> None:
    for path, wave in ((f"{S}/transcripts/import", "area"), (f"{S}/responses/file", "wave")):
        files = {"files": (io.BytesIO(b"<html>"), "a.html"), "file": (io.BytesIO(b"<"), "a.html")}
        page = post(path, data={**files, wave: "1"}, follow_redirects=True).text
        assert "a.html" in page
        assert "cannot be read as a transcript" in page or "is not a survey file" in page


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_begins_like_a_formula_is_text(start: str) -> None:
    out = io.StringIO()
    csv.writer(out).writerow([harmless(f"{start}1+cmd|' /C calc'!A0"), harmless(-1.5)])
    out.seek(0)
    text, number = next(csv.reader(out))
    assert text.startswith("'")
    assert number == "-1.5"
