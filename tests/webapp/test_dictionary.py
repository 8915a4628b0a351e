"""Dictionary, quality, response and group members on the pages, as files, JSON and commands."""

import io
import json
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from linkage.study import open_study
from linkage.survey import import_survey
from webapp.cli import run
from webapp.people.members import Membership

from .conftest import sign_in
from .test_responses import CHOSEN, RESPONSES, SURVEY, finish, store, upload

DICTIONARY = "/studies/pilot/dictionary/"


@pytest.fixture
def stored(app: Flask, tmp_path) -> None:
    store(app, tmp_path)


def as_viewer(app: Flask) -> FlaskClient:
    people = app.extensions["coproduce"].people
    user = people.ensure_user("Vera", administrator=False)
    people.set_membership(user["id"], "pilot", Membership(frozenset({"viewer"})))
    return sign_in(app, "Vera", administrator=False)


@pytest.mark.parametrize("page", ["", "quality", "response"])
def test_without_answers_the_pages_lead_to_the_import(client: FlaskClient, page: str) -> None:
    text = client.get(DICTIONARY + page).text
    assert "No wave has answers yet" in text
    assert "Import a survey file" in text
    assert client.get(f"{DICTIONARY}{page}?wave=1").status_code == 404


@pytest.mark.usefixtures("stored")
def test_the_dictionary_tells_values_counts_and_what_it_is_about(client: FlaskClient) -> None:
    page = client.get(DICTIONARY).text
    assert "<code>q7</code>" in page
    assert "Q7, Community safety · ordinal · asked after the nudge" in page
    assert re.search(r'<th scope="row" class="num">0</th><td></td><td class="num">27</td>', page)
    assert "direction not said" in page


@pytest.mark.usefixtures("stored")
def test_response_is_counted_for_the_chosen_item(client: FlaskClient) -> None:
    page = client.get(f"{DICTIONARY}response?item=q7").text
    assert "No allocation of this wave is stored" in page
    assert re.search(r'No nudge</th><td class="num">10</td><td class="num">10</td>', page)
    assert client.get(f"{DICTIONARY}response?item=nope").status_code == 400


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize("form", ["csv", "xlsx", "docx"])
@pytest.mark.parametrize("which", ["dictionary", "quality", "missing", "response"])
def test_each_table_is_a_file(client: FlaskClient, which: str, form: str) -> None:
    answer = client.get(f"{DICTIONARY}{which}.{form}?wave=1")
    assert answer.status_code == 200
    assert f"pilot-wave-1-{which}.{form}" in answer.headers["Content-Disposition"]
    if form == "csv":
        assert "suppressed" in answer.data.decode("utf-8-sig").splitlines()[0]


@pytest.mark.usefixtures("stored")
def test_who_only_views_sees_no_small_count(app: Flask) -> None:
    page = as_viewer(app).get(f"{RESPONSES}1/table?outcome=hours").text
    assert re.search(r'<td class="num">10</td>', page)
    listed = as_viewer(app).get("/api/studies/pilot/dictionary?wave=1").json["dictionary"]
    assert all(row["respondents"] is None or not 0 < row["respondents"] < 10 for row in listed)
    for path in (f"{RESPONSES}members", f"{RESPONSES}mapping/{'t' * 32}"):
        assert as_viewer(app).get(path).status_code == 403


@pytest.mark.usefixtures("stored")
def test_the_same_as_json(client: FlaskClient) -> None:
    base = "/api/studies/pilot/"
    listed = client.get(f"{base}dictionary").json
    assert {row["key"] for row in listed["dictionary"]} == {"hours", "q7"}
    assert client.get(f"{base}answer-quality").json["checks"][0]["check"] == "partly answered"
    rates = client.get(f"{base}response-rates?item=q7").json
    assert (rates["item"], rates["rates"][0]["allocated"]) == ("q7", None)
    assert client.get(f"{base}response-rates?item=nope").status_code == 400


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    ("command", "column"),
    [("dictionary", "respondents"), ("quality", "flagged"), ("response-rates", "reach"),
     ("imports", "file_sha256"), ("group-members", "respondent")],
)  # fmt: skip
def test_the_same_as_commands(app: Flask, capsys, command: str, column: str) -> None:
    place = str(app.extensions["coproduce"].path)
    assert run([command, "pilot", "--instance", place]) == 0
    assert run([command, "pilot", "--instance", place, "--format", "csv"]) == 0
    assert column in capsys.readouterr().out
    assert run([command, "pilot", "--instance", place, "--format", "json"]) == 0
    assert isinstance(json.loads(capsys.readouterr().out), list)


