"""Making a study and giving it areas, issues and waves."""

from flask.testing import FlaskClient


def test_a_study_is_made_and_listed(client: FlaskClient, post) -> None:
    answer = post("/studies", data={"name": "Two towns"})
    assert answer.location == "/studies/two-towns/start/areas"
    assert "Two towns" in client.get("/").text


def test_a_taken_key_is_said_and_the_form_kept(post) -> None:
    answer = post("/studies", data={"name": "Another", "key": "pilot"})
    assert answer.status_code == 400
    assert "already a study “pilot”" in answer.text
    assert 'value="Another"' in answer.text


def test_areas_are_added_once(client: FlaskClient, post) -> None:
    path = "/studies/pilot/settings/area"
    assert post(path, data={"name": "Harrow Fold", "kind": "rural area"}).status_code == 302
    assert "harrow-fold" in client.get("/studies/pilot/settings").text
    assert "exists already" in post(path, data={"name": "Harrow Fold"}).text


def test_unknown_pages_and_studies_are_404(client: FlaskClient) -> None:
    for path in ("/nowhere", "/studies/nope/", "/studies/NOPE/settings"):
        answer = client.get(path)
        assert answer.status_code in (400, 404), path
        assert "<h1>" in answer.text
