"""The page of the sample size: tables, curve, simulation, files; and its command."""

import csv
import io
import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from linkage import plans
from linkage.study import open_study, writing
from tests.analysis.plan.plans import HOURS, JOIN, a_plan
from webapp.cli import run

from .conftest import sign_in
from .roles.whole_study import member
from .test_responses import finish, store

SIZE = "/studies/pilot/sample-size/"
SHARES = "shares=0:70,1:20,5:10"


@pytest.fixture
def planned(app: Flask) -> None:
    db = open_study(app.extensions["coproduce"].study_path("pilot"))
    with writing(db, "test", "plan"):
        plans.save_draft(db, 1, a_plan(outcomes=[HOURS, JOIN]))
    db.close()


def rows(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_500_an_area_detect_what_the_methods_say(client: FlaskClient) -> None:
    page = client.get(SIZE)
    assert page.status_code == 200
    for value in ("0.251", "0.354", "0.501"):  # METHODS.md, "Other estimators": Power
        assert value in page.text
    found = {row["contrast"]: float(row["detectable_effect"])
             for row in rows(client.get(f"{SIZE}areas.csv")) if row["area"] == "east"}  # fmt: skip
    assert found["A, averaged over B"] == pytest.approx(0.2506, abs=5e-5)
    assert found["A alone"] == pytest.approx(0.3544, abs=5e-5)
    assert found["A x B interaction"] == pytest.approx(0.5012, abs=5e-5)


def test_response_clusters_and_rates_enter(client: FlaskClient) -> None:
    def first(query: str) -> float:
        return float(rows(client.get(f"{SIZE}table.csv?{query}"))[9]["detectable_effect"])

    plain = first("n-east=400&n-west=400")
    assert first("n-east=800&n-west=800&response-east=50&response-west=50") == pytest.approx(plain)
    assert first("n-east=400&n-west=400&cluster=5&icc=0.25") == pytest.approx(plain * 2**0.5)
    assert first("n-east=400&n-west=400&kind=rate&rate=50") == pytest.approx(plain / 2)


def test_an_earlier_draft_gives_arms_and_outcomes(client: FlaskClient, planned) -> None:
    page = client.get(SIZE).text
    assert "The arms are those of the wave’s plan" in page
    assert '<option value="hours">hours (hours)</option>' in page


@pytest.mark.parametrize("form", ["svg", "png", "pdf", "csv", "xlsx"])
def test_files_are_what_they_say(client: FlaskClient, form: str) -> None:
    start = {"svg": b"<svg", "png": b"\x89PNG", "pdf": b"%PDF", "xlsx": b"PK"}.get(form, b"\xef")
    answer = client.get(f"{SIZE}table.{form}?effect=0.2")
    assert answer.data.startswith(start)
    assert f"sample-size-table.{form}" in answer.headers["Content-Disposition"]


def test_a_planned_outcome_is_simulated(client: FlaskClient, planned) -> None:
    query = f"simulate=1&outcome=hours&{SHARES}&change-A=20&draws=500"
    page = client.get(f"{SIZE}?{query}").text
    assert "500 simulated experiments with 1,000 answers, seed 1" in page
    found = {row["contrast"]: row for row in rows(client.get(f"{SIZE}simulated.csv?{query}"))}
    alone = found["A alone"]
    assert float(alone["effect"]) == pytest.approx(0.2 / 0.3 * 0.7)
    assert float(alone["power"]) == pytest.approx(float(alone["power_by_formula"]), abs=0.08)
    assert float(found["A x B interaction"]["effect"]) == pytest.approx(0)  # no word on both


def test_a_long_simulation_is_a_job(client: FlaskClient, post, planned) -> None:
    query = f"simulate=1&outcome=hours&{SHARES}&change-A=20&draws=1000000"
    page = client.get(f"{SIZE}?{query}").text
    assert "takes longer than two seconds" in page
    asked = {"outcome": "hours", "shares": "0:70,1:20,5:10", "change-A": "20", "draws": "600",
             "simulate": "1"}  # fmt: skip
    answer = post(f"{SIZE}simulate", data=asked)
    assert answer.status_code == 303
    assert "600 simulated experiments" in finish(client, answer.location)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("n-east=many", "The number invited in East is “many”"),
        ("n-east=0", "must lie between"),
        ("response-east=130", "must lie between"),
        ("sd=0", "The standard deviation"),
        ("sd=nan", "write a number"),
        ("kind=rate&rate=100", "The share without a nudge"),
        ("icc=2", "The correlation"),
        ("arms=none", "2 to 20 different arms"),
        ("arms=a,a", "2 to 20 different arms"),
        ("alpha=0", "The level"),
        ("simulate=1&outcome=hours", "write the plan of this wave first"),
    ],
)
def test_what_cannot_be_is_said(client: FlaskClient, query: str, said: str) -> None:
    answer = client.get(f"{SIZE}?{query}")
    assert answer.status_code == 400
    assert said in answer.text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (f"outcome=nope&{SHARES}", "no outcome “nope”"),
        ("outcome=hours&shares=x", "is not an answer with its share"),
        ("outcome=hours", "Give the shares"),
        (f"outcome=hours&{SHARES}&draws=5", "The number of draws"),
        (f"outcome=hours&{SHARES}&change-A=80", "too many"),
        (f"outcome=hours&{SHARES}&change-A=x", "The change by A is “x”"),
        ("outcome=hours&from=1", "has no answers"),
    ],
)
def test_what_cannot_be_simulated_is_said(client: FlaskClient, planned, query, said) -> None:
    answer = client.get(f"{SIZE}?simulate=1&{query}")
    assert answer.status_code == 400
    assert said in answer.text
    assert "<svg" in answer.text  # what could be computed is still there


