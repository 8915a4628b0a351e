"""Names from the search to the key moved away: no file that leaves, and no byte, holds them."""

import io
import json
import re
import time
from pathlib import Path

import pytest

from coding import codebook, memos, transcripts
from coding.codings import add_coding
from coding.pseudonyms import key_file
from linkage import areas
from linkage.check import check_study
from linkage.pseudonyms import opened_key
from linkage.study import open_study, writing
from webapp.cli import run

from .conftest import sign_in
from .talk import S
from .test_withheld import addresses, words_in

P = f"{S}/pseudonyms"
TALK = """\
Facilitator: Who cleared the lane?

Siobhan Kelly: We did, with Oluwaseun. Ring me on 07700 900123, or mail siobhan@example.org.

Oluwaseun: siobhan did most of it, she is at 14 Rosamond Terrace, TS1 3AB.
"""
NAMES = ("siobhan", "kelly", "oluwaseun", "900123", "rosamond", "ts1 3ab")


@pytest.fixture
def told(app, post, upload, tmp_path):
    data = {"file": upload(("Siobhan Kelly.txt", TALK)), "area": "1", "do": "import"}
    assert post(f"{S}/transcripts/import/look", data=data).status_code == 303
    db = open_study(app.extensions["coproduce"].study_path("pilot"))
    with writing(db, "test", "code what Siobhan says"):
        ana = areas.ensure_coder(db, "Ana")
        code = codebook.add_code(db, "Clean-ups")
        words = "with Oluwaseun"
        start = transcripts.text(db, 1).index(words)
        add_coding(db, 1, code, ana, start, start + len(words), words)
        memos.add_memo(db, ana, "Kelly again", title="Siobhan")
    db.close()
    return app


def wait(client, answer) -> None:
    """Follow a job to its end."""
    assert answer.status_code == 303, answer.get_data(as_text=True)
    for _ in range(600):
        job = client.get(answer.location, headers={"Accept": "application/json"}).json
        if job["state"] not in ("waiting", "running"):
            assert job["state"] == "done", job
            return
        time.sleep(0.1)
    raise AssertionError("the job does not end")


def search(client, post, **files) -> None:
    wait(client, post(f"{P}/search", data=files))


def hide_all(client, post, place) -> None:
    with opened_key(place.key_path("pilot")) as key:
        ids = [str(row["id"]) for row in key_file.list_names(key)]
    assert post(f"{P}/decide", data={"name": ids, "rest": "hide"}).status_code == 303
    page = client.get(f"{P}/look").get_data(as_text=True)
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', page)
    assert seen, page
    answer = post(f"{P}/hide", data={"seen": seen[1]})
    wait(client, answer)
    job = re.search(r"/jobs/(\d+)", answer.location)
    assert job
    assert client.get(f"{P}/done?job={job[1]}").status_code == 303


def found_in(data: str) -> list[str]:
    return [name for name in NAMES if name in data.lower()]


def files_of(folder: Path, but: Path) -> str:
    found = [f.read_bytes() for f in folder.rglob("*") if f.is_file() and f != but]
    return b"\n".join(found).decode("utf-8", "replace")


def downloads(app, client) -> str:
    """Read every page and file that a GET of the study gives."""
    said = []
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and "study_key" in rule.arguments:
            for address in addresses(app, rule, "pilot"):
                answer = client.get(address)
                # An address that names a person is echoed where nothing is found for it.
                said.append(words_in(answer) if "search" not in rule.rule else "")
    return "\n".join(said)


def test_no_name_is_left_once_the_key_is_moved_away(told, client, post, tmp_path) -> None:
    place = told.extensions["coproduce"]
    roster = (io.BytesIO(b"name\nSiobhan Kelly\nOluwaseun Adeyemi\nZebedee Quill\n"), "people.csv")
    assert set(found_in(downloads(told, client))) == set(NAMES)
    search(client, post, roster=roster)
    key_path = place.key_path("pilot")
    assert key_path.stat().st_mode & 0o777 == 0o600
    assert "zebedee" not in key_path.read_bytes().decode("utf-8", "replace").lower()
    hide_all(client, post, place)
    exported = post(f"{P}/key/export")
    assert "Siobhan Kelly" in exported.get_data(as_text=True)
    answer = post(f"{P}/key/delete", data={"sure": "yes"})
    assert answer.status_code == 303
    assert found_in(downloads(told, client)) == []
    place.close()
    # The names are in no file of the instance: study, log, catalogue, key, exports.
    assert found_in(files_of(place.path, Path())) == []
    db = open_study(place.study_path("pilot"))
    assert check_study(db) == []
    assert [row["quote"] for row in db.table("coding").rows] == ["with [Participant 2]"]


