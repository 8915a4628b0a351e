"""The plan's pages: a draft is proposed, written, frozen, amended; two people do not overwrite."""

import io
import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from analysis.plan.toml import from_toml, to_toml
from linkage import plans
from linkage.study import open_study, writing
from tests.analysis.plan.plans import a_plan
from webapp.cli import run

from .conftest import csrf, sign_in
from .test_responses import store

PLAN = "/studies/pilot/plan/"
EDIT, FREEZE = f"{PLAN}1/edit", f"{PLAN}1/freeze"


def fields(page: str) -> dict[str, list[str]]:
    """Read what the form holds, as a browser would send it."""
    form = page[page.index('id="editor"') : page.index("</form>", page.index('id="editor"'))]
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        attributes = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if attributes.get("type") in ("checkbox", "radio") and " checked" not in tag:
            continue
        found.setdefault(attributes["name"], []).append(attributes.get("value", "on"))
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option(?: value="([^"]*)")? selected>([^<]*)', options)
        found[name] = [(chosen[1] or chosen[2]) if chosen else ""]
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.S):
        found[name] = [text]
    found.pop("csrf_token", None)
    return found


def stored(db) -> object:
    row = plans.draft_of(db, 1)
    return row["plan"] if row else None


@pytest.fixture
def answered(app: Flask, tmp_path) -> None:
    store(app, tmp_path)


def test_a_wave_without_a_plan_proposes_a_draft(client: FlaskClient) -> None:
    page = client.get(PLAN)
    assert page.status_code == 200
    assert "Draft from the study’s areas and issues" in page.text
    form = fields(client.get(f"{EDIT}?source=study").text)
    assert form["outcome-0-key"] == ["hours_willing_with_others_health"]
    assert form["areas"] == ["east", "west"]


@pytest.mark.usefixtures("answered")
def test_the_draft_takes_what_the_wave_asked(client: FlaskClient) -> None:
    assert "Draft from the outcomes that this wave asked" in client.get(PLAN).text
    form = fields(client.get(EDIT).text)
    assert form["outcome-0-key"] == ["hours"]
    assert form["primary_contrast"] == ["A alone"]


def test_what_the_form_shows_is_saved_as_the_same_plan(client: FlaskClient, post, db) -> None:
    data = {
        **fields(client.get(EDIT).text),
        "do": "save",
        "notes": "H1: more hours.\r\nStop at 500.",
    }
    assert post(EDIT, data=data).status_code == 303
    plan = stored(db)
    assert plan.notes == "H1: more hours.\nStop at 500."  # type: ignore[attr-defined]
    again = fields(client.get(EDIT).text)
    assert post(EDIT, data={**again, "do": "save"}).status_code == 303
    assert stored(db) == plan


def test_rows_are_added_and_removed_and_arms_make_contrasts(client: FlaskClient, post) -> None:
    form = fields(client.get(EDIT).text)
    page = post(EDIT, data={**form, "add": "outcome"}).text
    assert page.count('aria-label="Outcome ') == 5
    page = post(EDIT, data={**form, "drop": "outcome-0"}).text
    assert page.count('aria-label="Outcome ') == 3
    other = {**form, "design": "messages", "arms": "control\nletter\ntext", "do": "show"}
    assert "letter vs control" in post(EDIT, data=other).text
    for kind, label in (("family", "Family 1"), ("exclusion", "Exclusion 1")):
        assert f'aria-label="{label}"' in post(EDIT, data={**form, "add": kind}).text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"outcome-0-sesoi": "much"}, "smallest effect of interest of the outcome"),
        ({"outcome-0-low": "3"}, "both its least and greatest"),
        ({"outcome-1-key": "hours_willing_with_others_health"}, "twice"),
        ({"draws": "many"}, "The draws must be a whole number"),
        ({"seed": ""}, "The seed must be a whole number"),
        ({"primary_contrast": "C alone"}, "no contrast there is"),
        ({"outcome": []}, "at least one outcome"),
        ({"areas": []}, "at least one area"),
        ({"outcome-0-key": "a\x00b"}, "control characters"),
        ({"notes": "a\x00b"}, "control character"),
        ({"revision": "x"}, "The revision"),
    ],
    ids=range(11),
)
def test_what_is_wrong_is_said_and_nothing_is_stored(
    client: FlaskClient, post, db, changed, said
) -> None:
    form = {**fields(client.get(EDIT).text), "do": "save", **changed}
    answer = post(EDIT, data=form)
    assert answer.status_code == 400
    assert said in answer.text.replace("&#34;", '"')
    assert stored(db) is None


