"""Shares, clusters, late additions, receipts, balance and files of an allocation, on the pages."""

import csv
import io
import re
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from analysis.plan import Plan, PlannedOutcome
from linkage import areas
from linkage.messages import start_message, write_version
from linkage.plans import freeze_plan, save_draft

PANEL, BALANCE = "/studies/pilot/panel/", "/studies/pilot/balance/"
CANARY = "zelda.quince"
ARMS = ("none", "A", "B", "A+B")
FORM = {"wave": "1", "arms": ", ".join(ARMS), "seed": "7", "day": "2025-05-12", "within": "area"}


def frame_of(people: range) -> str:
    """Two to a home, homes turn by turn in two areas; names and addresses nobody asked for."""
    rows = [
        f"R{i:03d},{['east', 'west'][i // 2 % 2]},H{i // 2:03d},{i % 7},"
        f"{['young', 'old'][i % 2]},{CANARY}{i}@x.example,{CANARY} {i}"
        for i in people
    ]
    return "\n".join(["respondent,area,home,age,band,email,name", *rows])


@pytest.fixture
def send(post):
    """Upload a frame and post the form of its allocation; returns the answer."""

    def run(frame: str, *, do: str = "allocate", add: str = "", **form):
        file = (io.BytesIO(frame.encode()), "frame.csv")
        told = {"frame": file, "wave": "1", **({"add": add} if add else {})}
        plan = post(f"{PANEL}frame", data=told).location
        more = {"add": add} if add else {}
        return post(plan, data={**FORM, **more, **form, "do": do})

    return run


def table(client: FlaskClient) -> list[dict[str, str]]:
    text = client.get(f"{PANEL}1/allocation.csv").data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_shares_and_homes_are_allocated_as_asked(client: FlaskClient, send) -> None:
    shares = {"shares": "none:2, A:1, B:1, A+B:1", "cluster": "home"}
    look = send(frame_of(range(80)), do="look", **shares).text
    assert "What would be stored: clusters (home) by block and arm, 80 respondents in all" in look
    assert send(frame_of(range(80)), **shares).status_code == 302
    page = "/studies/pilot/sample-size/"
    assert "allocated whole by home" in client.get(page).text
    assert "allocated whole by home" not in client.get(f"{page}?cluster=2&icc=0.1").text
    rows = table(client)
    arm_of = {}
    for row in rows:
        assert arm_of.setdefault(row["cluster"], row["arm"]) == row["arm"]
    assert [list(arm_of.values()).count(arm) for arm in ARMS] == [16, 8, 8, 8]
    page = client.get(PANEL).text
    assert "whole by home, in shares none:2, A:1, B:1, A+B:1" in page


def test_who_came_late_is_a_batch_of_its_own(client: FlaskClient, send, post) -> None:
    send(frame_of(range(40)), cluster="home")
    before = table(client)
    again = send(frame_of(range(38, 44)), add="yes", cluster="home")
    assert "2 of these respondents are allocated already (R038, R039)" in again.text
    assert send(frame_of(range(40, 60)), add="yes", cluster="home", day="2025-06-01").location
    after = table(client)
    assert after[: len(before)] == [{**row, "batch": "1"} for row in before]
    assert {row["batch"] for row in after[len(before) :]} == {"2"}
    assert "20 respondents added on 1 June 2025 within area, whole by home (batch 2)" in (
        client.get(PANEL).text
    )
    file = (io.BytesIO(frame_of(range(60, 70)).encode()), "late.csv")
    told = {"frame": file, "wave": "1", "add": "yes"}
    plan = client.get(post(f"{PANEL}frame", data=told).location).text
    assert "Add to a wave" in plan
    assert re.search(r'<option value="home" selected', plan)
    assert "readonly" in plan


def test_an_addition_too_small_to_be_estimated_from_is_said_to_be(send) -> None:
    send(frame_of(range(40)))
    look = send(frame_of(range(40, 46)), add="yes", day="2025-06-01", do="look").text
    assert "2 blocks have an arm with fewer than two respondents" in look
    assert "wait until more can be added together" in look


