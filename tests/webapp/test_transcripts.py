"""Transcripts come in by a preview, are said to be about something, and can be deleted."""

import io
import re
from pathlib import Path

import pytest
from flask import Flask

from coding.groups import list_groups
from coding.speakers import list_speakers
from coding.transcripts import list_transcripts

from .conftest import csrf, sign_in
from .talk import TALK, S


def kept(app: Flask) -> list[Path]:
    return [p for p in (app.extensions["coproduce"].path / "uploads").rglob("*") if p.is_file()]


def test_an_empty_study_says_what_to_do(client) -> None:
    assert "Import the first ones" in client.get(f"{S}/transcripts/").text


def test_an_import_without_files_is_refused(post) -> None:
    answer = post(f"{S}/transcripts/import", data={"area": "1"})
    assert (answer.status_code, "Choose at least one file" in answer.text) == (400, True)


def test_an_attendance_that_is_no_number_is_said_before_the_preview(app, post) -> None:
    files = [(io.BytesIO(TALK.encode()), "lane.txt")]
    answer = post(f"{S}/transcripts/import", data={"files": files, "attendance": "about 8"})
    assert (answer.status_code, "Attendance is “about 8”" in answer.text) == (400, True)
    assert kept(app) == []


def test_a_preview_shows_what_was_found_and_stores_nothing(app, client, db, upload) -> None:
    (token,) = upload(("lane.txt", TALK))
    page = client.get(f"{S}/transcripts/import/look?file={token}&area=1").text
    assert "4 turns, 3 speakers" in page
    assert "<dt>Mo</dt><dd>We cleared the lane.</dd>" in page
    assert list_transcripts(db) == []
    (file,) = kept(app)
    assert file.stat().st_mode & 0o777 == 0o600


def test_names_are_merged_and_roles_chosen_before_anything_is_stored(db, post, upload) -> None:
    data = {
        "file": upload(("lane.txt", TALK)),
        "title-0": "Lane",
        "label-0": ["Fac", "Mo", "Maureen"],
        "name-0": ["Ruth", "Maureen", "Maureen"],
        "role-0": ["moderator", "participant", "participant"],
        "area": "1",
        "issue": "2",
        "held_on": "2026-03-04",
        "attendance": "7",
    }
    page = post(f"{S}/transcripts/import/look", data={**data, "do": "look"}).text
    assert "4 turns, 2 speakers" in page
    assert 'value="Ruth"' in page
    answer = post(f"{S}/transcripts/import/look", data={**data, "do": "import"})
    assert answer.location == f"{S}/transcripts/"
    found = [(s["name"], s["role"], s["turns"]) for s in list_speakers(db)]
    assert found == [("Ruth", "moderator", 2), ("Maureen", "participant", 2)]
    (row,) = list_transcripts(db)
    assert (row["title"], row["group"], row["issue"]) == ("Lane", "Lane", "safety")
    assert (row["held_on"], row["attendance"]) == ("2026-03-04", 7)


def test_swapped_names_keep_the_roles_chosen_for_them(db, post, upload) -> None:
    data = {
        "file": upload(("lane.txt", TALK)),
        "label-0": ["Fac", "Mo", "Maureen"],
        "name-0": ["Mo", "Fac", "Maureen"],
        "role-0": ["moderator", "participant", "participant"],
        "area": "1",
        "do": "import",
    }
    post(f"{S}/transcripts/import/look", data=data)
    assert {s["name"] for s in list_speakers(db) if s["role"] == "moderator"} == {"Mo"}


def test_what_is_not_a_speaker_goes_back_into_the_text(post, upload) -> None:
    data = {
        "file": upload(("lane.txt", TALK)),
        "label-0": ["Maureen"],
        "name-0": ["Maureen"],
        "role-0": ["none"],
    }
    page = post(f"{S}/transcripts/import/look", data={**data, "do": "look"}).text
    assert "3 turns, 2 speakers" in page
    assert "Maureen: We did." in page
    assert re.search(r'value="none" selected', page)


BAD = [
    ("empty.txt", b"", "is empty"),
    ("photo.txt", bytes(range(256)) * 40, "photo.txt"),
    ("talk.docx", b"nonsense", "not a Word"),
    ("talk.doc", b"x", "old Word document"),
    ("talk.exe", b"x", "cannot be read as a transcript"),
]


def test_bad_files_are_named_and_the_good_one_is_imported(app, client, db, post, upload) -> None:
    tokens = upload(*[(name, content) for name, content, _ in BAD], ("lane.txt", TALK))
    data = {"file": tokens, "area": "1"}
    page = client.get(f"{S}/transcripts/import/look", query_string=data).text
    for _, _, says in BAD:
        assert says in page
    assert "Import 1 transcript<" in page
    post(f"{S}/transcripts/import/look", data={**data, "do": "import"})
    assert [row["title"] for row in list_transcripts(db)] == ["lane"]
    assert kept(app) == []