def test_each_look_behind_a_pseudonym_is_recorded(told, client, post) -> None:
    place = told.extensions["coproduce"]
    search(client, post)
    hide_all(client, post, place)
    page = post(f"{P}/key/1").get_data(as_text=True)
    assert found_in(page)
    assert "looked behind" in page
    history = client.get(f"{S}/history/").get_data(as_text=True)
    assert "look behind a pseudonym" in history
    assert found_in(history) == []


def test_the_key_comes_back_from_its_file(told, client, post) -> None:
    place = told.extensions["coproduce"]
    search(client, post)
    hide_all(client, post, place)
    exported = post(f"{P}/key/export").data
    assert "Tick that" in post(f"{P}/key/delete").get_data(as_text=True)
    post(f"{P}/key/delete", data={"sure": "yes"})
    assert "does not know" in client.get(f"{P}/").get_data(as_text=True)
    assert post(f"{P}/key/1").status_code == 404
    wrong = post(f"{P}/key/bring", data={"file": (io.BytesIO(b"a,b\n1,2\n"), "key.csv")})
    assert wrong.status_code == 400
    back = post(f"{P}/key/bring", data={"file": (io.BytesIO(exported), "key.csv")})
    assert back.status_code == 303
    assert found_in(post(f"{P}/key/1").get_data(as_text=True))


def test_what_was_looked_at_is_what_is_hidden(told, client, post) -> None:
    search(client, post)
    answer = post(f"{P}/hide", data={"seen": "0" * 64})
    assert answer.status_code == 409
    assert "Siobhan" in client.get(f"{S}/transcripts/1/").get_data(as_text=True)


def test_bad_input_is_told_at_the_page(told, client, post) -> None:
    search(client, post)
    bad = post(f"{P}/decide", data={"name": "1", "decision-1": "hide", "pseudonym-1": "<b>"})
    assert bad.status_code == 400
    assert post(f"{P}/add", data={"name": "", "kind": "person"}).status_code == 400
    assert post(f"{P}/add", data={"name": "Lane", "kind": "nonsense"}).status_code == 400
    assert post(f"{P}/names/999/leave").status_code == 404
    assert post(f"{P}/names/1/merge", data={"into": "1"}).status_code == 400
    assert post(f"{P}/names/1/split").status_code == 400
    assert post(f"{P}/style", data={"style": "loud"}).status_code == 400
    assert post(f"{P}/look/leave", data={"row": "memo x"}).status_code == 400
    roster = (io.BytesIO(b"\x00\x01"), "people.pdf")
    assert post(f"{P}/search", data={"roster": roster}).status_code == 400


def test_an_empty_study_says_what_to_do(app, client) -> None:
    for page, words in (("", "Search the transcripts"), ("look", "Nothing is decided"),
                        ("key", "No name is hidden yet")):  # fmt: skip
        answer = client.get(f"{P}/{page}")
        assert answer.status_code == 200
        assert words in answer.get_data(as_text=True)


def test_no_page_claims_that_nobody_can_be_known() -> None:
    """Pseudonymised is what it is; the other word is a promise that nobody can keep."""
    templates = Path(__file__).parents[2] / "webapp" / "templates"
    said = {f.name: f.read_text().replace("pseudonym", "") for f in templates.rglob("*.html")}
    assert len(said) > 100
    claims = [name for name, words in said.items() if re.search("anonymi|anonymous", words, re.I)]
    assert claims == []


def test_only_owners_of_the_whole_study_see_names(told) -> None:
    assert sign_in(told, "Zoe", administrator=False).get(f"{P}/").status_code == 404


def test_the_command_line_does_the_same(told, tmp_path, capsys) -> None:
    start = ["--instance", str(tmp_path / "instance")]
    told.extensions["coproduce"].close()
    (tmp_path / "people.txt").write_text("Siobhan Kelly\n")
    find = [*start, "pseudonyms", "pilot", "--find", "--roster", str(tmp_path / "people.txt")]
    assert run([*find, "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert "Siobhan Kelly" in [row["name"] for row in rows]
    assert run([*start, "pseudonyms", "pilot", "--hide-all", "--apply", "--format", "json"]) == 0
    assert all(row["hidden"] for row in json.loads(capsys.readouterr().out))
    file = tmp_path / "key.csv"
    assert run([*start, "pseudonym-key", "pilot", "export", str(file)]) == 0
    assert run([*start, "pseudonym-key", "pilot", "export", str(file)]) == 2
    assert run([*start, "pseudonym-key", "pilot", "delete"]) == 0
    assert run([*start, "pseudonym-key", "pilot", "delete"]) == 2
    assert found_in(files_of(tmp_path / "instance", Path())) == []
    assert run([*start, "pseudonym-key", "pilot", "bring", str(file)]) == 0
    assert run([*start, "study", "check", "pilot"]) == 0
    assert run([*start, "pseudonyms", "pilot", "--roster", str(file)]) == 2
    assert run([*start, "pseudonym-key", "pilot", "export"]) == 2
