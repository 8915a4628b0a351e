"""Speakers are listed by group and edited with their attributes and consents."""

import io

import pandas as pd
import pytest
from flask import Flask

from coding.groups import add_group
from coding.speakers import consents, list_speakers
from coding.transcripts import import_transcript, preview

S = "/studies/pilot/speakers/"
WHOLE = {"name": "Maureen", "role": "participant"}


@pytest.fixture
def db(app: Flask, tmp_path):
    """A reader of the study with Fac (1, moderator), Maureen (2) and Joyce (3)."""
    talk = tmp_path / "lane.txt"
    talk.write_text("Fac: What changed?\nMaureen: We did.\nJoyce: Yes.\nMaureen: Ah.\nFac: So?\n")
    place = app.extensions["coproduce"]
    path = place.study_path("pilot")
    place.writer(path).submit(
        lambda db: import_transcript(db, preview(talk), add_group(db, 1, "Lane group")),
        actor="test",
        action="import",
    )
    return place.reader(path)


def test_no_speakers_yet(client) -> None:
    assert "There is no speaker yet" in client.get(S).text


def test_speakers_are_listed_with_their_consents(client, db, post) -> None:
    given = {"message-given": "yes", "message-withdrawn_on": "2026-05-02", "archive-given": "no"}
    post(f"{S}2/", data={**WHOLE, **given})
    page = client.get(S).text
    assert "East, Lane group" in page
    row = page.split(">Maureen<")[1].split("</tr>")[0]
    assert row.index("Not recorded") < row.index("Withdrawn") < row.index(">No<")


def test_name_role_and_attributes_are_changed_at_once(client, db, post) -> None:
    data = {
        "name": "Mo",
        "role": "moderator",
        "attribute": ["age", "lives here", ""],
        "value": ["65 and over", "since 1991", ""],
    }
    assert post(f"{S}2/", data=data).status_code == 303
    found = {row["id"]: row for row in list_speakers(db)}[2]
    assert (found["name"], found["role"]) == ("Mo", "moderator")
    assert found["attributes"] == {"age": "65 and over", "lives here": "since 1991"}
    post(f"{S}2/", data={**data, "value": ["65 and over", "", ""]})
    assert {row["id"]: row for row in list_speakers(db)}[2]["attributes"] == {"age": "65 and over"}


def test_consent_is_stored_by_use(db, post) -> None:
    told = {"form_version": "2", "decided_on": "2026-03-01", "withdrawn_on": ""}
    data = {f"publication-{name}": value for name, value in told.items()}
    post(f"{S}2/", data={**WHOLE, **data, "publication-given": "yes"})
    (row,) = consents(db, 2)
    assert (row["use"], row["given"], row["form_version"]) == ("publication", 1, "2")
    assert (row["decided_on"], row["withdrawn_on"]) == ("2026-03-01", None)


def test_saving_what_is_there_changes_nothing(db, post) -> None:
    data = {**WHOLE, "attribute": "age", "value": "30", "archive-given": "no"}
    post(f"{S}2/", data=data)
    count = db.table("change_row").count
    post(f"{S}2/", data=data)
    assert db.table("change_row").count == count


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"name": ""}, "1 to 200 characters"),
        ({"name": "Joyce"}, "already"),
        ({"role": "boss"}, "moderator or participant"),
        ({"value": "65", "attribute": ""}, "has no name"),
        ({"attribute": ["age", "age"], "value": ["1", "2"]}, "stands there twice"),
        ({"message-withdrawn_on": "2026-01-01"}, "was not given"),
        ({"message-form_version": "2"}, "yes or no"),
        ({"message-given": "yes", "message-decided_on": "May"}, "year-month-day"),
    ],
)
def test_a_mistake_is_said_and_nothing_is_stored(client, db, post, fields, says) -> None:
    data = {**WHOLE, "role": "moderator", "archive-given": "no", **fields}
    answer = post(f"{S}2/", data=data)
    assert answer.status_code == 400
    assert says in answer.text
    assert consents(db, 2) == []
    assert {row["id"]: row["role"] for row in list_speakers(db)}[2] == "participant"


