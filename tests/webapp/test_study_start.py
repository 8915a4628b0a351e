"""The guided start: each step stores what it was told, can be skipped, and can be come back to."""

from flask.testing import FlaskClient
from sqlite_utils import Database

from linkage import areas

START = "/studies/pilot/start"


def test_a_new_study_begins_with_its_areas(client: FlaskClient, post) -> None:
    answer = post("/studies", data={"name": "Two towns"})
    page = client.get(answer.location).text
    assert "<h1>Which areas?</h1>" in page
    assert 'aria-current="step"' in page
    assert "metropolitan borough" in page


def test_several_areas_are_added_at_once_or_none(post, db: Database) -> None:
    names = {"name": ["North", "", "South Fold"], "kind": ["", "", "any words"]}
    answer = post(f"{START}/areas", data=names)
    assert answer.location == f"{START}/issues"
    added = [(row["name"], row["kind"]) for row in areas.areas(db)][2:]
    assert added == [("North", ""), ("South Fold", "any words")]
    answer = post(f"{START}/areas", data={"name": ["Hill", "North"], "kind": ["", ""]})
    assert answer.status_code == 400
    assert "The area “north” exists already" in answer.text
    assert 'value="Hill"' in answer.text
    assert len(areas.areas(db)) == 4


def test_more_stays_and_skip_goes_on(client: FlaskClient, post) -> None:
    answer = post(f"{START}/areas", data={"name": "North", "kind": "", "more": "1"})
    assert answer.location == f"{START}/areas"
    for step, following in [("areas", f"{START}/issues"), ("wave", f"{START}/files"),
                            ("files", "/studies/pilot/")]:  # fmt: skip
        assert f'<a href="{following}">' in client.get(f"{START}/{step}").text
    assert post(f"{START}/wave", data={}).location == f"{START}/files"


def test_usual_issues_are_offered_until_they_are_there(
    client: FlaskClient, post, db: Database
) -> None:
    page = client.get(f"{START}/issues").text
    assert "Local environment" in page
    assert 'value="health"' not in page  # the study has it already
    post(f"{START}/issues", data={"usual": ["environment", "nonsense"], "name": ["Loneliness"]})
    assert [row["key"] for row in areas.issues(db)][2:] == ["environment", "loneliness"]


def test_the_first_wave_tells_the_arms_in_words(client: FlaskClient, post, db: Database) -> None:
    page = client.get(f"{START}/wave").text
    for words in ("No nudge", "Local story (A)", "Typical time (B)", "Both (A+B)"):
        assert words in page
    post(f"{START}/wave", data={"name": "Autumn", "key": "2"})
    post(f"{START}/wave", data={"name": "Next spring", "key": ""})
    assert [(row["key"], row["name"]) for row in areas.waves(db)][1:] == [
        ("2", "Autumn"),
        ("next-spring", "Next spring"),
    ]


def test_the_last_step_leads_to_the_import(client: FlaskClient) -> None:
    page = client.get(f"{START}/files").text
    assert "/studies/pilot/transcripts/import" in page
    assert ".docx" in page
    assert client.get(f"{START}/nowhere").status_code == 404
