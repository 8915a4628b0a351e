"""The effects page: planned first, filters in the address, draws by a job, files with notes."""

import csv
import io
import re
import time
from pathlib import Path

import pandas as pd
import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from analysis.plan import Plan, PlannedOutcome
from linkage import plans
from linkage.areas import ensure_coder
from linkage.study import open_study, writing
from linkage.survey import import_survey
from webapp.cli import run
from webapp.people.members import Membership

from .conftest import sign_in
from .test_responses import SURVEY, TOML, store

EFFECTS = "/studies/pilot/effects/"
API = "/api/studies/pilot/effects"
HOURS = PlannedOutcome("hours", "health", "hours_willing_alone", "hours", sesoi=5.0)
Q7 = PlannedOutcome("q7", "safety", "q7", "ordinal", True, sesoi=2.0)
PLAN = Plan(
    arms=["none", "A", "B", "A+B"], areas=["east", "west"], issues=["health", "safety"],
    outcomes=[HOURS, Q7], primary_contrast="B, averaged over A",
    contrasts=["B, averaged over A", "A alone"], draws=500, seed=9,
)  # fmt: skip


@pytest.fixture
def planned(app: Flask, tmp_path: Path) -> Path:
    store(app, tmp_path)
    path: Path = app.extensions["coproduce"].study_path("pilot")
    freeze(path, PLAN)
    return path


def finish(client: FlaskClient, location: str) -> str:
    """Follow a job to where it leads; it gets what the machine leaves it."""
    for _ in range(600):
        answer = client.get(location)
        if answer.status_code == 302:
            return client.get(answer.location).text
        assert "It did not work" not in answer.text, answer.text
        time.sleep(0.2)
    raise TimeoutError(location)


def freeze(path: Path, plan: Plan) -> None:
    db = open_study(path)
    with writing(db, "test", "plan"):
        plans.save_draft(db, 1, plan, reason="again" if plans.versions(db, 1) else "")
        plans.freeze_plan(db, 1, ensure_coder(db, "Ana"))
    db.close()


@pytest.mark.usefixtures("planned")
def test_the_page_opens_on_what_is_planned_primary(client: FlaskClient) -> None:
    page = client.get(EFFECTS).text
    assert "Wave 1 · Q7, Community safety · B, averaged over A" in page
    assert "Planned (frozen" in page
    assert "adjusted within the planned family: primary" in page
    assert "Matters from" in page
    assert "No effect of a size that matters" in page
    assert "lies within ± 2.00 scale points, the smallest effect of interest" in page


def test_without_a_plan_all_is_said_to_be_exploratory(
    app: Flask, client: FlaskClient, tmp_path: Path
) -> None:
    store(app, tmp_path)
    page = client.get(EFFECTS).text
    assert "Exploratory: this wave has no frozen plan" in page
    assert "every result is exploratory" in page


@pytest.mark.usefixtures("planned")
def test_filters_stand_in_the_address(client: FlaskClient) -> None:
    everything = client.get(f"{EFFECTS}?outcome=all&contrast=all").text
    assert everything.count("exploratory</td>") == 2 * 7 * 3
    assert everything.count("planned</td>") == 2 * 2 * 3
    only = client.get(f"{EFFECTS}?outcome=all&contrast=all&standing=planned").text
    assert "exploratory</td>" not in only
    assert "Nothing fits these filters" in client.get(
        f"{EFFECTS}?contrast=B%20alone&standing=planned"
    ).text  # fmt: skip
    issue = client.get(f"{EFFECTS}?issue=health").text
    assert "Hours willing alone, Health · B, averaged over A" in issue
    east = client.get(f"{EFFECTS}?by=east").text
    assert re.search(r'<th scope="row"[^>]*><a[^>]*>East<', east)
    assert not re.search(r'<th scope="row"[^>]*>Pooled<', east)


@pytest.mark.usefixtures("planned")
@pytest.mark.parametrize(
    "wrong",
    ["issue=weather", "standing=maybe", "members=some", "subgroup=nope", "earlier=0", "by=street"],
)
def test_a_filter_that_there_is_not_is_said(client: FlaskClient, wrong: str) -> None:
    answer = client.get(f"{EFFECTS}?{wrong}")
    assert answer.status_code == 400
    assert "here" in answer.text
    assert re.search(r"there are: |names none", answer.text)


@pytest.mark.usefixtures("planned")
def test_measures_over_issues_and_nothing_to_weigh_are_said(client: FlaskClient) -> None:
    assert client.get(f"{EFFECTS}?issues=1").status_code == 400  # no measure is of two issues
    page = client.get(f"{EFFECTS}?beside=1").text
    assert "These answers have no weight" in page


