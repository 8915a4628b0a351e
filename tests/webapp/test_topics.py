"""Topics on the page, as JSON, on the command line and as a job: found, decided, hidden, kept."""

import csv
import io
import json
import re
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from flask import Flask

from coding.codings import list_codings
from coding.speakers import list_speakers, set_consent
from coding.topics import Asked, kept_topics
from linkage import areas
from linkage.study import open_study, writing
from linkage.topics import find_and_keep
from tests.topics_talk import fill
from webapp import create_app
from webapp.cli import run
from webapp.people.members import Membership

from .conftest import csrf, sign_in

S, API = "/studies/pilot/topics/", "/api/studies/pilot/topics"
THREE = Asked(number=3)
FORM = {"unit": "turn", "number": "3", "seed": "1", "phase": "source"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Two areas' talk with topics of all of it, and of the West alone."""
    from webapp.instance import Instance

    folder = tmp_path_factory.mktemp("topics")
    place = Instance.at(folder / "instance")
    db = open_study(place.new_study("pilot", "Pilot"))
    with writing(db, "test", "set up"):
        areas.add_area(db, "east", "East")
        areas.add_area(db, "west", "West")
    fill(db, folder)
    for asked in (Asked(number=3, area_id=2), THREE):
        find_and_keep(db, actor="test", asked=asdict(asked))
    db.close()
    place.close()
    return folder / "instance"


@pytest.fixture
def app(folder: Path, tmp_path: Path) -> Iterator[Flask]:
    import shutil

    shutil.copytree(folder, tmp_path / "instance")
    app = create_app(tmp_path / "instance")
    yield app
    app.extensions["coproduce"].close()


@pytest.fixture
def db(app: Flask):
    place = app.extensions["coproduce"]
    return place.reader(place.study_path("pilot"))


def shown(page: str, number: int = 1) -> dict[str, list[str]]:
    """Read the form of a topic's card."""
    card = page.split(f'id="topic-{number}"')[1].split('</li>\n<li class="card topic"')[0]
    pairs = re.findall(r'name="(key|topic|quote|unit|number|seed|phase)" value="([^"]*)"', card)
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return {**found, "topic": [str(number)], "quote": found["quote"]}


def test_the_page_shows_words_counts_and_quotes(client) -> None:
    page = client.get(S).text
    assert "<b>3 topics</b>" in page
    assert "of 5 people" in page
    assert "Near no code" in page
    assert "Shares words with <b>Transport</b>" in page
    assert "Wonderful zebras" not in page
    assert "Words that set an area apart" in page
    only = client.get(f"{S}?area=1").text
    assert "of 3 people" in only
    assert "West hall" not in only


def test_a_topic_becomes_ones_own_code_and_one_undo_takes_it_back(client, post, db) -> None:
    form = shown(client.get(S).text)
    ticked = form["quote"][:2]
    answer = post(f"{S}code", data={**form, "quote": ticked, "name": "Getting about"})
    assert answer.status_code == 303
    rows = list_codings(db)
    assert [row["code"] for row in rows] == ["Getting about"] * 2
    assert {row["coder"] for row in rows} == {"Ana"}
    page = client.get(S).text
    change = re.search(r'name="change" value="(\d+)"', page)
    assert change
    assert "Undo: make a code of a topic" in page
    assert post(f"{S}undo", data={"change": change[1]}).status_code == 303
    assert list_codings(db) == []
    assert db.table("code").count == 2


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"quote": []}, "Tick at least one"), ({"quote": ["1-0-5"]}, "not the quotes of now"),
        ({"key": "x"}, "find topics again"), ({"name": ""}, "1 to 200"),
        ({"topic": "9"}, "no such"), ({"topic": "x"}, "whole number"),
        ({"name": "Transport"}, "already"), ({"parent": "77"}, "no code 77"),
    ],
)  # fmt: skip
def test_a_code_that_cannot_be_made_says_why(client, post, db, sent, words) -> None:
    form = {**shown(client.get(S).text), "name": "Buses", **sent}
    answer = post(f"{S}code", data=form)
    assert answer.status_code in (400, 404)
    assert words in answer.text
    assert db.table("coding").count == 0
    assert db.table("code").count == 2


def test_a_dismissed_topic_goes_below_and_comes_back(client, post, db) -> None:
    form = shown(client.get(S).text)
    assert post(f"{S}dismiss", data=form).status_code == 303
    page = client.get(S).text
    assert "<b>2 topics</b>, 1 dismissed" in page
    assert "dismissed by Ana" in page
    assert post(f"{S}dismissed/1/bring-back", data=FORM).status_code == 303
    assert "<b>3 topics</b>" in client.get(S).text
    assert post(f"{S}dismissed/1/bring-back").status_code == 404


