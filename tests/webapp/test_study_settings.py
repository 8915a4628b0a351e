"""Settings: rename, reorder, remove; archive and bring back; copy as a template."""

import pytest
from flask.testing import FlaskClient
from sqlite_utils import Database

from linkage import areas
from linkage.history import changes_since

from .talk import S

SETTINGS = f"{S}/settings"


def test_areas_are_renamed_moved_and_removed(post, db: Database) -> None:
    post(f"{SETTINGS}/area/1", data={"do": "rename", "name": "Far East", "kind": "large town"})
    post(f"{SETTINGS}/area/1", data={"do": "move down"})
    assert [row["name"] for row in areas.areas(db)] == ["West", "Far East"]
    assert post(f"{SETTINGS}/area/2", data={"do": "remove"}).location.endswith("#area")
    assert [row["kind"] for row in areas.areas(db)] == ["large town"]
    assert changes_since(db, 0)[-1]["action"] == "remove area"


def test_what_is_in_use_says_so_and_stays(post, stored, db: Database) -> None:
    answer = post(f"{SETTINGS}/area/1", data={"do": "remove"})
    assert answer.status_code == 400
    assert "“East” cannot be removed, since it is in use: 1 focus group." in answer.text
    assert len(areas.areas(db)) == 2


@pytest.mark.parametrize(
    ("path", "data", "status"),
    [
        ("/area/1", {"do": "rename", "name": ""}, 400),
        ("/area/1", {"do": "explode"}, 400),
        ("/area/99", {"do": "remove"}, 404),
        ("/area/9007199254740992", {"do": "remove"}, 404),
        ("/coder/1", {"do": "remove"}, 404),
        ("", {"name": " ", "notice": ""}, 400),
        ("/copy", {"copy_name": "Other", "copy_key": "pilot"}, 400),
        ("/copy", {"copy_name": "", "copy_key": "other"}, 400),
    ],
)
def test_bad_input_is_refused_in_words(post, path: str, data: dict, status: int) -> None:
    assert post(f"{SETTINGS}{path}", data=data).status_code == status


def test_name_and_notice_show_at_once(client: FlaskClient, post) -> None:
    assert post(SETTINGS, data={"name": "New name", "notice": "In <b>trust</b>"}).status_code == 303
    page = client.get(f"{S}/").text
    assert "– New name – Coproduce" in page
    assert "In &lt;b&gt;trust&lt;/b&gt;" in page
    assert "New name" in client.get("/").text


def test_an_archived_study_is_read_and_not_changed(client: FlaskClient, post, stored) -> None:
    post(f"{SETTINGS}/archive", data={"do": "archive"})
    listed = client.get("/").text
    assert listed.index("Archived (1)") < listed.index("Pilot study")
    for path in ("/", "/transcripts/", "/codebook/", "/settings"):
        page = client.get(f"{S}{path}")
        assert page.status_code == 200
        assert "This study is archived" in page.text
    for path, data in [
        (f"{SETTINGS}/area", {"name": "North"}),
        (f"{SETTINGS}/area/2", {"do": "remove"}),
        (SETTINGS, {"name": "Other", "notice": ""}),
        (f"{S}/start/issues", {"name": "Crime"}),
        (f"{S}/codebook/", {"name": "Code"}),
        (f"{S}/transcripts/1/delete", {"sure": "yes"}),
    ]:
        answer = post(path, data=data)
        assert answer.status_code == 400, path
        assert "bring it back in its settings first" in answer.text, path
    answer = post(f"/api{S}/codes", json={"name": "Code"})
    assert (answer.status_code, "archived" in answer.json["error"]) == (400, True)
    post(f"{SETTINGS}/archive", data={"do": "bring back"})
    assert post(f"{SETTINGS}/area", data={"name": "North"}).status_code == 302
    assert "Archived" not in client.get("/").text


def test_a_template_is_a_new_study(client: FlaskClient, post, stored) -> None:
    answer = post(f"{SETTINGS}/copy", data={"copy_name": "Next year"})
    assert answer.location == "/studies/next-year/settings"
    assert "Community safety" in client.get(answer.location).text
    assert "lane" not in client.get("/studies/next-year/transcripts/").text
    assert "lane" in client.get(f"{S}/transcripts/").text