def test_draws_are_made_by_a_job_kept_and_dropped_when_stale(
    client: FlaskClient, post, planned: Path
) -> None:
    page = client.get(EFFECTS).text
    assert "Not drawn yet" in page
    assert 'value="500"' in page
    assert "p, redrawn" not in page
    answer = post(f"{EFFECTS}draw?contrast=A%20alone", data={"draws": "300", "seed": "9"})
    assert answer.status_code == 303
    drawn = finish(client, answer.location)
    assert "Redrawn 300 times with seed 9" in drawn
    assert "Q7, Community safety · A alone" in drawn
    assert "p, redrawn" in drawn
    told = client.get(f"{API}?outcome=q7&contrast=A%20alone&by=pooled").json
    assert told["redrawn"]["draws"] == 300
    assert 0 < told["effects"][0]["p_randomisation"] <= 1
    freeze(planned, Plan(**{**vars(PLAN), "primary_contrast": "A alone"}))
    stale = client.get(EFFECTS).text
    assert "answers, design or plan have changed since" in stale
    assert "p, redrawn" not in stale
    assert client.get(API).json["redrawn"] is None


@pytest.mark.usefixtures("planned")
@pytest.mark.parametrize(
    ("draws", "seed", "said"),
    [("0", "1", "Draws are 1 to"), ("many", "1", "The draws must be a whole"), ("9", "-1", "seed")],
)
def test_draws_that_cannot_be_are_refused(post, draws: str, seed: str, said: str) -> None:
    answer = post(f"{EFFECTS}draw", data={"draws": draws, "seed": seed})
    assert answer.status_code == 400
    assert said in answer.text


def test_nothing_to_draw_without_answers(post) -> None:
    answer = post(f"{EFFECTS}draw", data={"draws": "9", "seed": "1"})
    assert answer.status_code == 400


@pytest.mark.usefixtures("planned")
def test_files_carry_filters_plan_date_and_version(client: FlaskClient) -> None:
    saved = client.get(f"{EFFECTS}effects.xlsx?by=pooled").data
    book = CalamineWorkbook.from_filelike(io.BytesIO(saved))
    about = "\n".join(str(row[0]) for row in book.get_sheet_by_name("About").to_python())
    assert "Filters: by: pooled." in about
    assert "Plan version 1, frozen" in about
    assert "by Coproduce 0." in about
    head = book.get_sheet_by_name("Rows").to_python()[0]
    assert {"estimate", "p_holm", "planned", "suppressed", "shrunken"} <= set(head)
    assert client.get(f"{EFFECTS}effects.docx").data.startswith(b"PK")
    assert client.get(f"{EFFECTS}effects.pdf").data.startswith(b"%PDF")
    picture = client.get(f"{EFFECTS}effects.svg").text
    assert "Filters: none: the page as it opens." in picture
    assert (
        client.get(f"{EFFECTS}effects.csv?contrast=B%20alone&standing=planned").status_code == 400
    )


def test_small_cells_leave_no_file_and_stand_on_no_viewers_screen(
    app: Flask, client: FlaskClient, tmp_path: Path
) -> None:
    survey = [line for i, line in enumerate(SURVEY.split("\n")) if i not in (1, 3)]
    path = tmp_path / "fewer.csv"  # ten an arm and area are left but in two cells
    path.write_text("\n".join(survey), encoding="utf-8")
    db = open_study(app.extensions["coproduce"].study_path("pilot"))
    import_survey(db, "1", path, TOML, actor="test")
    db.close()
    rows = table(client.get(f"{EFFECTS}effects.csv?outcome=hours").data)
    hidden = [row for row in rows if row["suppressed"]]
    assert hidden
    assert all(row[name] == "[c]" for row in hidden for name in ("estimate", "n_none", "p_value"))
    assert client.get(EFFECTS).text.count("suppressed") == 0  # owners see all
    people = app.extensions["coproduce"].people
    member = Membership(frozenset({"viewer"}))
    people.set_membership(people.ensure_user("Vi")["id"], "pilot", member)
    viewer = sign_in(app, "Vi", administrator=False)
    page = viewer.get(EFFECTS).text
    assert page.count("No estimate: suppressed") == len(hidden)
    assert "Draw for the effects" not in page
    told = viewer.get(f"{API}?outcome=hours&contrast=A%20alone").json
    assert sum(row["estimate"] is None for row in told["effects"]) == len(hidden)
    assert told["heterogeneity"] == []


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


