"""The pages of agreement: figures, finishing, choosing, deciding; what blind coders meet."""

import io
import re

import pytest
from python_calamine import CalamineWorkbook

from coding import codings
from webapp.people.members import Membership

from ..conftest import csrf, sign_in

A = "/studies/pilot/agreement"


@pytest.fixture
def twice(app, talk):
    """The talk coded by Bo and by Cy, not yet finished by either; returns the place."""
    from linkage import areas

    def fill(db) -> None:
        cy = areas.ensure_coder(db, "Cy")
        start, quote = talk["start"] + 3, talk["quote"][3:]
        codings.add_coding(db, 1, talk["code"], cy, start, start + len(quote), quote)

    place = app.extensions["coproduce"]
    place.writer(place.study_path("pilot")).submit(fill, actor="test", action="code")
    return {"transcript": 1, "code": talk["code"], "start": talk["start"], "end": talk["end"]}


@pytest.fixture
def finished(twice, post):
    for coder in (1, 2):
        data = {"transcript": 1, "coder": coder, "finished": 1}
        assert post(f"{A}/finish", data=data).status_code == 302
    return twice


def test_nothing_is_compared_before_two_have_finished(client, twice) -> None:
    assert "marked as finished" in client.get(f"{A}/").text
    assert "no two coders" in client.get(f"{A}/differences").text


def test_figures_come_with_base_interval_and_files(client, finished) -> None:
    page = client.get(f"{A}/?unit=turn&coefficient=cohen_kappa").text
    assert "Clean-ups" in page
    assert "One transcript gives no interval" in page
    assert "Bo, Cy are not set to code blind" in page
    csv = client.get(f"{A}/agreement.csv?unit=turn").text
    assert csv.startswith("\ufeffcode,theme,transcripts,units")
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{A}/agreement.xlsx").data))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[1][0] == "Clean-ups"
    for wrong in ("unit=word", "coder=x", "coefficient=kappa"):
        assert client.get(f"{A}/?{wrong}").status_code == 400
    assert client.get(f"{A}/?coder=99&coder=1").status_code == 404


def test_an_owner_decides_and_takes_back(client, post, finished) -> None:
    page = client.get(f"{A}/differences/place", query_string=finished).text
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    sent = {**finished, "seen": seen, "decision": "one 2", "note": "Cy has the words."}
    assert post(f"{A}/differences/decide", data={**sent, "seen": "0"}).status_code == 409
    assert post(f"{A}/differences/decide", data={**sent, "decision": ""}).status_code == 400
    assert post(f"{A}/differences/decide", data=sent).status_code == 302
    assert "as Cy coded" in client.get(f"{A}/differences").text
    assert "decided,Ana" in client.get(f"{A}/agreed.csv").text
    assert client.get("/api/studies/pilot/agreed").get_json()[0]["basis"] == "decided"
    assert "Cy has the words." in client.get("/studies/pilot/history/").text
    assert post(f"{A}/differences/withdraw", data=finished).status_code == 302
    assert client.get("/api/studies/pilot/agreed").get_json() == []


def test_transcripts_are_chosen_by_seed(client, post, twice) -> None:
    sent = {"many": "50", "of": "share", "seed": "7"}
    assert post(f"{A}/double-coding/choose", data=sent).status_code == 302
    assert "seed 7" in client.get(f"{A}/double-coding").text
    refused = post(f"{A}/double-coding/choose", data={"many": "9", "of": "number", "seed": "7"})
    assert (refused.status_code, "1 to 1" in refused.text) == (400, True)


def test_a_blind_coder_marks_their_own_and_sees_nobody_elses(app, finished) -> None:
    people = app.extensions["coproduce"].people
    client = sign_in(app, "Bea", administrator=False)
    bea = people.find_user("Bea")["id"]
    people.set_membership(bea, "pilot", Membership(frozenset({"researcher"}), None, True))
    assert "hidden from you" in client.get(f"{A}/").text
    page = client.get(f"{A}/double-coding").text
    assert "Bea" in page
    assert "Cy" not in page
    for path in ("differences", "agreed.csv", "agreement.csv"):
        assert client.get(f"{A}/{path}").status_code == 403
    assert client.get("/api/studies/pilot/agreement").status_code == 403
    headers = {"X-CSRFToken": csrf(client)}
    own = {"transcript": 1, "coder": 0, "finished": 1}
    assert client.post(f"{A}/finish", data=own, headers=headers).status_code == 302
    assert "Finished" in client.get(f"{A}/double-coding").text
    other = {"transcript": 1, "coder": 2}
    assert client.post(f"{A}/finish", data=other, headers=headers).status_code == 403


def test_json_says_what_the_page_says(client, finished) -> None:
    asked = "/api/studies/pilot/agreement?unit=turn&coefficient=percent&by=theme"
    found = client.get(asked).get_json()
    assert found["coders"] == ["Bo", "Cy"]
    assert [row["estimate"] for row in found["agreement"]] == [1, 1, 1]
    assert client.get("/api/studies/pilot/agreement?unit=word").status_code == 400


def test_a_reflexive_study_does_not_seek_agreement(client, post, finished) -> None:
    settings = "/studies/pilot/settings"
    data = {"name": "Pilot", "notice": "", "approach": "reflexive"}
    assert post(settings, data=data).status_code == 303
    page = client.get(f"{A}/").text
    assert "not sought, by design" in page
    assert "95 % interval" not in page
    page = client.get(f"{A}/?anyway=1").text
    assert "not sought, by design" in page
    assert "95 % interval" in page
    post(settings, data={"name": "Pilot", "notice": "Hush"})  # a form without the field
    assert "not sought, by design" in client.get(f"{A}/").text
    wrong = post(settings, data={**data, "approach": "vibes"})
    assert (wrong.status_code, "no approach “vibes”" in wrong.text) == (400, True)


def test_the_desk_marks_a_transcript_as_finished_and_comes_back(client, post, twice) -> None:
    desk = "/studies/pilot/transcripts/1/"
    assert "Mark as finished" in client.get(desk).text
    data = {"transcript": 1, "coder": 0, "finished": "yes", "next": desk}
    assert post(f"{A}/finish", data=data).location == desk
    page = client.get(desk).text
    assert "Reopen" in page
    assert "Mark as finished" not in page
    assert post(f"{A}/finish", data={**data, "next": "//evil.example"}).location != "//evil.example"