def test_toml_fills_the_form_from_text_or_file(client: FlaskClient, post, db) -> None:
    text = to_toml(a_plan(seed=77))
    page = post(EDIT, data={"do": "toml", "toml": text})
    assert page.status_code == 200
    assert stored(db) is None
    assert fields(page.text)["seed"] == ["77"]
    file = (io.BytesIO(text.encode()), "plan.toml")
    filled = fields(post(EDIT, data={"do": "toml", "toml": "", "toml_file": file}).text)
    assert post(EDIT, data={**filled, "do": "save"}).status_code == 303
    assert stored(db) == a_plan(seed=77)
    bad = post(EDIT, data={"do": "toml", "toml": "arms = ["})
    assert (bad.status_code, "not valid TOML" in bad.text) == (400, True)
    binary = (io.BytesIO(b"\xff\xfe\x00"), "plan.toml")
    assert post(EDIT, data={"do": "toml", "toml_file": binary}).status_code == 400


def write(post, db, **changed) -> None:
    row = plans.draft_of(db, 1)
    revision = str(row["revision"]) if row else ""
    text = {"do": "toml", "toml": to_toml(a_plan(**changed)), "revision": revision}
    form = fields(post(EDIT, data={**text, "reason": "because"}).text)
    assert post(EDIT, data={**form, "do": "save"}).status_code == 303


def freeze(client: FlaskClient, post) -> None:
    page = client.get(FREEZE)
    assert "What freezing means" in page.text
    revision = re.search(r'name="revision" value="(\d+)"', page.text)
    assert revision
    assert post(FREEZE, data={"revision": revision[1]}).status_code == 303


def test_a_plan_is_frozen_and_amended_with_a_reason(client: FlaskClient, post, db) -> None:
    write(post, db)
    freeze(client, post)
    assert "Before any answers came in" in client.get(PLAN).text
    form = fields(client.get(EDIT).text)
    answer = post(EDIT, data={**form, "do": "save"})
    assert (answer.status_code, "Say why the frozen plan is amended" in answer.text) == (400, True)
    data = {**form, "do": "save", "seed": "5", "reason": "The seed was mistyped."}
    assert post(EDIT, data=data).status_code == 303
    page = client.get(PLAN).text
    assert "Version 1 is frozen; an amendment is being written" in page
    freeze(client, post)
    changed = client.get(f"{PLAN}1/versions/2").text
    assert "The seed was mistyped." in changed
    assert re.search(r"<ins>(<span[^>]*>[^<]*</span>)?5", changed)
    assert client.get(f"{PLAN}1/versions/3").status_code == 404
    assert client.get(FREEZE).status_code == 400


def test_a_draft_that_changed_since_it_was_read_is_not_frozen(
    client: FlaskClient, post, db
) -> None:
    write(post, db)
    write(post, db, seed=9)
    answer = post(FREEZE, data={"revision": "1"})
    assert answer.status_code == 409
    assert plans.frozen_plan(db, 1) is None


def test_who_was_second_sees_both_plans(app: Flask, client: FlaskClient, post, db) -> None:
    write(post, db)
    mine = fields(client.get(EDIT).text)
    bo = sign_in(app, "Bo")
    theirs = {**mine, "do": "save", "seed": "8", "covariates": "age"}
    assert bo.post(EDIT, data=theirs, headers={"X-CSRFToken": csrf(bo)}).status_code == 303
    answer = post(EDIT, data={**mine, "do": "save", "notes": "Mine.", "seed": "9"})
    assert answer.status_code == 409
    assert "Bo saved this plan while you were editing it" in answer.text
    both = fields(answer.text)
    assert (both["notes"], both["seed"], both["covariates"]) == (["Mine."], ["9"], ["age"])
    assert post(EDIT, data={**both, "do": "save"}).status_code == 303
    plan = stored(db)
    assert (plan.notes, plan.seed, plan.covariates) == ("Mine.", 9, ("age",))  # type: ignore[attr-defined]