def test_what_was_typed_is_kept_beside_the_mistake(db, post) -> None:
    data = {**WHOLE, "attribute": "age", "value": "65", "message-withdrawn_on": "2026-01-01"}
    page = post(f"{S}2/", data=data).text
    assert 'value="65"' in page
    assert 'value="2026-01-01"' in page


def test_a_speaker_links_to_their_quotes(client, db) -> None:
    page = client.get(f"{S}2/").text
    assert "/studies/pilot/quotes/?speaker=2" in page
    assert "2 turns, 3 words" in page


def test_nobody_is_404(client, db) -> None:
    assert client.get(f"{S}9/").status_code == 404


def test_a_speaker_is_merged_and_one_of_another_group_is_linked(client, db, post, app) -> None:
    place = app.extensions["coproduce"]
    place.writer(place.study_path("pilot")).submit(
        lambda db: db.table("speaker").insert(
            {"focus_group_id": add_group(db, 2, "Steps"), "name": "Mo"}
        ),
        actor="test",
        action="second group",
    )
    assert post(f"{S}2/merge", data={"other": "4"}).status_code == 400
    assert "1 turn moved" in client.get(post(f"{S}2/merge", data={"other": "3"}).location).text
    assert post(f"{S}2/link", data={"other": "4"}).status_code == 303
    page = client.get(f"{S}2/").text
    assert "They count as one person" in page
    assert post(f"{S}2/unlink").status_code == 303
    assert post(f"{S}2/unlink").status_code == 400


def test_attributes_are_defined_and_unfit_values_mapped(client, db, post) -> None:
    post(f"{S}2/", data={**WHOLE, "attribute": "age", "value": "old"})
    answer = post(f"{S}attributes", data={"name": "age", "kind": "choice", "levels": "a\nb"})
    assert answer.status_code == 303
    assert "“old” (1)" in client.get(f"{S}attributes").text
    data = {"name": "age", "kind": "choice", "levels": "a\nb", "old": "old", "new": "b"}
    assert post(f"{S}attributes/1", data=data).status_code == 303
    assert {row["id"]: row for row in list_speakers(db)}[2]["attributes"] == {"age": "b"}
    wrong = post(f"{S}2/", data={**WHOLE, "attribute": "age", "value": "c"})
    assert (wrong.status_code, "choose one of: a; b" in wrong.text) == (400, True)
    assert post(f"{S}attributes/1/drop").status_code == 303


def test_a_file_of_attributes_is_previewed_then_stored(client, db, post) -> None:
    text = "speaker,age\nMaureen,=1+1\nJoyce,40\n"
    sent = {"file": (io.BytesIO(text.encode()), "people.csv")}
    page = post(f"{S}import/look", data=sent).text
    assert "2 values would change" in page
    assert list_speakers(db)[1]["attributes"] == {}
    assert post(f"{S}import", data={"text": text}).status_code == 303
    sheet = client.get(f"{S}composition.csv").get_data().decode("utf-8-sig")
    assert "'=1+1" in sheet
    book = client.get(f"{S}composition.xlsx").get_data()
    assert book[:2] == b"PK"
    cells = pd.read_excel(io.BytesIO(book), engine="calamine")["level"].tolist()
    assert cells == ["40", "'=1+1", "unknown"]
    bad = post(f"{S}import", data={"text": "speaker,age\nNobody,1\n"})
    assert (bad.status_code, "nothing was stored" in bad.text) == (400, True)


def test_composition_shows_bases_and_unknown(client, db, post) -> None:
    assert "No attribute is recorded yet" in client.get(f"{S}composition").text
    post(f"{S}2/", data={**WHOLE, "attribute": "age", "value": "30"})
    page = client.get(f"{S}composition?attribute=age").text
    assert '<th scope="row">Lane group</th><td>East</td>' in page
    assert client.get(f"{S}composition?attribute=height").status_code == 400