def test_all_files_are_stored_or_none(app, client, db, post, upload) -> None:
    tokens = upload(("a.txt", TALK), ("b.txt", TALK))
    data = {"file": tokens, "area": "1", "name": "One group", "do": "import"}
    answer = post(f"{S}/transcripts/import/look", data=data)
    assert (answer.status_code, "already in this focus group" in answer.text) == (400, True)
    assert (list_transcripts(db), list_groups(db), len(kept(app))) == ([], [], 2)
    post(f"{S}/transcripts/import/look", data={**data, "leave-1": "on"})
    assert [row["group"] for row in list_transcripts(db)] == ["One group"]


def test_an_import_needs_an_area_or_a_group(post, upload) -> None:
    data = {"file": upload(("lane.txt", TALK)), "do": "import", "title-0": "Typed"}
    answer = post(f"{S}/transcripts/import/look", data=data)
    assert answer.status_code == 400
    assert "Choose the area" in answer.text
    assert 'value="Typed"' in answer.text


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("attendance", "many", "write a whole number"),
        ("held_on", "4 March", "year-month-day"),
        ("phase", "later", "source or test"),
        ("area", "99", "There is no area 99"),
        ("group", "9" * 30, "write a whole number"),
        ("title-0", "x" * 300, "1 to 200 characters"),
    ],
)
def test_a_bad_field_is_said_in_one_sentence(db, post, upload, field, value, says) -> None:
    data = {"file": upload(("lane.txt", TALK)), "area": "1", "do": "import", field: value}
    answer = post(f"{S}/transcripts/import/look", data=data)
    assert answer.status_code in (400, 404)
    assert says in answer.text
    assert list_transcripts(db) == []


def test_a_known_group_keeps_its_speakers(db, client, post, upload, stored) -> None:
    tokens = upload(("second.txt", TALK.replace("lane", "pond")))
    data = {"file": tokens, "group": "1"}
    page = client.get(f"{S}/transcripts/import/look", query_string=data).text
    assert "already in the group, participant" in page
    post(f"{S}/transcripts/import/look", data={**data, "do": "import"})
    assert [g["transcripts"] for g in list_groups(db)] == [2]
    assert len(list_speakers(db)) == 3


def test_a_file_in_the_study_is_pointed_out(client, upload, stored) -> None:
    (token,) = upload(("again.txt", TALK))
    page = client.get(f"{S}/transcripts/import/look?file={token}").text
    assert "This file is in the study already, as “lane”." in page


def test_another_person_cannot_see_an_upload(app, upload) -> None:
    (token,) = upload(("lane.txt", TALK))
    page = sign_in(app, "Ben").get(f"{S}/transcripts/import/look?file={token}").text
    assert "no longer here" in page
    assert "cleared the lane" not in page


def test_a_token_is_never_a_path(client) -> None:
    page = client.get(f"{S}/transcripts/import/look?file=../../secret_key").text
    assert "no longer here" in page


def test_cancelling_removes_the_upload(app, post, upload) -> None:
    data = {"file": upload(("lane.txt", TALK)), "do": "cancel"}
    assert post(f"{S}/transcripts/import/look", data=data).status_code == 303
    assert kept(app) == []


def test_words_of_a_file_are_never_markup(client, upload) -> None:
    (token,) = upload(("x.txt", "Mo: <script>alert(1)</script>\nBo: <b>hi</b>\nMo: yes\n"))
    page = client.get(f"{S}/transcripts/import/look?file={token}").text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_the_list_links_to_desk_and_about(client, stored) -> None:
    page = client.get(f"{S}/transcripts/").text
    assert f'href="{S}/transcripts/1/"' in page
    assert f'href="{S}/transcripts/1/about"' in page
    assert page.count("<h1>") == 1


@pytest.mark.parametrize("path", ["transcripts/9/about", "transcripts/9/delete", "groups/9/"])
def test_what_is_not_there_is_404(client, path) -> None:
    assert client.get(f"{S}/{path}").status_code == 404


def test_a_change_without_the_token_is_refused(client, stored) -> None:
    assert csrf(client)
    assert client.post(f"{S}/transcripts/1/delete").status_code == 400


@pytest.mark.parametrize("ending", ["txt", "md", "docx"])
def test_a_real_meeting_shows_its_turns_and_speakers(client, shared, upload, ending) -> None:
    file = shared / "data" / "derived" / f"senedd15.{ending}"
    (token,) = upload((file.name, file.read_bytes()))
    page = client.get(f"{S}/transcripts/import/look?file={token}").text
    assert "140 turns, 8 speakers" in page
