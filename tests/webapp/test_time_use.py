"""Time given: page, files, JSON and commands; and the figure that a message uses."""

import json
import re
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from linkage import messages
from linkage.study import open_study
from webapp.cli import run

from .surveyed import answers, store_wave

TIME = "/studies/pilot/time-use/"
SPEC = "1|{area}|health|alone|mean|yes|month"


@pytest.fixture
def wave_two(app: Flask, tmp_path) -> int:
    return store_wave(app, tmp_path)


@pytest.fixture
def message(app: Flask, wave_two: int) -> int:
    place = app.extensions["coproduce"]
    started: int = place.writer(place.study_path("pilot")).submit(
        lambda db: messages.start_message(db, "B", wave_two, 1, 1), actor="test", action="start"
    )
    return started


def read(app: Flask, message_id: int) -> dict:
    place = app.extensions["coproduce"]
    return messages.get_message(open_study(place.study_path("pilot")), message_id)


def test_without_answers_the_page_says_what_to_do(client: FlaskClient) -> None:
    assert "Import a survey file" in client.get(TIME).text
    assert client.get(f"{TIME}figures.csv").status_code == 404


@pytest.mark.usefixtures("wave_two")
def test_figures_stand_with_base_interval_and_how_a_message_says_them(client: FlaskClient) -> None:
    page = client.get(TIME).text
    assert "never hours people are willing to give" in page
    assert "everybody, asked before the nudge" in page
    assert "the arm without a nudge (none), asked after it" in page
    assert "Weighted base" in page
    assert re.search(r"\d hours?( \d+ minutes)?</span>", page)
    assert page.count("<svg ") == 2
    for form, start in (("png", b"\x89PNG"), ("pdf", b"%PDF"), ("csv", b"\xef\xbb\xbfwave")):
        assert client.get(f"{TIME}figures.{form}").data.startswith(start)
    assert client.get(f"{TIME}?period=day").status_code == 400
    assert client.get(f"{TIME}?issue=nope").status_code == 404


def test_who_was_shown_a_nudge_in_wave_one_does_not_count_in_wave_two(
    app: Flask, client: FlaskClient, tmp_path, wave_two: int
) -> None:
    store_wave(app, tmp_path, "2", answers(seed=2))
    told = client.get("/api/studies/pilot/time-use?wave=2").json
    first = next(row for row in told["figures"] if row["area"] == "all")
    control = int((answers()["arm"] == "none").sum())
    assert first["base"] == control
    assert first["left_out"] == 400 - control
    assert "do not count" in told["notes"][0]


@pytest.mark.usefixtures("wave_two")
def test_json_and_the_command_say_the_same(app: Flask, client: FlaskClient, capsys) -> None:
    told = client.get("/api/studies/pilot/time-use?weighted=false").json["figures"]
    place = str(app.extensions["coproduce"].path)
    line = ["--instance", place, "time-use", "pilot", "--unweighted", "--format", "json"]
    assert run(line) == 0
    printed = json.loads(capsys.readouterr().out)
    assert [r["estimate"] for r in printed] == [r["estimate"] for r in told]
    assert run(["--instance", place, "time-use", "pilot", "--wave", "2"]) == 2