def test_members_are_listed_removed_and_brought_back(client: FlaskClient, post, stored) -> None:
    file = (io.BytesIO(b"5\n6\n"), "ids.txt")
    post(f"{RESPONSES}members", data={"ids": "7, elsewhere", "file": file})
    page = client.get(f"{RESPONSES}members").text
    assert "4 respondents on the list" in page
    assert "1: 3 of 80 respondents." in page or "3 of 80 respondents." in page
    post(f"{RESPONSES}members/remove", data={"respondent": "7"})
    assert "1 respondent taken off" in client.get(f"{RESPONSES}members").text
    post(f"{RESPONSES}members/return", data={"respondent": "7"})
    assert "4 respondents on the list" in client.get(f"{RESPONSES}members").text
    for path, data, said in (
        ("", {"ids": " , "}, "one a line"),
        ("", {"file": (io.BytesIO(b"\xff\xfe\x00"), "x")}, "not UTF-8"),
        ("/remove", {}, "Tick whom"),
        ("/return", {}, "Tick whom"),
    ):
        answer = post(f"{RESPONSES}members{path}", data=data)
        assert answer.status_code == 400
        assert said in answer.text
    assert "elsewhere" not in client.get("/studies/pilot/history/").text


def test_an_archived_studys_list_of_members_stays(
    app: Flask, client: FlaskClient, post, stored, tmp_path: Path, capsys
) -> None:
    # The list has no history, and so what refuses changes of an archived study has to ask for it.
    post(f"{RESPONSES}members", data={"ids": "7"})
    post("/studies/pilot/settings/archive", data={})
    for path, data in (("", {"ids": "8"}), ("/remove", {"respondent": "7"})):
        answer = post(f"{RESPONSES}members{path}", data=data)
        assert answer.status_code == 400
        assert "is archived" in answer.text
    ids = tmp_path / "ids.txt"
    ids.write_text("9")
    place = str(app.extensions["coproduce"].path)
    assert run(["group-members", "pilot", "--instance", place, "--add", str(ids)]) == 2
    assert "is archived" in capsys.readouterr().err
    assert "1 respondent on the list" in client.get(f"{RESPONSES}members").text


NEW = {
    "low-4": "0", "high-4": "2", "reverse-4": "on", "labels-4": "0 = Often\n2 = Never",
    "missing-4": "9 = Refused", "role-4": "outcome", "key-4": "q7", "measure-4": "q7",
    "scale-4": "ordinal", "derived-0-key": "both", "derived-0-rule": "sum",
    "derived-0-of": "hours, q7",
}  # fmt: skip


def toml_of(page: str) -> str:
    found = re.search(r'<textarea id="toml"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert found
    return found[1].replace("&#34;", '"')


def test_the_form_offers_all_that_a_mapping_can_say(client: FlaskClient, post) -> None:
    mapping = upload(post, SURVEY)
    toml = toml_of(post(mapping, data={**CHOSEN, **NEW, "do": "show"}).text)
    for line in ("reverse = true", "low = 0", "high = 2", '0 = "Often"', '9 = "Refused"',
                 "[[derived]]", 'rule = "sum"'):  # fmt: skip
        assert line in toml, line
    filled = post(mapping, data={"wave": "1", "toml": toml, "do": "toml"}).text
    assert toml_of(filled) == toml


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"high-4": ""}, "q7: to turn the scale round, say its lowest and its highest number."),
        ({"low-4": "two"}, "“two” is no number for low"),
        ({"low-4": "5"}, "q7: the lowest number must be less than the highest."),
        ({"labels-4": "Often"}, "gives no words to a value; write one a line, as in 1 = Never."),
        ({"derived-0-of": "hours"}, "two or more different outcomes"),
        ({"derived-0-of": "hours, q9"}, "“q9” is not the key of an outcome above it"),
        ({"derived-0-key": "hours"}, "Two outcomes have the key “hours”"),
    ],
)
def test_what_cannot_be_used_is_said_in_the_words_of_the_page(post, wrong, sentence) -> None:
    answer = post(upload(post, SURVEY), data={**CHOSEN, **NEW, **wrong, "do": "check"})
    assert answer.status_code == 400
    assert sentence in answer.text


CODED = SURVEY.replace("\n0,East,Control,0,0", "\n0,East,Control,0,99")


def test_a_code_that_may_mean_no_answer_is_asked_about(client: FlaskClient, post) -> None:
    mapping = upload(post, CODED)
    outcome = {"role-4": "outcome", "scale-4": "ordinal", "key-4": "q7", "measure-4": "q7"}
    page = post(mapping, data={**CHOSEN, **outcome, "do": "check"}).text
    assert "1 answer is 99" in page
    assert '<td class="num">99.0</td>' in page  # nothing was done about it
    page = post(mapping, data={**CHOSEN, **outcome, "suspect-4": "99", "do": "check"}).text
    assert 'name="missing-4" value="99"' in page
    assert "1 answer is 99" not in page
    assert '<td class="num">99.0</td>' not in page