def test_a_form_opened_before_there_was_a_draft_does_not_write_over_one(
    client: FlaskClient, post, db
) -> None:
    early = fields(client.get(EDIT).text)
    write(post, db)
    assert post(EDIT, data={**early, "do": "save"}).status_code == 409
    assert stored(db) == a_plan()


def test_a_form_of_a_draft_that_was_frozen_since_says_so(client: FlaskClient, post, db) -> None:
    write(post, db)
    early = fields(client.get(EDIT).text)
    freeze(client, post)
    answer = post(EDIT, data={**early, "do": "save", "reason": "late"})
    assert answer.status_code == 409
    assert "frozen or dropped since" in answer.text


def test_a_draft_is_dropped(client: FlaskClient, post, db) -> None:
    write(post, db)
    assert post(f"{PLAN}1/drop", data={"revision": "9"}).status_code == 400
    assert post(f"{PLAN}1/drop", data={"revision": "1"}).status_code == 303
    assert stored(db) is None


def test_files_load_again_and_hash_to_the_frozen_hash(client: FlaskClient, post, db) -> None:
    import hashlib

    write(post, db)
    freeze(client, post)
    text = client.get(f"{PLAN}1/plan-1.toml").text
    assert "sha256" in text.splitlines()[0]
    assert from_toml(text) == a_plan()
    body = client.get(f"{PLAN}1/plan-1.json").data
    digest = plans.frozen_plan(db, 1)["plan_sha256"]  # type: ignore[index]
    assert hashlib.sha256(body).hexdigest() == digest
    answer = client.get("/api/studies/pilot/plan").json
    assert answer["versions"][0]["plan_sha256"] == digest
    assert answer["versions"][0]["plan"] == json.loads(body)
    assert client.get("/api/studies/pilot/plan?wave=9").status_code == 404


def test_without_waves_and_areas_the_page_says_what_to_do(app: Flask, client: FlaskClient) -> None:
    app.extensions["coproduce"].new_study("bare", "Bare")
    page = client.get("/studies/bare/plan/")
    assert (page.status_code, "no wave yet" in page.text) == (200, True)
    assert client.get("/api/studies/bare/plan").status_code == 400
    db = open_study(app.extensions["coproduce"].study_path("bare"))
    with writing(db, "test", "wave"):
        db.table("wave").insert({"key": "1", "name": "Wave 1", "position": 1})
    db.close()
    assert "no area yet" in client.get("/studies/bare/plan/").text
    assert client.get("/studies/bare/plan/1/edit").status_code == 400


def test_the_command_line_writes_and_freezes_a_plan(app: Flask, tmp_path, capsys) -> None:
    def call(*words: str) -> tuple[int, str, str]:
        code = run(["plan", "pilot", *words, "--instance", str(tmp_path / "instance")])
        return (code, *capsys.readouterr())

    assert call()[0] == 2
    assert call("--draft", "--freeze")[0] == 2
    assert call("--amend", "x")[0] == 2
    assert call("--draft", "--from", "study")[0] == 0
    assert call("--draft")[0] == 2
    file = tmp_path / "plan.toml"
    file.write_text(to_toml(a_plan(seed=3)))
    assert call("--load", str(file))[0] == 0
    assert from_toml(call("--toml")[1]) == a_plan(seed=3)
    code, digest, _ = call("--freeze")
    assert (code, len(digest.strip())) == (0, 64)
    assert "Say why" in call("--load", str(file))[2]
    assert call("--load", str(file), "--amend", "again")[0] == 0
    rows = json.loads(call("--versions", "--format", "json")[1])
    assert [(row["version"], bool(row["frozen_at"])) for row in rows] == [(2, False), (1, True)]
    said = json.loads(call("--format", "json")[1])
    assert {"part": "Seed", "says": "3"} in said
    assert call("--seen", "--format", "csv")[1] == "name,what,seen_at\n"
    file.write_bytes(b"\xff")
    assert call("--load", str(file))[0] == 2