FRAMING = """
[nudge_a]
column = "tone"
given = [1]
not_given = [0]
[nudge_b]
column = "eth"
given = [1]
not_given = [0]
[[outcome]]
key = "immigr"
column = "immigr"
issue = "health"
measure = "immigration"
scale = "ordinal"
"""
# METHODS.md, "Reference values", framing (estimatr 1.0.0): estimate, standard error, p.
REFERENCE = {
    "A alone": (0.153992, 0.164026, 0.348688),
    "B alone": (-0.174366, 0.176036, None),
    "A x B interaction": (0.452681, 0.232809, 0.052918),
    "A, averaged over B": (0.380332, 0.116404, None),
    "B, averaged over A": (0.051974, 0.116404, None),
}
# The same, randomisation inference with 10⁶ draws, studentised.
REDRAWN = {"A alone": 0.3486, "B alone": 0.3228, "A x B interaction": 0.0550}


@pytest.fixture
def framing(app: Flask, shared: Path, tmp_path: Path) -> Path:
    path: Path = app.extensions["coproduce"].study_path("pilot")
    db = open_study(path)
    frame = pd.read_csv(shared / "reference/framing_bvs2008.csv")
    file = tmp_path / "framing.csv"
    frame.to_csv(file, index=False)
    import_survey(db, "1", file, FRAMING, actor="test", area="east")
    db.close()
    return path


@pytest.mark.usefixtures("framing")
def test_json_has_the_reference_values_and_the_page_says_them(client: FlaskClient) -> None:
    rows = {row["contrast"]: row for row in client.get(API).json["effects"]}
    for contrast, (estimate, error, p) in REFERENCE.items():
        assert rows[contrast]["estimate"] == pytest.approx(estimate, abs=5e-7), contrast
        assert rows[contrast]["std_error"] == pytest.approx(error, abs=5e-7), contrast
        assert p is None or rows[contrast]["p_value"] == pytest.approx(p, abs=5e-7), contrast
    page = client.get(EFFECTS).text
    assert re.search(r"\+0\.15</td>.*?0\.164</td>.*?0\.349</td>", page, re.S)
    saved = table(client.get(f"{EFFECTS}effects.csv?contrast=all").data)
    assert {row["contrast"]: float(row["estimate"]) for row in saved} == {
        name: pytest.approx(row["estimate"], rel=1e-15) for name, row in rows.items()
    }


@pytest.mark.usefixtures("framing")
def test_redrawn_p_values_are_the_reference_within_monte_carlo_error(
    client: FlaskClient, post
) -> None:
    draws = 20_000
    finish(client, post(f"{EFFECTS}draw", data={"draws": str(draws), "seed": "1"}).location)
    rows = {row["contrast"]: row for row in client.get(API).json["effects"]}
    for contrast, p in REDRAWN.items():
        away = 4 * (p * (1 - p) / draws) ** 0.5 + 5e-5  # half a unit of the printed digit
        assert rows[contrast]["p_randomisation"] == pytest.approx(p, abs=away), contrast
    assert "is not recorded here" in client.get(EFFECTS).text


def test_the_command_line_has_the_reference_values(framing: Path, capsys) -> None:
    instance = str(framing.parent.parent)
    call = ["effects", "pilot", "--draws", "0", "--format", "csv", "--instance", instance]
    assert run([*call, "--contrast", "A alone"]) == 0
    out, err = capsys.readouterr()
    (row,) = csv.DictReader(io.StringIO(out))
    assert float(row["estimate"]) == pytest.approx(0.153992, abs=5e-7)
    assert row["planned"] == ""
    assert "Exploratory: this wave has no frozen plan." in err


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--planned"], 0, "q7"),
        (["--differences"], 0, "tau2"),
        (["--shrunken", "--outcome", "q7"], 0, "shrunken"),
        (["--contrast", "B alone", "--exploratory"], 0, "B alone"),
        (["--subgroup", "nope"], 2, "the mapping names none"),
        (["--earlier", "0"], 2, "there are: none"),
        (["--weighted"], 2, "no weight"),
        (["--all-issues"], 2, "two issues"),
        (["--interaction"], 2, "needs --subgroup"),
        (["--weighted", "--differences"], 2, "Choose one of"),
        (["--outcome", "nope"], 2, "there are: hours, q7"),
    ],
)
def test_the_command_line_can_what_the_page_can(
    planned: Path, capsys, options: list[str], code: int, said: str
) -> None:
    instance = ["--draws", "0", "--instance", str(planned.parent.parent)]
    assert run(["effects", "pilot", *options, *instance]) == code
    out, err = capsys.readouterr()
    assert said in out + err
    assert "Traceback" not in err
