"""The framework matrix: counts, summaries with references, two writers, files."""

import io

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from webapp.people.members import Membership

from ..conftest import csrf, sign_in

FRAMEWORK = "/studies/pilot/framework/"


@pytest.fixture
def cell(db, talk) -> str:
    [maureen] = db.execute("SELECT id FROM speaker WHERE name = 'Maureen'").fetchone()
    db.execute("ROLLBACK") if db.conn.in_transaction else None
    return f"{FRAMEWORK}speakers/{maureen}/themes/{talk['theme']}/"


def test_the_matrix_counts_quotes_of_nested_codes_and_leaves_moderators_out(client, talk) -> None:
    page = client.get(FRAMEWORK).text
    assert "2 speakers by 1 theme" in page
    assert "1 quote</a>" in page
    assert "Facilitator" not in page
    assert "1 group by 1 theme" in client.get(f"{FRAMEWORK}?rows=group").text


def test_filters_narrow_rows_and_quotes(client, talk) -> None:
    assert "No speaker fits" in client.get(f"{FRAMEWORK}?area=2").text
    assert "No speaker fits" in client.get(f"{FRAMEWORK}?phase=test").text
    assert "1 quote</a>" not in client.get(f"{FRAMEWORK}?issue=2").text
    for bad, status in [("theme=99", 404), ("theme=2", 404), ("theme=x", 400), ("rows=x", 400)]:
        assert client.get(f"{FRAMEWORK}?{bad}").status_code == status, bad


def test_a_summary_is_kept_with_its_writer_and_links_to_its_quote(client, post, cell) -> None:
    text = "=They cleared it themselves [q1], not so [q99]."
    assert post(cell, data={"summary": text, "revision": "0"}).status_code == 303
    page = client.get(cell).text
    assert '<a href="#q1" title="We cleared the lane. 🎉">[q1]</a>, not so [q99].' in page
    assert "Written by Ana" in page
    assert "?coding=1#t2" in page
    assert "They cleared it themselves" in client.get(FRAMEWORK).text


def test_a_stale_summary_is_answered_with_both_texts(post, cell) -> None:
    post(cell, data={"summary": "First", "revision": "0"})
    answer = post(cell, data={"summary": "Second thought", "revision": "0"})
    assert answer.status_code == 409
    assert "First" in answer.text
    assert "Second thought" in answer.text
    assert post(cell, data={"summary": "Both", "revision": "1"}).status_code == 303


def test_a_blank_summary_clears_the_cell_and_its_revision_goes_on(client, post, cell) -> None:
    post(cell, data={"summary": "First", "revision": "0"})
    post(cell, data={"summary": "", "revision": "1"})
    assert "First" not in client.get(FRAMEWORK).text
    assert post(cell, data={"summary": "Late", "revision": "0"}).status_code == 409


def test_files_hold_the_summaries_and_run_nothing(client, post, cell) -> None:
    post(cell, data={"summary": "=1+1 [q1]", "revision": "0"})
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{FRAMEWORK}framework.xlsx").data))
    rows = book.get_sheet_by_name("Framework").to_python()
    assert rows[0] == ["Speaker", "Group", "Doing it together"]
    assert ["Maureen", "Lane group", "=1+1 [q1]"] in rows
    assert "We cleared the lane. 🎉" in book.get_sheet_by_name("Quotes").to_python()[1]
    paper = Document(io.BytesIO(client.get(f"{FRAMEWORK}framework.docx").data))
    assert "=1+1 [q1]" in [c.text for t in paper.tables for r in t.rows for c in r.cells]
    assert "'=1+1 [q1]" in client.get(f"{FRAMEWORK}framework.csv").text


def test_who_codes_blind_sees_own_quotes_and_writes_no_summary(app, post, cell) -> None:
    post(cell, data={"summary": "Not for the blind", "revision": "0"})
    people = app.extensions["coproduce"].people
    member = Membership(frozenset({"researcher"}), blind=True)
    people.set_membership(people.ensure_user("Bea")["id"], "pilot", member)
    blind = sign_in(app, "Bea", administrator=False)
    for page in (FRAMEWORK, cell, f"{FRAMEWORK}framework.csv"):
        assert "Not for the blind" not in blind.get(page).text
    headers = {"X-CSRFToken": csrf(blind)}
    sent = {"summary": "Mine", "revision": "0"}
    answer = blind.post(cell, data=sent, headers=headers)
    assert answer.status_code == 403
    assert "Not for the blind" not in answer.text


def test_another_areas_rows_are_not_there(app, post, cell) -> None:
    post(cell, data={"summary": "Of the east", "revision": "0"})
    people = app.extensions["coproduce"].people
    member = Membership(frozenset({"researcher"}), areas=frozenset({2}))
    people.set_membership(people.ensure_user("Wes")["id"], "pilot", member)
    west = sign_in(app, "Wes", administrator=False)
    assert "Maureen" not in west.get(FRAMEWORK).text
    assert west.get(cell).status_code == 404
    assert west.post(cell, headers={"X-CSRFToken": csrf(west)}).status_code == 404


def test_the_same_cells_as_json(client, post, send, cell) -> None:
    post(cell, data={"summary": "Cleared", "revision": "0"})
    rows = send("GET", "/framework").json
    assert [(r["speaker"], r["quotes"], r["summary"]) for r in rows] == [
        ("Joyce", 0, ""),
        ("Maureen", 1, "Cleared"),
    ]
