"""The overview: first steps, the chain, what is next, and what happened last."""

import sys
from subprocess import run as run_process

import pytest
from flask import Flask
from flask.testing import FlaskClient

from .test_responses import store
from .test_stories import hold_group, mark_story

HOME = "/studies/pilot/"


def test_a_new_study_shows_four_steps(client: FlaskClient, post) -> None:
    post("/studies", data={"name": "Fresh"})
    page = client.get("/studies/fresh/").text
    assert "Four steps to start" in page
    assert page.count("Start here") == 1
    assert "Where the study stands" not in page
    assert "✓ done" in client.get(HOME).text  # areas and issues are there


def test_each_cell_says_what_is_next(client: FlaskClient, app: Flask, post, tmp_path) -> None:
    transcript_id = hold_group(app, tmp_path)
    mark_story(post, transcript_id)
    page = client.get(HOME).text
    assert "East, Health, talk: 2 turns in 1 transcript" in page
    assert "East, Health, story: 1 story" in page
    assert "East, Health, message: not yet" in page
    assert "Nothing coded yet" in page
    assert page.count('class="done-step"') == 2
    assert page.count('<rect width="0"') == 4  # the coded step is filled by its share


def test_the_latest_changes_are_named(client: FlaskClient, app: Flask, post, tmp_path) -> None:
    mark_story(post, hold_group(app, tmp_path))
    assert "<b>Ana</b>: mark the story “The lane”" in client.get(HOME).text


@pytest.mark.filterwarnings("error")
def test_answers_bring_effects(client: FlaskClient, app: Flask, tmp_path) -> None:
    store(app, tmp_path)
    page = client.get(HOME).text
    assert "effect " in page
    assert "40 answered on this issue" in page
    assert "the arms came with the answers" in page
    assert "came with their arms" in client.get(f"{HOME}panel/").text
    assert "/joint/source?wave=1&amp;area=east" in page


def test_the_pages_do_not_import_what_is_heavy() -> None:
    heavy = "{'pandas', 'scipy', 'altair', 'statsmodels', 'docx'}"
    code = f"import webapp, webapp.pages, sys; sys.exit(len({heavy} & sys.modules.keys()))"
    assert run_process([sys.executable, "-c", code], check=False).returncode == 0