def check(post, frame: str) -> str:
    file = (io.BytesIO(frame.encode()), "again.csv")
    return post(f"{PANEL}1/check", data={"frame": file}).text


def test_a_receipt_is_checked_against_the_frame_brought_again(
    client: FlaskClient, send, post, app: Flask
) -> None:
    send(frame_of(range(40)), cluster="home")
    send(frame_of(range(40, 60)), add="yes", cluster="home", day="2025-06-01")
    head, *rows = frame_of(range(40)).splitlines()
    assert "The receipt of batch 1 holds" in check(post, "\n".join([head, *reversed(rows)]))
    assert "The receipt of batch 2 holds" in check(post, frame_of(range(40, 60)))
    moved = frame_of(range(40)).replace("R000,east", "R000,west").replace("R001,east", "R001,west")
    page = check(post, moved)
    assert "does not give the allocation of batch 1" in page
    assert "The sampling frame is not the one that was allocated." in page
    assert "no column of respondent ids" in check(post, "a,b\n1,2\n")
    assert post(f"{PANEL}1/check", data={}).status_code == 400
    uploads = app.extensions["coproduce"].path / "uploads"
    assert not list(uploads.rglob("again.csv"))


def test_balance_is_kept_with_the_receipt_and_shown(client: FlaskClient, send) -> None:
    assert "There is no balance to look at yet" in client.get(BALANCE).text
    assert "p =" not in send(frame_of(range(80)), balance=["age", "band"], do="look").text
    send(frame_of(range(80)), balance=["age", "band"])
    page = client.get(f"{BALANCE}?wave=1").text
    assert "One test of all covariates and arms, all areas together: p = " in page
    assert "band: old" in page
    assert "Monte Carlo error" in page
    east = client.get(f"{BALANCE}?wave=1&area=east").text
    assert "n 40" in east
    assert client.get(f"{BALANCE}?wave=1&area=mars").status_code == 400
    assert client.get(f"{BALANCE}?wave=1&basis=stars").status_code == 400
    assert client.get(f"{BALANCE}?wave=1&basis=frame7").status_code == 200
    told = client.get("/api/studies/pilot/balance?wave=1").json
    assert (told["basis"], told["tests"][-1]["area"]) == ("frame1", "pooled")
    assert {row["covariate"] for row in told["balance"]} == {"age", "band: old", "band: young"}


@pytest.mark.parametrize("form", ["csv", "xlsx", "docx", "svg", "png", "pdf"])
def test_balance_is_saved_as(client: FlaskClient, send, form: str) -> None:
    send(frame_of(range(80)), balance=["age"])
    answer = client.get(f"{BALANCE}balance.{form}?wave=1")
    assert answer.status_code == 200
    assert f'.{form}"' in answer.headers["Content-Disposition"] or answer.headers[
        "Content-Disposition"
    ].endswith(f".{form}")
    assert len(answer.data) > 200


def write_message(app: Flask, nudge: str, area: int, text: str) -> None:
    place = app.extensions["coproduce"]

    def run(db) -> None:
        coder = areas.ensure_coder(db, "Ana")
        message = start_message(db, nudge, 1, area, 1)
        write_version(db, message, 1, [(text, [])], coder)

    place.writer(place.study_path("pilot")).submit(run, actor="test", action="write")


def parts_of(client: FlaskClient) -> dict[str, list[dict[str, str]]]:
    archive = zipfile.ZipFile(io.BytesIO(client.get(f"{PANEL}1/allocation.zip").data))
    return {
        name: list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
        for name in archive.namelist()
        if name.endswith(".csv")
    }


