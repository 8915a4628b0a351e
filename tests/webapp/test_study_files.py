"""A whole study leaves as a file and comes back; what is not one is refused in words."""

import io
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from linkage.check import check_study
from linkage.study import open_study
from tests.linkage.opened import spoil
from webapp.cli import run

from .talk import S

EXPORT = f"{S}/settings/export"


@pytest.fixture
def exported(client: FlaskClient, stored) -> bytes:
    return client.get(EXPORT).data


def send(post, content: bytes, name: str = "pilot copy.db", key: str = ""):
    return post("/open-study", data={"file": (io.BytesIO(content), name), "key": key})


def test_an_export_is_private_whole_and_leaves_nothing(
    app: Flask, client: FlaskClient, stored, tmp_path: Path
) -> None:
    answer = client.get(EXPORT)
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=pilot-20")
    assert answer.headers["Cache-Control"] == "no-store"
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    (tmp_path / "taken.db").write_bytes(answer.data)
    db = open_study(tmp_path / "taken.db")
    assert check_study(db) == []
    assert db.table("transcript").count == 1
    answer.close()
    folder = app.extensions["coproduce"].path / "exports"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert list(folder.iterdir()) == []


def test_an_exported_file_is_opened_again(
    app: Flask, client: FlaskClient, post, exported: bytes
) -> None:
    answer = send(post, exported)
    assert answer.location == "/studies/pilot-copy/"
    assert "everything in the file was copied and checked" in client.get(answer.location).text
    assert "lane" in client.get("/studies/pilot-copy/transcripts/").text
    place = app.extensions["coproduce"]
    assert check_study(place.reader(place.study_path("pilot-copy"))) == []
    assert list((place.path / "building").iterdir()) == []
    assert not list((place.path / "uploads").rglob("*.db"))


def test_remarks_are_shown_before_going_on(post, exported: bytes, tmp_path: Path) -> None:
    (tmp_path / "odd.db").write_bytes(exported)
    spoil(
        tmp_path / "odd.db",
        'CREATE TABLE "<script>alert(1)</script>" (a)',
        "UPDATE change SET actor = 'x' WHERE id = 1",
    )
    answer = send(post, (tmp_path / "odd.db").read_bytes())
    assert answer.status_code == 200
    assert "Change 1 does not match its hash." in answer.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer.text
    assert "<script>alert" not in answer.text


def test_what_is_no_study_is_refused_and_leaves_nothing(
    app: Flask, client: FlaskClient, post, exported: bytes
) -> None:
    for content, key in [
        (b"no study", "new"), (exported[:-5000], "new"), (exported, "pilot"), (exported, "../x")
    ]:  # fmt: skip
        answer = send(post, content, key=key)
        assert answer.status_code == 400, key
        assert 'role="alert"' in answer.text
    assert post("/open-study", data={}).status_code == 400
    place = app.extensions["coproduce"]
    assert [path.name for path in (place.path / "studies").glob("*.db")] == ["pilot.db"]
    assert list((place.path / "building").iterdir()) == []
    assert client.get("/").text.count('class="card"') == 1


def test_the_command_line_backs_up_a_study_in_use_and_restores_it(
    app: Flask, stored, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    place, file = app.extensions["coproduce"], tmp_path / "pilot.db"

    def coproduce(*words: str) -> tuple[int, str]:
        code = run([*words, "--instance", str(place.path)])
        out, err = capsys.readouterr()
        return code, out + err

    assert coproduce("study", "backup", "pilot", str(file))[0] == 0
    assert file.stat().st_mode & 0o777 == 0o600
    assert "exists already" in coproduce("study", "backup", "pilot", str(file))[1]
    assert coproduce("study", "restore", str(file), "again") == (
        0, "Study “again” is opened: Pilot study.\n"
    )  # fmt: skip
    assert coproduce("study", "check", "again")[0] == 0
    code, told = coproduce("study", "restore", str(file), "again")
    assert (code, "There is already a study “again”" in told) == (2, True)
    live = place.study_path("pilot")
    code, told = coproduce("study", "restore", str(live), "live")
    assert (code, "study backup" in told) == (2, True)
    file.write_bytes(b"x" * 5000)
    assert coproduce("study", "restore", str(file), "bad")[0] == 2
    assert sorted(path.name for path in live.parent.glob("*.db")) == ["again.db", "pilot.db"]


def test_another_study_cannot_be_exported_unseen(app: Flask) -> None:
    assert app.test_client().get(EXPORT).status_code == 302