def test_spread_and_effect_come_from_the_no_nudge_arm(
    app: Flask, client: FlaskClient, planned, tmp_path
) -> None:
    store(app, tmp_path)
    short = client.get(f"{SIZE}?fill=1")
    assert (short.status_code, "fewer than 30" in short.text) == (400, True)


def test_an_earlier_waves_answers_are_for_those_who_may_see_results(app: Flask, planned) -> None:
    people = app.extensions["coproduce"].people
    blind = member("researcher", blind=True)
    people.set_membership(people.ensure_user("Bo")["id"], "pilot", blind)
    bo = sign_in(app, "Bo", administrator=False)
    assert bo.get(SIZE).status_code == 200
    assert bo.get(f"{SIZE}?simulate=1&outcome=hours&from=1").status_code == 403
    assert bo.get(f"{SIZE}?fill=1").status_code == 403


def test_a_study_without_areas_is_told_as_one(app: Flask, client: FlaskClient) -> None:
    app.extensions["coproduce"].new_study("bare", "Bare")
    page = client.get("/studies/bare/sample-size/")
    assert page.status_code == 200
    assert "All areas together" in page.text
    assert "0.354" in page.text


def test_the_command_says_the_same(app: Flask, planned, tmp_path, capsys) -> None:
    def call(*words: str) -> tuple[int, str, str]:
        code = run(["sample-size", "pilot", *words, "--instance", str(tmp_path / "instance")])
        return (code, *capsys.readouterr())

    found = json.loads(call("--by", "area", "--format", "json")[1])
    assert found[0]["detectable_effect"] == pytest.approx(0.3544, abs=5e-5)
    code, out, _ = call("--n", "400", "--n", "west=100", "--response", "50", "--format", "csv")
    assert code == 0
    assert next(csv.DictReader(io.StringIO(out)))["answers"] == "125.0"
    simulate = ["--simulate", "hours", "--shares", "0: 70, 1: 30", "--change", "A=10"]
    found = json.loads(call(*simulate, "--draws", "300", "--format", "json")[1])
    assert [row["primary"] for row in found].count(True) == 1
    for wrong in (["--sd", "1", "--rate", "3"], ["--n", "north=3"], ["--change", "A"],
                  [*simulate, "--change", "C=3"], ["--simulate", "nope", "--shares", "0:1,1:1"],
                  ["--power", "x"]):  # fmt: skip
        code, _, err = call(*wrong)
        assert code == 2, wrong
        assert len(err.splitlines()) == 1