def test_the_zip_holds_a_file_an_arm_with_its_texts(app: Flask, client: FlaskClient, send) -> None:
    story, time = "Neighbours, in East, cleared a lane.", "People give two hours."
    write_message(app, "A", 1, story)
    write_message(app, "B", 1, time)
    send(frame_of(range(40)).replace("R000", "=1+1"))
    parts = parts_of(client)
    assert sorted(parts) == ["A+B.csv", "A.csv", "B.csv", "none.csv"]
    assert {row["respondent"] for rows in parts.values() for row in rows} == {
        "=1+1", *(f"R{i:03d}" for i in range(1, 40))
    }  # fmt: skip
    assert not any("text" in name for name in parts["none.csv"][0])
    assert not any(name.startswith("B_") for name in parts["A.csv"][0])
    for row in parts["A+B.csv"]:
        shown = (row["A_health_text"], row["B_health_text"])
        assert shown == ((story, time) if row["area"] == "east" else ("", ""))
        if row["area"] == "east":
            assert row["A_health_version"] == "1"
            assert row["A_health_sha256"] == sha256(story.encode()).hexdigest()
    write_message(app, "A", 2, "Written after the day of the allocation.")
    send(frame_of(range(40, 60)), add="yes", day="2025-06-01")
    later = [row for row in parts_of(client)["A.csv"] if row["batch"] == "2"]
    assert {row["A_health_text"] for row in later} == {story, ""}


def test_contact_details_never_enter(client: FlaskClient, send, app: Flask) -> None:
    send(frame_of(range(80)), cluster="home", balance=["age", "band"])
    place = app.extensions["coproduce"]
    place.close()
    files = [path for path in Path(place.path).rglob("*") if path.is_file()]
    assert files
    assert not [path.name for path in files if CANARY.encode() in path.read_bytes()]


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"balance": ["email"]}, "“email” holds texts of which no ten are alike"),
        ({"shares": "none:2"}, "whole numbers from 1"),
        ({"shares": "none:x"}, "is not a share of one of the arms"),
        ({"cluster": "email"}, "looks like an e-mail address or a telephone number"),
        ({"cluster": "band"}, "“young” of the column “band” lies in several blocks"),
        ({"add": "yes"}, "not allocated yet; allocate it first"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_stored(
    client: FlaskClient, send, form, sentence: str
) -> None:
    answer = send(frame_of(range(40)), **form)
    assert (answer.status_code, sentence in answer.text) == (400, True)
    assert CANARY not in answer.text
    assert "Not allocated yet" in client.get(PANEL).text


def test_ids_that_are_addresses_or_telephones_are_refused(client: FlaskClient, send) -> None:
    for one in ("a@b.example", "+44 7700 900123", "07700900123"):
        answer = send(frame_of(range(8)).replace("R003", one))
        assert "Row 5 of the column “respondent” looks like an e-mail address" in answer.text
        assert one not in answer.text
    assert send(frame_of(range(8)).replace("R003", "0012345678")).status_code == 302


def test_a_wave_with_answers_is_allocated_no_more(client: FlaskClient, send, app, tmp_path) -> None:
    from .whole_chain import fill

    fill(app, tmp_path)
    assert "This wave has answers already" in send(frame_of(range(8))).text
    page = client.get(f"{BALANCE}?wave=1")
    assert page.status_code in (200, 400)
    assert "assigned is not recorded" in client.get(PANEL).text


def test_the_arms_of_a_frozen_plan_are_proposed(client: FlaskClient, app: Flask, post) -> None:
    place = app.extensions["coproduce"]

    def run(db) -> None:
        plan = Plan(
            arms=["none", "letter"], areas=["east", "west"], issues=["health"],
            outcomes=[PlannedOutcome("h", "health", "hours_willing_alone", "hours", True)],
            primary_contrast="letter vs none", contrasts=["letter vs none"],
        )  # fmt: skip
        save_draft(db, 1, plan)
        freeze_plan(db, 1, areas.ensure_coder(db, "Ana"))

    place.writer(place.study_path("pilot")).submit(run, actor="test", action="plan")
    file = (io.BytesIO(frame_of(range(8)).encode()), "frame.csv")
    page = client.get(post(f"{PANEL}frame", data={"frame": file, "wave": "1"}).location).text
    assert 'value="none, letter"' in page
