"""Tables of respondents that leave: the ledger, its page, its command, and who sees what."""

import csv
import io
import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from linkage.releases import list_releases
from linkage.study import open_study, writing
from linkage.survey import import_survey
from webapp.cli import run
from webapp.people.members import Membership
from webapp.released import NOT_RECORDED

from .conftest import csrf, sign_in

PAGE = "/studies/pilot/releases/"
JOINT = "/studies/pilot/joint/joint.csv"
MAPPING = """
respondent = "id"
area = "area"
[arm]
column = "arm"
labels = { none = ["none"], A = ["A"], B = ["B"], "A+B" = ["A+B"] }
[[outcome]]
key = "hours"
column = "hours"
issue = "health"
measure = "hours_willing_with_others"
scale = "hours"
"""


def answers(sizes: dict[str, int]) -> str:
    """A survey with so many respondents an arm in each area."""
    rows = [
        f"{area}{arm}{i},{area},{arm},{(i * 7 + len(arm)) % 5}"
        for area, size in sizes.items()
        for arm in ("none", "A", "B", "A+B")
        for i in range(size)
    ]
    return "\n".join(["id,area,arm,hours", *rows])


@pytest.fixture
def stored(app: Flask, tmp_path):
    """Store answers of so many an arm as those of wave 1, replacing earlier ones."""

    def store(**sizes: int) -> None:
        path = tmp_path / "answers.csv"
        path.write_text(answers(sizes), encoding="utf-8")
        db = open_study(app.extensions["coproduce"].study_path("pilot"))
        import_survey(db, "1", path, MAPPING, actor="test", replace=True)
        db.close()

    return store


def rows_of(client: FlaskClient) -> list[dict[str, str]]:
    answer = client.get(JOINT)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


def ledger(app: Flask) -> list[dict]:
    db = open_study(app.extensions["coproduce"].study_path("pilot"))
    found = list_releases(db)
    db.close()
    return found


def test_a_file_is_entered_in_the_ledger(app: Flask, client: FlaskClient, stored) -> None:
    assert "No table of respondents has left" in client.get(PAGE).text
    stored(east=30, west=40)
    assert {row["n"] for row in rows_of(client)} == {"60", "80"}
    (row,) = ledger(app)
    assert (row["what"], row["form"], row["hidden"]) == ("joint display", "csv", 0)
    page = client.get(PAGE).text
    assert "Joint display, Wave 1" in page
    assert row["table_sha256"][:8] in page
    assert "area: east" in client.get(f"{PAGE}{row['id']}").text


def test_a_small_area_leaves_suppressed_and_says_why(client: FlaskClient, stored) -> None:
    stored(east=4, west=40)
    east, west = rows_of(client)
    assert (east["n"], east["estimate"]) == ("[c]", "[c]")
    assert east["suppressed"].startswith("[c]: fewer than 10 respondents")
    assert west["n"] == "80"


def test_what_differs_by_few_from_what_left_is_suppressed(client: FlaskClient, stored) -> None:
    stored(east=30, west=40)
    rows_of(client)
    stored(east=28, west=40)
    east, west = rows_of(client)
    assert (east["n"], west["n"]) == ("[c]", "80")
    assert "differs by fewer than 10" in east["suppressed"]


def test_a_withdrawn_table_lets_the_corrected_one_leave(client: FlaskClient, stored) -> None:
    stored(east=30, west=40)
    rows_of(client)
    stored(east=28, west=40)
    refused = client.post(f"{PAGE}1/withdraw", data={"csrf_token": csrf(client), "because": ""})
    assert (refused.status_code, "Say why" in refused.text) == (400, True)
    said = {"csrf_token": csrf(client), "because": "deleted unread"}
    assert client.post(f"{PAGE}1/withdraw", data=said).status_code == 303
    assert "deleted unread" in client.get(f"{PAGE}1").text
    assert rows_of(client)[0]["n"] == "56"


def test_the_ledger_is_searched(client: FlaskClient, stored) -> None:
    stored(east=30, west=40)
    rows_of(client)
    assert "1 table<" in client.get(f"{PAGE}?text=joint+ana").text
    assert "No table that left fits" in client.get(f"{PAGE}?text=nobody").text


def test_only_owners_set_the_threshold(app: Flask, client: FlaskClient, stored) -> None:
    stored(east=30, west=40)
    answer = client.post(f"{PAGE}threshold", data={"csrf_token": csrf(client), "threshold": "65"})
    assert answer.status_code == 303
    assert [row["n"] for row in rows_of(client)] == ["[c]", "80"]
    for wrong in ("1", "x", "1001", ""):
        data = {"csrf_token": csrf(client), "threshold": wrong}
        assert client.post(f"{PAGE}threshold", data=data).status_code == 400
    ana = member(app, "Ona", "analyst")
    data = {"csrf_token": csrf(ana), "threshold": "5"}
    assert ana.post(f"{PAGE}threshold", data=data).status_code == 403
    assert 'name="threshold"' not in ana.get(PAGE).text


