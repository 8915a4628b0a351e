"""Importing survey answers on the pages: upload, mapping, check, import."""

import io
import re
import time

import pytest
from flask import Flask
from flask.testing import FlaskClient

from linkage.study import open_study
from linkage.survey import import_survey

RESPONSES = "/studies/pilot/responses/"
ARMS = ["Control", "A", "B", "A and B"]
ROWS = [f"{i},{['East', 'West'][i % 2]},{ARMS[i // 2 % 4]},{i % 7},{i % 3}" for i in range(80)]
SURVEY = "\n".join(["id,place,group,hours_willing_alone_health,q7", *ROWS])
CHOSEN = {
    "wave": "1", "role-0": "respondent", "role-1": "area", "role-2": "arm", "role-3": "outcome",
    "value-2-control": "none", "value-2-a": "A", "value-2-b": "B", "value-2-a and b": "A+B",
    "key-3": "hours", "measure-3": "hours_willing_alone", "scale-3": "hours", "issue-3": "health",
}  # fmt: skip


@pytest.fixture
def mapping(post) -> str:
    """The address of the page that maps an uploaded survey."""
    return upload(post, SURVEY)


def upload(post, text: str, name: str = "wave one.csv") -> str:
    file = (io.BytesIO(text.encode()), name)
    return post(f"{RESPONSES}file", data={"file": file, "wave": "1"}).location


def finish(client: FlaskClient, location: str) -> str:
    """Follow a job to where it leads, and return that page."""
    for _ in range(200):
        answer = client.get(location)
        if answer.status_code == 302:
            return client.get(answer.location, follow_redirects=True).text
        if "It did not work" in answer.text:
            return answer.text
        time.sleep(0.1)
    raise TimeoutError(location)


def test_a_wave_without_answers_asks_for_a_file(client: FlaskClient) -> None:
    page = client.get(RESPONSES).text
    assert "No answers yet" in page
    assert ".sav" in page


def test_roles_are_guessed_from_names_and_values(client: FlaskClient, mapping: str) -> None:
    page = client.get(mapping).text
    chosen = re.findall(r'<option value="(\w*)" selected>', page)
    assert {"respondent", "area", "outcome", "hours", "health"} <= set(chosen)
    assert "nothing is stored until you import" in page


def test_checking_counts_by_area_and_arm_and_stores_nothing(
    client: FlaskClient, mapping: str, post
) -> None:
    page = post(mapping, data={**CHOSEN, "do": "check"}).text
    assert "80 respondents can be imported" in page
    assert "1 columns are not mapped" in page or "q7" in page
    assert re.search(r'<th scope="row">East</th>(<td class="num">10</td>){4}', page)
    assert "No answers yet" in client.get(RESPONSES).text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"value-2-a and b": ""}, "says “A and B”"),
        ({"role-2": ""}, "Say which column holds the arm"),
        ({"role-3": ""}, "at least one column as an outcome"),
        ({"role-0": "area"}, "More than one column is given as the area"),
        ({"role-1": ""}, "names no area column"),
        ({"scale-3": "furlongs"}, "needs scale"),
        ({"issue-3": "weather"}, "The issue “weather”"),
        ({"recode-3": "Yes"}, "write one a line, as in Yes = 1"),
        ({"area": "east", "role-3": "respondent"}, "More than one column"),
    ],
)
def test_a_mapping_that_cannot_be_used_keeps_the_form(mapping, post, wrong, sentence) -> None:
    answer = post(mapping, data={**CHOSEN, **wrong, "do": "check"})
    assert answer.status_code == 400
    assert sentence in answer.text
    assert 'value="hours_willing_alone"' in answer.text or wrong.get("role-3") is not None


def test_unknown_areas_are_refused_unless_they_are_to_be_added(post) -> None:
    page = upload(post, SURVEY.replace("West", "North"))
    assert "“North”" in post(page, data={**CHOSEN, "do": "check"}).text
    assert "new" in post(page, data={**CHOSEN, "do": "check", "create": "on"}).text


def test_a_column_just_chosen_as_outcome_gets_a_key_and_a_scale(mapping: str, post) -> None:
    page = post(mapping, data={**CHOSEN, "role-4": "outcome", "do": "show"}).text
    assert 'id="key-4" name="key-4" value="q7"' in page
    assert re.search(r'id="scale-4".*?<option value="ordinal" selected>', page, re.DOTALL)


