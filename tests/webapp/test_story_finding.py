"""The page of found stories: search, reasons, setting aside and undo."""

import html
import re
import time

from flask import Flask
from flask.testing import FlaskClient

from webapp.cli import run

from .test_stories import STORIES, hold_group

FIND = f"{STORIES}find"


def search(app: Flask, client: FlaskClient, post) -> str:
    answer = post(f"{STORIES}search")
    job = int(re.search(r"/jobs/(\d+)", answer.location).group(1))  # type: ignore[union-attr]
    catalogue = app.extensions["coproduce"].catalogue
    for _ in range(600):
        if catalogue.job(job)["state"] not in ("waiting", "running"):
            break
        time.sleep(0.1)
    assert catalogue.job(job)["state"] == "done", catalogue.job(job)
    return client.get(FIND).text


def test_before_a_search_the_page_says_what_it_does(client: FlaskClient) -> None:
    assert "looked through for passages" in client.get(FIND).text


def test_found_set_aside_and_undone(app: Flask, client: FlaskClient, post, tmp_path) -> None:
    hold_group(app, tmp_path)
    page = search(app, client, post)
    assert "Six of us cleared the lane" in page
    assert "something is different" in page
    place = {name: re.findall(rf'name="{name}" value="([^"]*)"', page)[0]
             for name in ("transcript", "start", "end", "quote")}  # fmt: skip
    sent = {**place, "quote": html.unescape(place["quote"])}
    assert post(f"{STORIES}no-story", data={**sent, "quote": "other"}).status_code == 409
    assert post(f"{STORIES}no-story", data=sent).status_code == 303
    page = client.get(FIND).text
    assert "Six of us cleared the lane" not in page
    assert "changed since the search" in page
    change = re.search(r'name="change" value="(\d+)"', page)
    assert change
    assert post(f"{STORIES}undo", data={"change": change[1]}).status_code == 303
    assert "Six of us cleared the lane" in client.get(FIND).text


def test_the_command_line_prints_as_designed(app: Flask, tmp_path, capsys) -> None:
    hold_group(app, tmp_path)
    place = ["--instance", str(tmp_path / "instance")]
    assert run([*place, "stories", "pilot", "--format", "csv"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("rank,area,issue,score,transcript,turn,speaker,quote,reasons")
    assert run([*place, "stories", "pilot", "--area", "nowhere"]) == 2
    assert "nowhere" in capsys.readouterr().err