PAIR = SURVEY.replace(",q7\n", ",hours_willing_with_others_health\n")


def test_what_is_asked_alone_and_with_others_offers_its_difference(post) -> None:
    mapping = upload(post, PAIR)
    more = {"role-4": "outcome", "key-4": "with", "measure-4": "hours_willing_with_others",
            "issue-4": "health", "scale-4": "hours"}  # fmt: skip
    page = post(mapping, data={**CHOSEN, **more, "do": "show"}).text
    assert 'value="with,hours"' in page
    page = post(mapping, data={**CHOSEN, **more, "pair-1": "with,hours", "do": "check"}).text
    assert 'value="hours_willing_balance_health"' in page
    assert 'value="with, hours"' in page
    assert 'value="with,hours"' not in page


def test_before_a_replacement_the_page_says_what_would_change(
    app: Flask, client: FlaskClient, post, stored
) -> None:
    changed = SURVEY.replace("\n7,West,A and B,0,1", "\n7,West,A and B,6,1")
    fields = {**CHOSEN, "role-4": "outcome", "key-4": "q7", "scale-4": "ordinal",
              "measure-4": "q7", "issue-4": "safety", "refers_to-3": "future"}  # fmt: skip
    mapping = upload(post, changed, "second.csv")
    page = post(mapping, data={**fields, "do": "check"}).text
    assert "0 respondents are new, 0 are gone, 1 answer otherwise." in page
    assert re.search(r'<th scope="row">hours</th><td class="num">1</td>', page)
    assert re.search(r'<th scope="row">7</th><td>hours</td><td class="num">0</td>', page)
    page = finish(client, post(mapping, data={**fields, "replace": "on", "do": "import"}).location)
    assert "1 earlier import" in page
    assert "0 new, 0 gone, 1 answer otherwise" in page
    assert "imported" in page
    assert "by Ana" in page


def test_an_import_on_the_command_line_is_compared_first(app: Flask, stored, tmp_path, capsys):
    place = app.extensions["coproduce"]
    (tmp_path / "map.toml").write_text(place_mapping(place), encoding="utf-8")
    (tmp_path / "b.csv").write_text(SURVEY.replace("\n3,West,A,3,0", ""), encoding="utf-8")
    words = ["import", "survey", "pilot", str(tmp_path / "b.csv"), "--mapping",
             str(tmp_path / "map.toml"), "--compare", "--instance", str(place.path)]  # fmt: skip
    assert run(words) == 0
    assert "0 respondents are new, 1 are gone, 0 answer otherwise" in capsys.readouterr().err


def place_mapping(place) -> str:
    db = open_study(place.study_path("pilot"))
    text = next(db.table("survey_import").rows)["mapping"]
    db.close()
    return text


def test_members_of_some_areas_count_missing_answers_of_theirs(app: Flask, tmp_path) -> None:
    coded = SURVEY.replace(",0\n", ",9\n")
    (tmp_path / "coded.csv").write_text(coded, encoding="utf-8")
    toml = 'respondent = "id"\narea = "place"\n[arm]\ncolumn = "group"\n'
    toml += 'labels = { none = ["Control"], A = ["A"], B = ["B"], "A+B" = ["A and B"] }\n'
    toml += '[[outcome]]\nkey = "q7"\ncolumn = "q7"\nscale = "ordinal"\nmissing = [9]\n'
    place = app.extensions["coproduce"]
    db = open_study(place.study_path("pilot"))
    import_survey(db, "1", tmp_path / "coded.csv", toml, actor="test")
    whole = dict(db.query("SELECT area_id, sum(respondents) AS n FROM missing_answer"
                          " GROUP BY area_id ORDER BY area_id LIMIT 1").__next__())  # fmt: skip
    db.close()
    user = place.people.ensure_user("Emil", administrator=False)
    limited = Membership(frozenset({"analyst"}), frozenset({whole["area_id"]}))
    place.people.set_membership(user["id"], "pilot", limited)
    client = sign_in(app, "Emil", administrator=False)
    rows = client.get("/api/studies/pilot/dictionary").json["dictionary"]
    found = next(row for row in rows if row["kind"] == "missing" and row["value"] == "9")
    assert found["respondents"] == whole["n"]
    assert found["base"] == 40
    assert "is of those only" in client.get(DICTIONARY).text