def test_the_form_and_its_toml_say_the_same(client: FlaskClient, mapping: str, post) -> None:
    more = {"missing-3": "9, 98", "recode-3": "Never = 0\nA lot, often = 5"}
    page = post(mapping, data={**CHOSEN, **more, "do": "show"}).text
    found = re.search(r'<textarea id="toml"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert found
    toml = found[1].replace("&#34;", '"')
    filled = post(mapping, data={"wave": "1", "toml": toml, "do": "toml"}).text
    assert toml in filled.replace("&#34;", '"')
    assert "A lot, often = 5" in filled


def test_arms_of_ones_own_pass_through_the_form(mapping: str, post) -> None:
    own = {"value-2-a": "leaflet", "value-2-b": "visit", "value-2-a and b": "visit"}
    page = post(mapping, data={**CHOSEN, **own, "do": "check"}).text
    assert "leaflet" in page
    assert "80 respondents can be imported" in page


def test_toml_for_another_file_is_refused(mapping: str, post) -> None:
    toml = '[nudge_a]\ncolumn = "default"\ngiven = [1]\nnot_given = [0]\n[[outcome]]\n'
    toml += 'key = "t"\ncolumn = "takeup"\nscale = "binary"\n'
    answer = post(mapping, data={"toml": toml, "do": "toml"})
    assert answer.status_code == 400
    assert "has no column “default”" in answer.text
    assert "not valid TOML" in post(mapping, data={"toml": "= 1", "do": "toml"}).text


def test_importing_stores_the_wave_with_its_mapping(
    app: Flask, client: FlaskClient, mapping: str, post
) -> None:
    page = finish(client, post(mapping, data={**CHOSEN, "do": "import"}).location)
    assert "80 respondents are stored" in page
    assert "80 respondents from wave one.csv" in page
    assert "hours_willing_alone" in client.get(f"{RESPONSES}1/mapping.toml").text
    assert client.get(mapping).status_code == 400  # the upload is gone once stored
    again = upload(post, SURVEY)
    assert "has answers already" in post(again, data={**CHOSEN, "do": "import"}).text
    assert 'name="key-3" value="hours"' in client.get(again).text  # the earlier mapping is offered


def test_another_persons_upload_is_not_found(app: Flask, mapping: str) -> None:
    from .conftest import sign_in

    answer = sign_in(app, "Ben").get(mapping)
    assert answer.status_code == 400
    assert "no longer here" in answer.text


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("pyreadstat_hebrews.sav", "Which column is what?"),
        ("haven_tagged-na-double.dta", "Which column is what?"),
        ("pyreadstat_sample_missing_user.csv", "Which column is what?"),
        ("haven_datetime.sav", "export it again, or save it as CSV"),
    ],
)
def test_real_files_are_shown_or_refused_in_a_sentence(client, post, shared, name, shown) -> None:
    file = (io.BytesIO((shared / "data/survey_oddities" / name).read_bytes()), name)
    location = post(f"{RESPONSES}file", data={"file": file, "wave": "1"}).location
    assert shown in client.get(location).text
    assert post(location, data={"wave": "1", "do": "check"}).status_code == 400


def test_answers_are_counted_by_area_and_arm_and_never_one_by_one(
    app: Flask, client: FlaskClient, tmp_path
) -> None:
    store(app, tmp_path)
    page = client.get(f"{RESPONSES}1/table?outcome=hours&area=east").text
    assert re.search(r'No nudge</th>(<td class="num">10</td>){2}<td class="num">0</td>', page)
    assert "West</th>" not in page
    assert client.get(f"{RESPONSES}1/table?outcome=nope").status_code == 400
    assert client.get(f"{RESPONSES}9/table").status_code == 404


TOML = """
respondent = "id"
area = "place"
[arm]
column = "group"
labels = { none = ["Control"], A = ["A"], B = ["B"], "A+B" = ["A and B"] }
[[outcome]]
key = "hours"
column = "hours_willing_alone_health"
issue = "health"
measure = "hours_willing_alone"
scale = "hours"
refers_to = "future"
[[outcome]]
key = "q7"
column = "q7"
issue = "safety"
scale = "ordinal"
"""


def store(app: Flask, folder) -> None:
    """Store the survey as wave 1, as the job does."""
    path = folder / "answers.csv"
    path.write_text(SURVEY, encoding="utf-8")
    db = open_study(app.extensions["coproduce"].study_path("pilot"))
    import_survey(db, "1", path, TOML, actor="test")
    db.close()
