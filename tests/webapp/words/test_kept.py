"""The desk's text is drawn once for all its readers, and anew as soon as anything changed."""

from flask.testing import FlaskClient

from linkage.study import writing
from webapp import kept as keeping

from ..talk import S

DESK = f"{S}/transcripts/1/"


def draws(client: FlaskClient, monkeypatch, times: int) -> int:
    """Count how often the text is drawn while the desk is opened so many times."""
    drawn: list[int] = []
    plain = keeping.kept
    monkeypatch.setattr(
        "webapp.pages.desk.showing.kept",
        lambda db, name, draw: plain(db, name, lambda: [drawn.append(1), draw()][1]),
    )
    for _ in range(times):
        assert client.get(DESK).status_code == 200
    return len(drawn)


def test_a_text_nobody_changed_is_drawn_once(client, stored, monkeypatch) -> None:
    keeping._kept.clear()
    assert draws(client, monkeypatch, 3) == 1


def test_a_renamed_code_shows_at_once(client, stored, post, app) -> None:
    code = post("/api/studies/pilot/codes", json={"name": "Clean-ups"}).get_json()["id"]
    body = {"code_id": code, "start": 30, "end": 34}
    place = app.extensions["coproduce"]
    from coding.transcripts import passage
    from linkage.study import open_study

    db = open_study(place.study_path("pilot"))
    body["quote"] = passage(db, 1, 30, 34)
    assert post("/api/studies/pilot/transcripts/1/codings", json=body).status_code == 201
    assert ": Clean-ups" in client.get(DESK).text
    with writing(db, "test", "rename"):
        db.execute("UPDATE code SET name = 'Tidying' WHERE id = ?", [code])
    assert ": Tidying" in client.get(DESK).text
