"""Input that nobody types by mistake: one sentence, nothing half done, and the server stays."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from linkage.study import open_study
from linkage.survey import import_survey
from webapp.cli import run
from webapp.downloads import attachment
from webapp.security import local_path
from webapp.uploads import safe_name

S = "/studies/pilot"
MAPPING = """
area = "place"
weight = "w"
[arm]
column = "group"
labels = { none = ["c"], A = ["a"] }
[[outcome]]
key = "hours"
column = "h"
scale = "hours"
"""
ANSWERS = "place,group,h,w\n" + "".join(
    f"{place},{arm},{n}e200,1\n" for place in ("East", "West") for arm in "ca" for n in range(1, 5)
)


@pytest.fixture
def coproduce(tmp_path: Path, capsys):
    """Run a command on a study of one area; returns exit code, stdout, stderr."""

    def call(*words: str) -> tuple[int, str, str]:
        code = run([*words, "--instance", str(tmp_path / "place")])
        return code, *capsys.readouterr()

    call("study", "new", "pilot", "--name", "Pilot")
    call("area", "add", "pilot", "east", "--name", "East")
    (tmp_path / "frame.csv").write_text("id,place\n+1,East\n+2,East\n+3,East\n")
    (tmp_path / "answers.csv").write_text(ANSWERS.replace("West", "East").replace("e200", ""))
    return call


@pytest.fixture
def answered(app: Flask, tmp_path: Path) -> None:
    """Answers too large for a square, to an outcome whose key has two lines."""
    (tmp_path / "answers.csv").write_text(ANSWERS, encoding="utf-8")
    path = app.extensions["coproduce"].study_path("pilot")
    db = open_study(path)
    import_survey(db, "1", tmp_path / "answers.csv", MAPPING, actor="test")
    db.close()


def allocate(coproduce, tmp_path: Path, *words: str) -> tuple[int, str, str]:
    frame, out = str(tmp_path / "frame.csv"), str(tmp_path / "arms.csv")
    return coproduce(
        "allocate", "pilot", frame, "--wave", "1", "--within", " place ", "--seed", "1",
        "--out", out, *words,
    )  # fmt: skip


def test_arms_may_be_written_with_spaces_and_one_may_get_nobody(coproduce, tmp_path: Path) -> None:
    code, out, err = allocate(coproduce, tmp_path, "--arms", "none, A, B, A+B")
    assert (code, err) == (0, "")
    assert "A+B" in out
    rows = (tmp_path / "arms.csv").read_text().splitlines()
    assert [row.split(",")[0] for row in rows] == ["respondent", "+1", "+2", "+3"]


@pytest.mark.parametrize("name", ["block", "Area", "respondent", "bell\x1b"])
def test_an_arm_called_as_a_column_stores_nothing(coproduce, tmp_path: Path, name: str) -> None:
    code, _, err = allocate(coproduce, tmp_path, "--arms", f"none,{name}")
    assert (code, "arm" in err.lower(), (tmp_path / "arms.csv").exists()) == (2, True, False)
    assert allocate(coproduce, tmp_path)[0] == 0


def test_a_file_that_cannot_be_written_stores_no_allocation(coproduce, tmp_path: Path) -> None:
    code, _, err = allocate(coproduce, tmp_path, "--out", str(tmp_path / ("x" * 300)))
    assert (code, "cannot be written" in err) == (2, True)
    assert allocate(coproduce, tmp_path)[0] == 0


def test_a_study_with_an_unusable_name_is_not_half_made(coproduce) -> None:
    for name in ("\udcff", "bell\x1b", " "):
        code, _, err = coproduce("study", "new", "other", "--name", name)
        assert (code, err.count("\n")) == (2, 1)
    assert coproduce("study", "new", "other", "--name", "Other")[0] == 0


def test_a_folder_that_is_none_is_one_sentence(tmp_path: Path, capsys) -> None:
    (tmp_path / "file").touch()
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        assert run(["study", "list", "--instance", str(place)]) == 2
        assert "cannot be the folder of studies" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('scale = "hours"', f'scale = "hours"\nvalues = {{ a = 1{"0" * 400} }}'),
        ('scale = "hours"', f'scale = "hours"\nmissing = [0x{"f" * 5000}]'),
        ('scale = "hours"', 'scale = "hours"\nmissing = [[98], 99]'),
        ('none = ["c"]', 'none = [["c"]]'),
        ('none = ["c"]', f"none = [1{'0' * 4000}]"),
    ],
)
def test_numbers_and_lists_that_a_mapping_cannot_use(
    coproduce, tmp_path: Path, before: str, after: str
) -> None:
    (tmp_path / "m.toml").write_text(MAPPING.replace(before, after))
    files = [str(tmp_path / "answers.csv"), "--mapping", str(tmp_path / "m.toml")]
    code, _, err = coproduce("import", "survey", "pilot", *files)
    assert (code, err.count("\n")) == (2, 1)
    assert len(err) < 300


def test_a_weight_that_is_not_used_is_said_to_be(coproduce, tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text(MAPPING)
    files = [str(tmp_path / "answers.csv"), "--mapping", str(tmp_path / "m.toml")]
    note = "The weight w is stored; effects are unweighted unless weighted ones are asked for."
    assert note in coproduce("import", "survey", "pilot", *files)[1]
    assert note in coproduce("effects", "pilot")[1]
    assert note in coproduce("joint", "pilot")[1]
    _, out, err = coproduce("effects", "pilot", "--format", "csv")
    assert (note in out, note in err) == (False, True)


@pytest.mark.usefixtures("answered")
def test_numbers_too_large_have_a_row_that_says_so(client: FlaskClient) -> None:
    page = client.get(f"{S}/effects/")
    assert (page.status_code, "the numbers are too large" in page.text) == (200, True)
    assert (
        "The weight w is stored; effects are unweighted unless weighted ones are asked for."
        in page.text
    )
    for path in (
        "/effects/effects.csv",
        "/responses/",
        "/responses/1/table?outcome=hours",
        "/joint/",
        "/",
    ):
        assert client.get(S + path, follow_redirects=True).status_code < 500, path
    assert client.get(f"/api{S}/effects").json["effects"][0]["estimate"] is None


@pytest.mark.parametrize(
    "target", ["/a\nb", "/\t/[", "/a\x7f", "//x.example", "/\\x.example", "/x\x1b", "x", None]
)
def test_an_address_that_leads_away_or_nowhere_is_none(target: str | None) -> None:
    assert local_path(target) is None


def test_a_link_with_a_bad_target_signs_in_all_the_same(app: Flask) -> None:
    people = app.extensions["coproduce"].people
    token = people.make_sign_in_link(people.ensure_user("Ana")["id"])
    answer = app.test_client().get(f"/sign-in/{token}?next=/%09/[")
    assert (answer.status_code, answer.location) == (302, "/")


@pytest.mark.parametrize("number", ["9" * 30, "0", "7"])
def test_a_job_that_is_not_there(client: FlaskClient, number: str) -> None:
    assert client.get(f"{S}/jobs/{number}").status_code == 404


def test_a_long_name_of_a_file_is_cut_by_its_bytes() -> None:
    name = safe_name("ж" * 300 + ".csv")
    assert len(name.encode()) <= 120
    assert name.endswith("жж.csv")


def test_a_code_with_half_a_character_is_refused(post) -> None:
    answer = post(f"/api{S}/codes", json={"name": "half \ud83d"})
    assert (answer.status_code, "character" in answer.json["error"]) == (400, True)


def test_a_file_to_keep_has_a_name_of_one_line(app: Flask) -> None:
    with app.test_request_context():
        said = attachment(b"", "text/csv", "hours\n/given;–ж.csv").headers["Content-Disposition"]
    assert "\n" not in said
    assert "given" in said
