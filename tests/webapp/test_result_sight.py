"""Who saw results is noted by itself, once a kind; what shows no results is not."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from linkage import plans
from linkage.feed import last_change
from linkage.study import open_study, writing
from linkage.undo import standing
from tests.analysis.plan.plans import a_plan
from tests.webapp.roles.whole_study import member

from .conftest import sign_in
from .test_responses import store

S = "/studies/pilot"


@pytest.fixture
def answered(app: Flask, tmp_path) -> None:
    store(app, tmp_path)


def seen(db) -> list[tuple[str, str]]:
    return [(row["name"], row["what"]) for row in plans.who_saw(db, 1)]


@pytest.mark.usefixtures("answered")
def test_pages_files_and_json_are_noted_once_a_kind(client: FlaskClient, db) -> None:
    for _ in range(2):
        assert client.get(f"{S}/effects/").status_code == 200
        assert client.get(f"{S}/effects/effects.csv").status_code == 200
        assert client.get("/api/studies/pilot/effects").status_code == 200
        assert client.get(f"{S}/responses/1/table").status_code == 200
    assert seen(db) == [("Ana", "effects"), ("Ana", "api"), ("Ana", "responses")]
    page = client.get(f"{S}/plan/").text
    assert "Who saw results of Wave 1" in page


@pytest.mark.usefixtures("answered")
def test_what_was_noted_before_the_server_started_is_not_noted_again(
    app: Flask, client: FlaskClient, db
) -> None:
    client.get(f"{S}/effects/")
    app.extensions["result_sight"]._known.clear()
    before = last_change(db)
    client.get(f"{S}/effects/")
    assert last_change(db) == before
    assert len(seen(db)) == 1


@pytest.mark.usefixtures("answered")
def test_what_shows_no_results_is_not_noted(client: FlaskClient, db) -> None:
    for path in ("/", "/responses/", "/responses/1/mapping.toml", "/plan/", "/sample-size/",
                 "/effects/?outcome=nope", "/effects/?wave=nope"):  # fmt: skip
        client.get(f"{S}{path}")
    assert seen(db) == []


def test_a_wave_without_answers_has_no_results_to_see(client: FlaskClient, db) -> None:
    assert client.get(f"{S}/effects/").status_code == 200
    assert seen(db) == []


@pytest.mark.usefixtures("answered")
def test_an_archived_study_takes_no_note_and_still_answers(
    app: Flask, client: FlaskClient, post, db
) -> None:
    post(f"{S}/settings/archive", data={"to": "archive"})
    path = app.extensions["coproduce"].study_path("pilot")
    held = open_study(path)
    if not held.execute("SELECT archived_at FROM study").fetchone()[0]:
        pytest.fail("the study is not archived")
    assert client.get(f"{S}/effects/").status_code == 200
    assert seen(held) == []
    held.close()


@pytest.mark.usefixtures("answered")
def test_seeing_results_is_nothing_to_undo(client: FlaskClient, db) -> None:
    client.get(f"{S}/effects/")
    guid = db.execute("SELECT guid FROM coder WHERE name = 'Ana'").fetchone()[0]
    assert standing(db, guid).done == []


@pytest.mark.usefixtures("answered")
def test_members_of_one_area_are_noted_too(app: Flask, db) -> None:
    people = app.extensions["coproduce"].people
    user = people.ensure_user("Vi")
    people.set_membership(user["id"], "pilot", member("viewer", areas=frozenset({1})))
    vi = sign_in(app, "Vi", administrator=False)
    assert vi.get(f"{S}/effects/").status_code == 200
    assert seen(db) == [("Vi", "effects")]


@pytest.mark.usefixtures("answered")
def test_a_plan_frozen_after_a_look_says_so(client: FlaskClient, post, db) -> None:
    client.get(f"{S}/effects/")
    held = open_study(db.execute("PRAGMA database_list").fetchone()[2])
    with writing(held, "test", "plan"):
        plans.save_draft(held, 1, a_plan())
    held.close()
    assert "Somebody has seen results of this wave" in client.get(f"{S}/plan/1/freeze").text
    assert post(f"{S}/plan/1/freeze", data={"revision": "1"}).status_code == 303
    assert "After results were seen" in client.get(f"{S}/plan/").text