def test_stale_topics_say_so_and_show_no_quotes(client, post, app) -> None:
    place = app.extensions["coproduce"]
    form = shown(client.get(S).text)

    def leads(db) -> None:
        cath = next(row for row in list_speakers(db) if row["name"] == "Cath")
        db.table("speaker").update(cath["id"], {"role": "moderator"})

    place.writer(place.study_path("pilot")).submit(leads, actor="test", action="role")
    page = client.get(S).text
    assert "changed since these topics were found" in page
    assert "<blockquote>" not in page
    assert "Find topics again" in page
    assert post(f"{S}code", data={**form, "name": "Late"}).status_code == 400


def test_bad_questions_are_refused_on_the_page(client, post) -> None:
    for sent in ({}, {**FORM, "number": "99"}, {**FORM, "seed": "x"}, {**FORM, "unit": "page"}):
        assert post(f"{S}find", data=sent).status_code == 400
    assert post(f"{S}find", data={**FORM, "of": "9"}).status_code == 404
    assert client.get(f"{S}?unit=page").status_code == 400


def member(app: Flask, name: str, **limits):
    people = app.extensions["coproduce"].people
    what = Membership(frozenset({"researcher"}), **limits)
    people.set_membership(people.ensure_user(name)["id"], "pilot", what)
    return sign_in(app, name, administrator=False)


def test_who_sees_one_area_sees_topics_of_that_area_alone(app: Flask, db) -> None:
    client = member(app, "Wes", areas=frozenset({2}))
    page = client.get(S).text
    assert "<b>3 topics</b>" in page
    assert "East" not in page
    assert "of 2 people" in page
    for address in (f"{S}?unit=turn&number=3&seed=1", f"{S}?unit=turn&of=1"):
        assert client.get(address).status_code in (400, 404)
    whole = kept_topics(db, THREE)
    assert whole
    headers = {"X-CSRFToken": csrf(client)}
    sent = {"key": whole.key_sha256, "topic": 1}
    assert client.post(f"{API}/dismissals", json=sent, headers=headers).status_code == 400
    answer = client.post(f"{S}find", data=FORM, headers=headers)
    assert (answer.status_code, "one of your areas" in answer.text) == (400, True)
    told = client.get(API).json
    assert {quote["area"] for topic in told["topics"] for quote in topic["quotes"]} == {"west"}
    own = client.post(f"{API}/dismissals", json={**sent, "key": told["key"]}, headers=headers)
    assert own.status_code == 201
    assert "<b>2 topics</b>, 1 dismissed" in client.get(S).text


def test_who_codes_blind_sees_neither_others_codings_nor_dismissals(client, post, app) -> None:
    form = shown(client.get(S).text)
    post(f"{S}code", data={**form, "name": "Getting about"})
    post(f"{S}dismiss", data=shown(client.get(S).text, 2))
    page = member(app, "Bea", blind=True).get(S).text
    assert "<b>3 topics</b>" in page
    assert not re.search(r"[1-9]\d* of these \d+ turns bear", page)
    assert re.search(r"[1-9]\d* of these \d+ turns bear", client.get(S).text)


def test_json_tells_the_same_and_makes_codes(client, post, db) -> None:
    told = client.get(API).json
    assert [topic["topic"] for topic in told["topics"]] == [1, 2, 3]
    quotes = [quote["id"] for quote in told["topics"][0]["quotes"]]
    sent = {"key": told["key"], "topic": 1, "name": "Getting about", "quotes": quotes}
    made = post(f"{API}/codes", json=sent)
    assert made.status_code == 201
    assert len(list_codings(db, code_id=made.json["id"])) == len(quotes)
    number = post(f"{API}/dismissals", json={"key": told["key"], "topic": 2}).json["id"]
    assert client.get(API).json["topics"][1]["dismissal_id"] == number
    headers = {"X-CSRFToken": csrf(client)}
    assert client.delete(f"{API}/dismissals/{number}", headers=headers).status_code == 204
    assert client.get(f"{API}?area=west").json["topics"]
    assert client.get(f"{API}?area=east").json["key"] is None


def withdraw(path: Path) -> str:
    """Let Maureen withdraw; returns a sentence of hers."""
    db = open_study(path)
    with writing(db, "test", "consent"):
        for person in list_speakers(db):
            if person["role"] != "moderator":
                gone = "2026-01-01" if person["name"] == "Maureen" else None
                set_consent(db, person["id"], "publication", True, withdrawn_on=gone)
    db.close()
    return "Maureen"


