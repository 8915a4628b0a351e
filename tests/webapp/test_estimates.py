"""The estimates page, its files, its JSON, its command, and the code it offers."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from linkage import plans
from linkage.areas import ensure_coder
from linkage.study import open_study, writing
from linkage.survey import import_survey
from webapp.cli import run

from .conftest import sign_in

PAGE = "/studies/pilot/estimates/"
API = "/api/studies/pilot/estimates"
ARMS = ["none", "A", "B", "A+B"]
MAPPING = """
respondent = "id"
area = "place"
[arm]
column = "group"
labels = { none = ["none"], A = ["A"], B = ["B"], "A+B" = ["A+B"] }
[[outcome]]
key = "alone"
column = "alone"
issue = "health"
measure = "hours_willing_alone"
scale = "hours"
[[outcome]]
key = "others"
column = "others"
issue = "health"
measure = "hours_willing_with_others"
scale = "hours"
[[outcome]]
key = "belief"
column = "belief"
issue = "safety"
measure = "difference_citizens_make"
scale = "ordinal"
[[outcome]]
key = "did"
column = "did"
measure = "done_before"
scale = "binary"
asked = "before"
refers_to = "past"
[[covariate]]
column = "age"
"""


def answers(n: int = 320) -> str:
    lines = ["id,place,group,alone,others,belief,did,age"]
    for i in range(n):
        row = [f"P{i}", ["East", "West"][i % 2], ARMS[i // 2 % 4]]
        hours = [str(i * 7 % 5), str(i * 11 % 6) if i % 9 else ""]
        belief = str(1 + (i * 13 + i // 7) % 5) if i % 11 else ""
        lines.append(",".join([*row, *hours, belief, str(i % 2), ["young", "old"][i // 5 % 2]]))
    return "\n".join(lines)


def store(app: Flask, folder: Path, text: str = "", mapping: str = MAPPING) -> None:
    (folder / "answers.csv").write_text(text or answers())
    db = open_study(app.extensions["coproduce"].study_path("pilot"))
    import_survey(db, "1", folder / "answers.csv", mapping, actor="test")
    db.close()


@pytest.fixture
def answered(app: Flask, tmp_path: Path) -> None:
    store(app, tmp_path)


@pytest.fixture
def coproduce(app: Flask, capsys):
    place = str(app.extensions["coproduce"].path)

    def call(*words: str) -> tuple[int, str, str]:
        code = run([*words, "--instance", place])
        return code, *capsys.readouterr()

    return call


def freeze(app: Flask, **changes) -> None:
    """Freeze a plan of the outcomes above."""
    from analysis.plan import Plan, PlannedOutcome

    others = PlannedOutcome("others", "health", "hours_willing_with_others", "hours",
                            primary=True, low=0, high=10, winsor=0.9)  # fmt: skip
    alone = PlannedOutcome("alone", "health", "hours_willing_alone", "hours")
    settled = {"covariates": ("age",), "further": ("covariate adjustment",)} | changes
    plan = Plan(arms=tuple(ARMS), areas=("east", "west"), issues=("health",),
                outcomes=(others, alone), primary_contrast="B alone",
                contrasts=("B alone", "A alone"), **settled)  # fmt: skip
    db = open_study(app.extensions["coproduce"].study_path("pilot"))
    with writing(db, "test", "freeze"):
        plans.save_draft(db, 1, plan)
        plans.freeze_plan(db, 1, ensure_coder(db, "Ana"))
    db.close()


def test_without_answers_the_page_says_what_to_do(client: FlaskClient) -> None:
    page = client.get(PAGE)
    assert page.status_code == 200
    assert "Import a survey file" in page.text
    assert client.get(f"{PAGE}sensitivity.csv").status_code == 404
    assert "no answers yet" in client.get(API).json["error"]


@pytest.mark.usefixtures("answered")
def test_hours_have_every_section(client: FlaskClient) -> None:
    page = client.get(PAGE).text
    assert "Wave 1 · Hours willing alone, Health · A alone · Pooled over areas" in page
    headings = re.findall(r'<h2 id="(\w+)"', page)
    assert headings == ["sensitivity", "hours", "acting", "arms", "code"]
    assert "Exploratory: this wave has no frozen plan" in page
    assert "Not here: the least and greatest answer are not declared." in page
    assert page.count("<svg ") == 6
    assert not re.search(r'style="|<style|\son\w+="|<script(?![^>]*src=)|invalid/', page)


@pytest.mark.usefixtures("answered")
def test_an_ordinal_outcome_has_its_answers_and_odds(client: FlaskClient) -> None:
    page = client.get(f"{PAGE}?outcome=belief&area=east").text
    headings = re.findall(r'<h2 id="(\w+)"', page)
    assert headings == ["sensitivity", "answers", "arms", "code"]
    assert "Proportional odds" in page
    assert "Test that odds are proportional at every step" in page
    assert "Difference citizens make, Community safety · A alone · East" in page


@pytest.mark.usefixtures("answered")
def test_the_difference_of_acting_is_an_outcome_of_its_own(client: FlaskClient) -> None:
    page = client.get(f"{PAGE}?outcome=others - alone").text
    assert "Hours willing with others − Hours willing alone, Health" in page
    (row,) = [r for r in rows(client, "outcome=others - alone&area=pooled")
              if r["analysis"] == "unadjusted"]  # fmt: skip
    acting = rows(client, "what=balance-of-acting&outcome=alone&area=pooled")
    assert row["estimate"] == pytest.approx(acting[2]["estimate"], rel=1e-12)


def rows(client: FlaskClient, query: str) -> list[dict]:
    return client.get(f"{API}?{query}").json["estimates"]


WHAT = ["sensitivity", "ordinal", "shares", "hours", "hours-distribution", "balance-of-acting",
        "means", "missing"]  # fmt: skip


@pytest.mark.usefixtures("answered")
@pytest.mark.parametrize("what", WHAT)
def test_page_command_json_and_files_give_the_same(client, coproduce, what: str) -> None:
    outcome = "belief" if what in ("ordinal", "shares") else "others"
    words = ("--what", what, "--outcome", outcome)
    printed = json.loads(coproduce("estimates", "pilot", *words, "--format", "json")[1])
    found = rows(client, f"what={what}&outcome={outcome}")
    assert [{k: v for k, v in row.items() if k != "suppressed"} for row in found] == printed
    file = client.get(f"{PAGE}{what}.csv?outcome={outcome}&area=pooled")
    saved = list(csv.DictReader(io.StringIO(file.data.decode("utf-8-sig"))))
    assert {row["outcome"] for row in saved} <= {"belief", "others", "alone", "others - alone"}
    pooled = [row for row in printed if row["area"] == "pooled"]
    for name in ("estimate", "mean", "n_A") if what != "missing" else ():  # few: suppressed
        values = [row[name] for row in pooled if row.get(name) is not None]
        kept = [float(row[name]) for row in saved if row["area"] == "pooled" and row.get(name)]
        assert kept == values


@pytest.mark.usefixtures("answered")
def test_files_say_what_they_are_and_pictures_have_a_title(client: FlaskClient) -> None:
    for form, start in (("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF")):
        for what in ("sensitivity", "hours-distribution", "balance-of-acting"):
            assert client.get(f"{PAGE}{what}.{form}").data.startswith(start)
    svg = client.get(f"{PAGE}shares.svg?outcome=belief").text
    assert "Pilot study: Difference citizens make, Community safety" in svg
    assert "no frozen plan: exploratory" in svg
    for form in ("xlsx", "docx"):
        content = client.get(f"{PAGE}sensitivity.{form}").data
        told = zipfile.ZipFile(io.BytesIO(content))
        words = b"".join(told.read(name) for name in told.namelist() if name.endswith(".xml"))
        assert b"A alone" in words
        assert b"Coproduce" in words
    assert client.get(f"{PAGE}shares.csv").status_code == 404
    assert client.get(f"{PAGE}means.svg").status_code == 404


@pytest.mark.usefixtures("answered")
@pytest.mark.parametrize("wrong", ["outcome=nope", "contrast=C", "area=north", "outcome=did"])
def test_what_there_is_not_is_said(client: FlaskClient, coproduce, wrong: str) -> None:
    for address in (PAGE, API):
        answer = client.get(f"{address}?{wrong}")
        assert answer.status_code == 400
        assert "there are:" in answer.text
    name, value = wrong.split("=")
    code, _, err = coproduce("estimates", "pilot", f"--{name}", value)
    assert (code, err.count("\n")) == (2, 1)


@pytest.mark.usefixtures("answered")
def test_the_plan_says_what_is_planned(app: Flask, client: FlaskClient) -> None:
    freeze(app, further=("covariate adjustment", "individual and collective"))
    page = client.get(PAGE).text
    assert "Hours willing with others, Health · B alone" in page  # the primary ones
    found = {r["analysis"]: r for r in rows(client, "area=pooled")}
    planned = {name: row["planned"] for name, row in found.items()}
    assert planned["unadjusted"] is True
    assert planned["covariates (Lin)"] is True
    assert planned["winsorised"] is True
    assert planned["response weights"] is False
    assert planned["Manski bounds"] is False
    assert (found["Manski bounds"]["lower"], found["winsorised"]["estimate"]) != (None, None)
    acting = rows(client, "what=balance-of-acting&outcome=others&area=pooled")
    assert [row["planned"] for row in acting] == [True, True, True]
    other = rows(client, "contrast=A x B interaction&area=pooled")
    assert not any(row["planned"] for row in other)


@pytest.mark.usefixtures("answered")
def test_code_is_offered_and_answers_only_to_who_runs_the_survey(
    app: Flask, client: FlaskClient
) -> None:
    from .roles.whole_study import member

    people = app.extensions["coproduce"].people
    people.set_membership(people.ensure_user("Vera")["id"], "pilot", member("viewer"))
    viewer = sign_in(app, "Vera", administrator=False)
    for language, mark in (("r", "library(estimatr)"), ("python", "from analysis.further")):
        answer = viewer.get(f"{PAGE}code.{language}?outcome=belief")
        assert mark in answer.text
        assert "attachment" in answer.headers["Content-Disposition"]
    assert viewer.get(f"{PAGE}answers.csv").status_code == 403
    file = client.get(f"{PAGE}answers.csv")
    assert "not-for-release" in file.headers["Content-Disposition"]
    head = file.text.splitlines()[0]
    assert head.startswith("area,arm,")
    assert "respondent" not in head
    assert "P17" not in file.text


def test_code_runs_nothing_of_what_people_typed(app: Flask, client, tmp_path: Path) -> None:
    nasty = "x\\\" + __import__('os').system('x') #'@outcome@"
    mapping = MAPPING.replace('key = "belief"', f"key = {json.dumps(nasty)}")
    store(app, tmp_path, mapping=mapping)
    text = client.get(f"{PAGE}code.python", query_string={"outcome": nasty}).text
    tree = compile(text, "code.py", "exec")
    assert nasty in tree.co_consts
    r = client.get(f"{PAGE}code.r", query_string={"outcome": nasty}).text
    assert 'd$y <- d[["belief"]]' in r or json.dumps(nasty, ensure_ascii=False) in r


def test_few_respondents_are_suppressed_for_who_only_views(app: Flask, tmp_path: Path) -> None:
    from .roles.whole_study import member

    store(app, tmp_path, answers(48))
    people = app.extensions["coproduce"].people
    people.set_membership(people.ensure_user("Vera")["id"], "pilot", member("viewer"))
    viewer, owner = sign_in(app, "Vera", administrator=False), sign_in(app)
    assert rows(owner, "area=east")[0]["estimate"] is not None
    assert rows(viewer, "area=east")[0]["estimate"] is None
    page = viewer.get(f"{PAGE}?outcome=belief&area=east")
    assert page.status_code == 200
    assert "suppressed" in page.text
    for what in ("sensitivity", "shares"):
        file = owner.get(f"{PAGE}{what}.csv?outcome=belief&area=east")
        assert file.status_code == 200
    picture = owner.get(f"{PAGE}sensitivity.svg?outcome=belief&area=east")
    assert picture.status_code == 404


@pytest.mark.parametrize("n", [1, 3, 9])
def test_a_handful_of_respondents_gives_reasons(app, client, tmp_path: Path, n: int) -> None:
    store(app, tmp_path, answers(n))
    for outcome in ("alone", "others", "belief", "others - alone"):
        page = client.get(PAGE, query_string={"outcome": outcome})
        assert page.status_code == 200, page.text
        assert "Not here: an arm has fewer than 2 answers." in page.text


def test_balance_of_acting_of_every_pair_and_contrast(coproduce, app, tmp_path: Path) -> None:
    store(app, tmp_path)
    words = ("--what", "balance-of-acting", "--contrast", "all", "--area", "pooled")
    found = json.loads(coproduce("estimates", "pilot", *words, "--format", "json")[1])
    assert len(found) == 9 * 3
    table = coproduce("estimates", "pilot", *words)[1]
    assert "! difference: how far it moves the balance" in table
    code, _, err = coproduce("estimates", "pilot", "--what", "hours", "--outcome", "belief")
    assert (code, err) == (2, "coproduce: “belief” is not in hours.\n")
