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
    assert "1 column is not mapped and was left out: q7" in page
    assert re.search(r'<th scope="row">East</th>(<td class="num">10</td>){4}', page)
    assert "No answers yet" in client.get(RESPONSES).text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"value-2-a and b": ""}, "group: say which arm “A and B” is."),
        ({"role-2": ""}, "Say which column holds the arm"),
        ({"role-3": ""}, "at least one column as an outcome"),
        ({"role-0": "area"}, "place: more than one column is given as the area"),
        ({"role-1": ""}, "Say which column names the area"),
        ({"scale-3": "furlongs"}, "choose its scale: binary"),
        ({"issue-3": "weather"}, "The issue “weather”"),
        ({"recode-3": "Yes"}, "write one a line, as in Yes = 1"),
        ({"area": "east", "role-3": "respondent"}, "more than one column"),
    ],
)
def test_a_mapping_that_cannot_be_used_keeps_the_form(mapping, post, wrong, sentence) -> None:
    answer = post(mapping, data={**CHOSEN, **wrong, "do": "check"})
    assert answer.status_code == 400
    assert sentence in answer.text
    assert 'value="hours_willing_alone"' in answer.text or wrong.get("role-3") is not None


NUDGES = "\n".join(["id,default,hours", *(f"{i},{i % 2},{i % 5}" for i in range(40))])
NUDGE = {"wave": "1", "area": "east", "role-0": "respondent", "role-1": "nudge_a",
         "role-2": "outcome", "key-2": "hours", "scale-2": "hours"}  # fmt: skip


def test_a_nudge_column_of_ones_and_zeros_is_filled_in(post) -> None:
    page = post(upload(post, NUDGES), data={**NUDGE, "do": "show"}).text
    for key, meaning in (("1", "given"), ("0", "not")):
        select = page.split(f'id="value-1-{key}"')[1].split("</select>")[0]
        assert f'<option value="{meaning}" selected>' in select


def test_a_mistake_stands_at_its_column_in_the_words_of_the_page(post) -> None:
    half = {"value-1-1": "given", "value-1-0": ""}
    page = post(upload(post, NUDGES), data={**NUDGE, **half, "do": "check"}).text
    said = "default: say of each value whether the local story was given; nothing is said of “0”."
    assert f'<a href="#column-1">{said}</a>' in page
    assert f'<p class="field-error" id="problem-1">{said}</p>' in page


def test_an_area_column_beside_an_area_of_the_whole_file_is_reported_and_left_out(
    client: FlaskClient, mapping: str, post
) -> None:
    whole = {**CHOSEN, "area": "east"}
    page = post(mapping, data={**whole, "do": "check"}).text
    assert "“place” is mapped as the area, but the whole file is about one area (“east”)" in page
    finish(client, post(mapping, data={**whole, "do": "import"}).location)
    again = client.get(upload(post, SURVEY)).text
    assert '<option value="east" selected>' in again
    assert 'name="role-1" data-role><option value="" selected>' in again


def test_an_import_of_what_was_not_checked_is_refused(mapping: str, post) -> None:
    page = post(mapping, data={**CHOSEN, "do": "check"}).text
    assert "Replace the answers" not in page  # the wave has none
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen
    changed = {**CHOSEN, "scale-3": "count", "seen": seen[1], "do": "import"}
    assert "changed since it was checked" in post(mapping, data=changed).text
    assert post(mapping, data={**CHOSEN, "seen": seen[1], "do": "import"}).status_code == 302


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