def test_files_leave_out_what_consent_does_not_let_go(app, client) -> None:
    withdraw(app.extensions["coproduce"].study_path("pilot"))
    page, file = client.get(S).text, client.get(f"{S}quotes.csv").text
    rows = list(csv.DictReader(io.StringIO(file)))
    assert "Maureen" in page
    assert "Maureen" not in file
    assert [row["quote"] for row in rows if row["consent"].startswith("left out")] == [""] * sum(
        row["consent"].startswith("left out") for row in rows
    )
    assert any(row["quote"] for row in rows)
    assert any(row["consent"].startswith("left out") for row in rows)
    assert len(list(csv.DictReader(io.StringIO(client.get(f"{S}topics.csv").text)))) == 3


def test_the_command_line_prints_as_designed(app, tmp_path, capsys) -> None:
    withdraw(app.extensions["coproduce"].study_path("pilot"))
    start = ["--instance", str(tmp_path / "instance"), "topics", "pilot", "--number", "3"]
    assert run([*start, "--format", "csv"]) == 0
    head, first, *_ = capsys.readouterr().out.splitlines()
    assert head.startswith("topic,words,stability,turns,areas")
    assert first.startswith("1,")
    assert run([*start, "--quotes", "--format", "json"]) == 0
    out, said = capsys.readouterr()
    assert "left out for lack of consent to publication" in said
    assert all(row["speaker"] != "Maureen" for row in json.loads(out))
    assert run([*start, "--curve", "--format", "json", "--area", "west"]) == 0
    assert sum(row["proposed"] for row in json.loads(capsys.readouterr().out)) == 1


@pytest.mark.parametrize(
    ("more", "words"),
    [(["--area", "north"], "north"), (["--number", "99"], "2 to 30"), (["--seed", "-1"], "seed"),
     (["--phase", "test"], "0 turns")],
)  # fmt: skip
def test_the_command_line_refuses_in_one_line(app, tmp_path, capsys, more, words) -> None:
    start = ["--instance", str(tmp_path / "instance"), "topics", "pilot"]
    assert run([*start, *more]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert words in said


def wait(app: Flask, job_id: int, *states: str) -> dict:
    catalogue = app.extensions["coproduce"].catalogue
    for _ in range(3000):
        job = catalogue.job(job_id)
        if job["state"] in states:
            return job
        time.sleep(0.1)
    raise AssertionError(job)


def test_the_job_finds_and_the_page_goes_on_to_it(app, client, post) -> None:
    answer = post(f"{S}find", data={**FORM, "number": "4"})
    assert answer.status_code == 303
    job = wait(app, int(re.search(r"/jobs/(\d+)", answer.location)[1]), "done", "failed")
    assert job["state"] == "done", job
    on = client.get(answer.location)
    assert on.status_code == 302
    assert "<b>4 topics</b>" in client.get(on.location).text
    again = post(f"{S}find", data={**FORM, "number": "4"})
    assert "/jobs/" not in again.location


def test_a_cancelled_job_leaves_nothing_behind(app, client, post, db) -> None:
    before = db.table("topics_found").count, db.table("change").count
    answer = post(f"{S}find", data={**FORM, "number": "5"})
    job_id = int(re.search(r"/jobs/(\d+)", answer.location)[1])
    wait(app, job_id, "running", "done")
    assert post(f"/studies/pilot/jobs/{job_id}/cancel").status_code == 302
    assert wait(app, job_id, "cancelled")
    assert (db.table("topics_found").count, db.table("change").count) == before
    assert kept_topics(db, Asked(number=5)) is None


def test_an_archived_study_finds_nothing_new(app, tmp_path, capsys) -> None:
    from linkage.settings import set_archived

    db = open_study(app.extensions["coproduce"].study_path("pilot"))
    with writing(db, "test", "archive"):
        set_archived(db, archived=True)
    db.close()
    start = ["--instance", str(tmp_path / "instance"), "topics", "pilot"]
    assert run([*start, "--number", "3"]) == 0
    assert run([*start, "--number", "6"]) == 2
    assert "archived" in capsys.readouterr().err


def test_an_empty_study_says_what_topics_need(app, client) -> None:
    app.extensions["coproduce"].new_study("empty", "Empty")
    page = client.get("/studies/empty/topics/").text
    assert "Topics need at least 20 turns" in page
    assert "there is no talk yet" in page
