"""Consent is kept by what leaves the study: files withhold words, approval and archive refuse."""

import csv
import io
from datetime import date

import pandas as pd
import pytest

from coding.errors import BadInput
from coding.speakers import set_consent
from linkage import messages
from linkage.waves import allocate_wave

from .whole_chain import QUOTE, fill

S = "/studies/pilot"
C = f"{S}/speakers/consents"
MAUREEN = 2


@pytest.fixture
def chain(app, tmp_path):
    fill(app, tmp_path)
    place = app.extensions["coproduce"]

    def change(run, action="consent"):
        writer = place.writer(place.study_path("pilot"))
        return writer.submit(run, actor="test", action=action)

    return change


def quotes(client):
    text = client.get(f"{S}/quotes/quotes.csv").get_data().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_quotes_file_withholds_the_words_and_says_why(client, chain) -> None:
    assert (quotes(client)[0]["quote"], quotes(client)[0]["consent"]) == (QUOTE, "not recorded")
    chain(lambda db: set_consent(db, MAUREEN, "publication", False))
    (row,) = quotes(client)
    assert (row["quote"], row["memo"], row["consent"]) == ("", "", "left out: refused")
    page = client.get(f"{S}/quotes/").text
    assert "The words of 1 quote are left out for lack of consent to publication" in page


def test_only_what_everybody_consented_to_is_approved(client, post, chain, db) -> None:
    path = f"{S}/messages/1/approve"
    answer = post(path, data={"version": "1"})
    assert answer.status_code == 400
    assert "has no consent to messages recorded" in answer.text
    chain(lambda db: set_consent(db, MAUREEN, "message", True))
    assert post(path, data={"version": "7"}).status_code == 409
    assert post(path, data={"version": "1"}).status_code == 303
    assert messages.get_message(db, 1)["state"] == "approved"
    chain(lambda db: set_consent(db, MAUREEN, "message", True, withdrawn_on="2026-01-01"))
    assert "The approval no longer holds" in client.get(f"{S}/messages/1/").text
    assert post(f"{path}/back").status_code == 303
    assert "refused or withdrew" in post(path, data={"version": "1"}).text


def test_what_somebody_refused_is_not_shown_to_respondents(app, chain) -> None:
    frame = pd.DataFrame({"id": range(4), "area": ["East"] * 4})

    def allocate(db):
        return allocate_wave(db, "1", frame, ["area"], ("none", "A"), 1, date(2030, 1, 1))

    chain(lambda db: db.table("survey_import").delete_where())  # arms are drawn before answers
    chain(lambda db: set_consent(db, MAUREEN, "message", False))
    with pytest.raises(BadInput, match="does not allow it: Maureen"):
        chain(allocate, "allocate")


def test_no_file_is_made_for_an_archive_that_somebody_refused(client, chain) -> None:
    address = f"{S}/settings/export?for=archive"
    assert client.get(address).status_code == 200
    chain(lambda db: set_consent(db, MAUREEN, "archive", False))
    answer = client.get(address)
    assert (answer.status_code, "consent to archive is 1 refused" in answer.text) == (400, True)
    assert client.get(f"{S}/settings/export").status_code == 200


def test_decisions_are_recorded_for_several_at_once(client, post, chain) -> None:
    page = client.get(C).text
    assert "2 participants lack a recorded decision, of 2" in page
    data = {"speaker": ["2", "3"], "use": ["message", "archive"], "given": "yes",
            "form_version": "v2", "decided_on": "2026-03-01"}  # fmt: skip
    assert post(C, data=data).status_code == 303
    file = client.get(f"{C}.csv").get_data().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(file)))
    assert [(r["message"], r["publication"], r["form_version"]) for r in rows] == [
        ("given", "not recorded", "v2")
    ] * 2
    chain(lambda db: set_consent(db, MAUREEN, "message", True, withdrawn_on="2026-04-01"))
    answer = post(C, data=data)
    assert (answer.status_code, "withdrew consent to message" in answer.text) == (400, True)
    assert post(C, data={**data, "use": []}).status_code == 400


def test_the_study_says_what_not_recorded_means(client, post, chain) -> None:
    assert post(f"{C}/rule", data={"unrecorded": "out"}).status_code == 303
    assert quotes(client)[0]["consent"] == "left out: not recorded"
    assert post(f"{C}/rule", data={"unrecorded": "?"}).status_code == 400