def test_an_archived_study_gives_its_files_and_says_they_are_not_recorded(
    app: Flask, client: FlaskClient, stored
) -> None:
    stored(east=30, west=40)
    assert run(["study", "archive", "pilot", "--instance", place(app)]) == 0
    found = rows_of(client)
    assert {row["n"] for row in found} == {"60", "80"}
    assert {row["recorded"] for row in found} == {NOT_RECORDED}
    assert ledger(app) == []


def place(app: Flask) -> str:
    return str(app.extensions["coproduce"].path)


def member(app: Flask, name: str, role: str, areas: frozenset[int] | None = None) -> FlaskClient:
    client = sign_in(app, name, administrator=False)
    people = app.extensions["coproduce"].people
    people.set_membership(people.find_user(name)["id"], "pilot",
                          Membership(frozenset({role}), areas=areas))  # fmt: skip
    return client


def test_who_sees_one_area_is_held_against_all_that_left(
    app: Flask, client: FlaskClient, stored
) -> None:
    stored(east=30, west=40)
    rows_of(client)
    stored(east=28, west=40)
    west = member(app, "Wes", "analyst", frozenset({1}))
    (row,) = rows_of(west)
    assert row["n"] == "[c]"
    assert west.get(PAGE).status_code == 403


def test_the_command_lists_what_left(app: Flask, client: FlaskClient, stored, capsys) -> None:
    stored(east=4, west=40)
    rows_of(client)
    command = ["releases", "pilot", "--instance", place(app)]
    assert run([*command, "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["what"], row["reasons"], row["released_by"]) == ("joint display", "1 few", "Ana")
    assert run(command) == 0
    assert "Threshold: 10 respondents." in capsys.readouterr().out
    assert run([*command, "--text", "nobody"]) == 0


def test_viewers_see_what_may_leave_and_analysts_all(app: Flask, stored) -> None:
    import pandas as pd

    from linkage.releasing import Shape
    from webapp.released import for_eyes

    stored(east=30, west=40)
    frame = pd.DataFrame({"area": ["east", "west"], "n": [4, 40]})
    app.add_url_rule(
        "/studies/<study_key>/probe", "probe.show",
        lambda: for_eyes(frame, Shape("t", ("area",), ("n",))).marked.to_json(),
    )  # fmt: skip
    from webapp.permissions import ROUTES

    ROUTES["probe.show"] = "see results"
    try:
        said = {role: member(app, role, role).get("/studies/pilot/probe").text
                for role in ("viewer", "approver", "analyst")}  # fmt: skip
    finally:
        del ROUTES["probe.show"]
    assert "[c]" in said["viewer"]
    assert "[c]" in said["approver"]
    assert "[c]" not in said["analyst"]


def test_a_released_table_is_undone_by_no_key(app: Flask, client: FlaskClient, stored) -> None:
    stored(east=30, west=40)
    rows_of(client)
    db = open_study(app.extensions["coproduce"].study_path("pilot"))
    found = db.execute("SELECT action, kind FROM change ORDER BY id DESC LIMIT 2").fetchall()
    with writing(db, "test", "nothing"):
        pass
    db.close()
    assert dict(found)["take out joint display as csv"] == "fixed"


@pytest.mark.parametrize("role", ["viewer", "analyst"])
def test_the_joint_display_shows_viewers_no_effect_of_a_few(app: Flask, stored, role: str) -> None:
    stored(east=30, west=4)
    client = member(app, role, role)
    told = client.get("/api/studies/pilot/joint?wave=1").json["joint"]
    of_west = {row["estimate"] for row in told if row["area"] == "west"}
    page = client.get("/studies/pilot/joint/?wave=1").text
    source = client.get("/studies/pilot/joint/source?wave=1&area=west&outcome=hours").text
    hidden = role == "viewer"
    assert (of_west == {None}) == hidden
    assert ("suppressed" in page, "suppressed" in source) == (hidden, hidden)


def test_a_table_of_another_wave_is_not_taken_for_the_same(app: Flask, client, stored) -> None:
    stored(east=30, west=40)
    table = "/studies/pilot/tables/table.csv?item=hours&by=area"
    assert client.get(table).status_code == client.get(f"{table}&wave=1").status_code == 200
    assert len({entry["hidden"] for entry in ledger(app)}) == 1
    db = open_study(app.extensions["coproduce"].study_path("pilot"))
    bodies = [row[0] for row in db.execute("SELECT body FROM released_table").fetchall()]
    db.close()
    assert len(bodies) == 1  # the same table, of the same wave