def test_a_figure_goes_into_a_message_and_stays_with_its_versions(
    app: Flask, client: FlaskClient, post, message: int
) -> None:
    choose = client.get(
        f"{TIME}use?wave=1&area=east&issue=health&given=alone&statistic=mean&weighted=yes"
        "&period=month"
    ).text
    spec = SPEC.format(area="east")
    assert f"figure={quote(spec, safe='')}" in choose or f"figure={quote(spec)}" in choose
    editor = client.get(f"/studies/pilot/messages/{message}/?figure={quote(spec)}").text
    assert "new; saved with the message" in editor
    address = f"/studies/pilot/messages/{message}/"
    data = {"revision": "1", "row": "1", "text-1": "People give some time.", "figures": "1",
            "figure": spec}  # fmt: skip
    assert post(address, data=data).status_code == 303
    stored = read(app, message)
    (figure,) = stored["figures"]
    assert (figure["kind"], figure["wave"], figure["area"], figure["issue"]) == (
        "answers", "1", "east", "health"
    )  # fmt: skip
    assert figure["weighted"]
    assert figure["base"] == 200
    assert figure["ci_low"] < figure["value"] < figure["ci_high"]
    assert figure["answers_sha256"]
    assert not figure["outdated"]
    # A new text keeps the figure that is still ticked; without the tick it goes.
    again = {**data, "revision": "2", "text-1": "People give time.", "keep-figure": figure["id"]}
    del again["figure"]
    assert post(address, data=again).status_code == 303
    kept = read(app, message)
    assert [f["value"] for f in kept["figures"]] == [figure["value"]]
    for page in (address, f"/studies/pilot/provenance/messages/{message}", f"{address}versions/2"):
        shown = client.get(page).text
        assert figure["shown"] in shown
        assert "everybody, asked before the nudge" in shown
    gone = {**again, "revision": "3"}
    del gone["keep-figure"]
    assert post(address, data=gone).status_code == 303
    assert read(app, message)["figures"] == []
    assert post(f"{address}versions/1/restore").status_code == 303
    assert len(read(app, message)["figures"]) == 1


def test_a_cited_figure_needs_its_source(app: Flask, client, post, message: int) -> None:
    address = f"/studies/pilot/messages/{message}/"
    data = {"revision": "1", "row": "1", "text-1": "People give two hours.", "figures": "1",
            "source-value": "2", "source-statistic": "mean", "source-period": "week"}  # fmt: skip
    refused = post(address, data=data)
    assert refused.status_code == 400
    assert "Say where the figure comes from" in refused.text
    cited = {**data, "source-source": "Community Life Survey 2024, table 3"}
    assert post(address, data={**cited, "source-value": "lots"}).status_code == 400
    assert post(address, data=cited).status_code == 303
    (figure,) = read(app, message)["figures"]
    assert figure["shown"] == "2 hours a week"
    assert figure["source"] == "Community Life Survey 2024, table 3"
    assert figure["wave"] is None
    assert "Community Life Survey" in client.get(address).text


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ("2|east|health|alone|mean|yes|month", "rests on an earlier wave"),
        ("1|west|health|alone|mean|yes|month", "not of East nor of all areas"),
        ("1|east|safety|alone|mean|yes|month", "not about Health"),
        ("1|east|health|alone|mode|yes|month", "no such figure"),
        ("1|east", "names no figure of time"),
    ],
)
def test_a_figure_from_elsewhere_is_refused(client, message: int, spec: str, words: str) -> None:
    page = client.get(f"/studies/pilot/messages/{message}/?figure={quote(spec)}")
    assert page.status_code in (400, 404)
    assert words in page.text


def test_a_figure_of_few_answers_cannot_enter_a_message(
    app: Flask, client: FlaskClient, post, tmp_path
) -> None:
    two = store_wave(app, tmp_path, frame=answers(16))
    place = app.extensions["coproduce"]
    started = place.writer(place.study_path("pilot")).submit(
        lambda db: messages.start_message(db, "B", two, 1, 1), actor="test", action="start"
    )
    spec = quote(SPEC.format(area="east"))
    page = client.get(f"/studies/pilot/messages/{started}/?figure={spec}")
    assert "needs one of 10 or more" in page.text


def test_replaced_answers_are_told_beside_the_figure(
    app: Flask, client: FlaskClient, post, message: int, tmp_path
) -> None:
    data = {"revision": "1", "row": "1", "text-1": "Time.", "figures": "1",
            "figure": SPEC.format(area="all")}  # fmt: skip
    post(f"/studies/pilot/messages/{message}/", data=data)
    from linkage.survey import import_survey

    from .surveyed import MAPPING

    file = tmp_path / "again.csv"
    answers(seed=9).to_csv(file, index=False)
    db = open_study(app.extensions["coproduce"].study_path("pilot"))
    import_survey(db, "1", file, MAPPING, actor="test", replace=True)
    db.close()
    assert "answers were replaced since" in client.get(f"/studies/pilot/messages/{message}/").text
