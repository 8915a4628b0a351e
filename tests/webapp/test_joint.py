"""The joint display on its page: talk, effects, either alone, and the way back from an effect."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from coding import codebook, codings
from coding.speakers import set_consent
from linkage import areas
from webapp.pages.joint.view import place_whiskers

from .test_responses import store
from .test_stories import CLEARED, hold_group, passage, run

JOINT = "/studies/pilot/joint/"


@pytest.fixture
def coded(app: Flask, tmp_path) -> None:
    """Talk of East with one coding under a theme."""
    transcript_id = hold_group(app, tmp_path)
    place = {name: int(passage(transcript_id)[name]) for name in ("start", "end")}

    def code(db) -> int:
        theme = codebook.add_code(db, "Acting together")
        clean = codebook.add_code(db, "Clean-ups", theme)
        codebook.add_code(db, "Acting alone")
        ana = areas.ensure_coder(db, "Ana")
        return codings.add_coding(db, transcript_id, clean, ana, quote=CLEARED, **place)

    run(app, code)


@pytest.fixture
def answered(app: Flask, tmp_path) -> None:
    store(app, tmp_path)


def test_without_anything_the_page_says_how_to_begin(client: FlaskClient) -> None:
    page = client.get(JOINT)
    assert page.status_code == 200
    assert "import transcripts and code them" in page.text


@pytest.mark.usefixtures("coded")
def test_the_file_counts_the_quotes_that_lack_consent(app: Flask, client: FlaskClient) -> None:
    file = client.get(f"{JOINT}joint.csv").text.splitlines()
    lacks = "quotes_left_out_for_lack_of_consent"
    assert (file[0].split(",")[-1], file[1][-2:]) == (lacks, ",0")
    (coding,) = run(app, lambda db: codings.list_codings(db))
    run(app, lambda db: set_consent(db, coding["speaker_id"], "publication", False))
    file = client.get(f"{JOINT}joint.csv").text
    assert CLEARED not in file
    assert file.splitlines()[1][-2:] == ",1"


@pytest.mark.usefixtures("coded")
def test_talk_is_shown_while_nobody_has_answered(client: FlaskClient) -> None:
    page = client.get(JOINT).text
    assert "There is no effect yet" in page
    assert "1 of 1 group<" in page
    assert "1 of 2 speakers<" in page
    assert "0 of 2 speakers<" in page
    assert CLEARED in page
    assert "Fewer than two focus groups: East" in page
    assert 'class="effects"' not in page


@pytest.mark.usefixtures("answered")
def test_effects_are_shown_while_nothing_is_coded(client: FlaskClient) -> None:
    page = client.get(JOINT).text
    assert "There is no codebook yet" in page
    assert page.count('<svg class="whisker') == 3
    assert "No answers in this area" not in page


@pytest.mark.usefixtures("coded", "answered")
def test_themes_stand_over_the_effects_after_the_caveats(client: FlaskClient) -> None:
    page = client.get(JOINT).text
    assert page.index('class="caveat"') < page.index("<table")
    assert "Wave 1 · Hours willing alone, Health" in page
    assert "All areas" in page
    assert "95 % intervals" in page
    assert "style=" not in page


@pytest.mark.usefixtures("coded", "answered")
def test_the_address_reproduces_the_view_and_the_file_holds_it(client: FlaskClient) -> None:
    chosen = "wave=1&outcome=q7&contrast=B+alone&theme=Acting+together"
    page = client.get(f"{JOINT}?{chosen}").text
    assert "Q7, Community safety" in page
    assert page.count('<th scope="row"') == 2
    file = client.get(f"{JOINT}joint.csv?{chosen}")
    lines = file.data.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("theme,area,issue,prevalence,denominator,quote,outcome,contrast")
    assert len(lines) == 3  # East and West
    assert all("Acting together" in line for line in lines[1:])


@pytest.mark.usefixtures("coded", "answered")
@pytest.mark.parametrize("wrong", ["wave=7", "outcome=nope", "contrast=C", "theme=Nope"])
def test_what_there_is_not_is_said(client: FlaskClient, wrong: str) -> None:
    answer = client.get(f"{JOINT}?{wrong}")
    assert answer.status_code == 400
    assert "there are:" in answer.text
    assert client.get(f"{JOINT}joint.csv?{wrong}").status_code in (400, 404)


@pytest.mark.usefixtures("coded", "answered")
def test_only_talk_about_the_issue_can_be_asked_for(client: FlaskClient) -> None:
    asked = "outcome=q7"  # on safety; East's talk is on health
    assert "The outcome is about Community safety" in client.get(f"{JOINT}?{asked}").text
    page = client.get(f"{JOINT}?talk=issue&{asked}").text
    assert "No talk about this issue" in page
    assert "joint.csv?talk=issue" in page
    assert client.get(f"{JOINT}?talk=some").status_code == 400


@pytest.mark.usefixtures("coded")
def test_talk_without_a_coding_is_not_taken_for_silence(
    app: Flask, client: FlaskClient, tmp_path
) -> None:
    hold_group(app, tmp_path, "west")
    page = client.get(JOINT).text
    assert page.count("Not coded yet") == 2
    assert page.count("Nobody said this") == 1
    assert "Nothing coded yet in West" in page


@pytest.mark.usefixtures("answered")
def test_an_effect_leads_back_to_arms_and_messages(client: FlaskClient) -> None:
    page = client.get(f"{JOINT}source?wave=1&area=east").text
    assert "Who answered, by arm" in page
    assert "Local story (A)" in page
    assert "No message of this study was shown here" in page
    assert client.get(f"{JOINT}source?wave=1&area=nope").status_code == 404


def test_whiskers_share_one_axis_with_zero_on_it() -> None:
    effects = [
        {"area": "east", "estimate": 1.0, "ci_low": 0.5, "ci_high": 2.0},
        {"area": "west", "estimate": 1.0, "ci_low": 1.0, "ci_high": 1.0},
        {"area": "none", "estimate": float("nan"), "ci_low": 0.0, "ci_high": 0.0},
    ]
    placed = place_whiskers(effects)
    assert set(placed) == {"east", "west"}
    assert placed["east"].zero == placed["west"].zero < placed["east"].low
    assert placed["east"].dot == placed["west"].dot
