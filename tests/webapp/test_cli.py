"""The command line: the same functions, one line of error, exit 2 for bad input."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from coding.codebook import add_code
from linkage.study import open_study, writing
from webapp.cli import run
from webapp.cli.output import print_rows

TALK = "\n\n".join(
    [
        "Mod: What do you do?",
        "Ann: We cleared the lane.",
        "Bob: I rang the council.",
        "Ann: It stayed clean.",
        "Bob: So far.",
        "Mod: Thank you.",
    ]
)
COLUMNS = ["id", "title", "area", "issue", "turns", "speakers", "words", "codings"]


@pytest.fixture
def coproduce(tmp_path: Path, capsys):
    """Run a command on a temporary instance; returns exit code, stdout, stderr."""

    def call(*words: str) -> tuple[int, str, str]:
        code = run([*words, "--instance", str(tmp_path / "instance")])
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture
def pilot(coproduce, tmp_path: Path):
    coproduce("study", "new", "pilot", "--name", "Pilot")
    coproduce("area", "add", "pilot", "east", "--name", "East")
    coproduce("issue", "add", "pilot", "safety", "--name", "Community safety")
    (tmp_path / "talk.txt").write_text(TALK)
    return coproduce


def test_studies_are_made_and_listed(coproduce) -> None:
    assert coproduce("study", "new", "pilot", "--name", "Pilot")[0] == 0
    assert json.loads(coproduce("study", "list", "--format", "json")[1]) == [
        {"key": "pilot", "name": "Pilot"}
    ]
    assert coproduce("study", "check", "pilot")[1].startswith("All is well")


def test_a_study_is_copied_archived_and_brought_back(pilot) -> None:
    assert pilot("study", "copy", "pilot", "next", "--name", "Next")[1] == (
        "Study “next” is made, with 1 area, 1 issue, 0 waves, 0 codes.\n"
    )
    assert pilot("study", "archive", "pilot")[0] == 0
    code, _, err = pilot("area", "add", "pilot", "west", "--name", "West")
    assert (code, "archived" in err, err.count("\n")) == (2, True, 1)
    assert json.loads(pilot("study", "list", "--format", "json")[1]) == [
        {"key": "next", "name": "Next"}
    ]
    assert "pilot" in pilot("study", "list", "--archived")[1]
    assert pilot("study", "archive", "pilot", "--undo")[0] == 0
    assert pilot("area", "add", "pilot", "west", "--name", "West")[0] == 0


def test_a_transcript_is_imported_and_listed(pilot, tmp_path: Path) -> None:
    file = str(tmp_path / "talk.txt")
    code, out, err = pilot(
        "import", "transcripts", "pilot", file, "--area", "east", "--moderator", "Mod"
    )
    assert (code, err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(pilot("transcripts", "pilot", "--format", "csv")[1])))
    assert list(rows[0])[:8] == [
        "id",
        "title",
        "area",
        "issue",
        "turns",
        "speakers",
        "words",
        "codings",
    ]
    assert (rows[0]["area"], rows[0]["turns"], rows[0]["speakers"]) == ("east", "6", "3")


def test_a_dry_run_stores_nothing(pilot, tmp_path: Path) -> None:
    file = str(tmp_path / "talk.txt")
    out = pilot("import", "transcripts", "pilot", file, "--area", "east", "--dry-run")[1]
    assert "6 turns, 3 speakers" in out
    assert "(none)" in pilot("transcripts", "pilot")[1]


def test_one_bad_file_stores_none(pilot, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    files = [str(tmp_path / name) for name in ("talk.txt", "empty.txt")]
    code, _, err = pilot("import", "transcripts", "pilot", *files, "--area", "east")
    assert code == 2
    assert err.count("\n") == 1
    assert "empty" in err
    assert "(none)" in pilot("transcripts", "pilot")[1]


@pytest.mark.parametrize(
    "words",
    [
        ["study", "new", "../x", "--name", "X"],
        ["study", "check", "gone"],
        ["study", "copy", "gone", "new", "--name", "New"],
        ["study", "archive", "gone"],
        ["study", "backup", "gone", "gone.db"],
        ["study", "restore", "nothere.db", "new"],
        ["transcripts", "gone"],
        ["import", "transcripts", "pilot", "nothere.txt", "--area", "east"],
        ["import", "transcripts", "pilot", "talk.txt", "--area", "nowhere"],
        ["import", "survey", "pilot", "nothere.csv", "--mapping", "nothere.toml"],
        [
            "allocate",
            "pilot",
            "f.csv",
            "--wave",
            "1",
            "--within",
            "a",
            "--seed",
            "1",
            "--out",
            "o.csv",
        ],
        ["effects", "pilot"],
        ["joint", "pilot", "--wave", "7"],
        ["nonsense"],
        ["study"],
        ["serve", "--port", "0"],
    ],
)
def test_bad_input_is_one_line_and_exit_2(pilot, words: list[str]) -> None:
    code, _, err = pilot(*words)
    assert code == 2
    assert err.startswith("coproduce: ")
    assert err.count("\n") == 1
    assert "Traceback" not in err


def test_tables_of_large_and_absent_numbers_print(capsys) -> None:
    rows = [{"n": 1933.0, "name": "x" * 60, "p": None}, {"n": -0.5, "name": "1,406", "p": 0.04}]
    print_rows(rows, ["n", "name", "p"], "table")
    assert "1,933" in capsys.readouterr().out


def test_the_chain_on_the_command_line(coproduce, tmp_path: Path) -> None:
    assert coproduce("demo", "--no-serve")[0] == 0
    for words in (
        ["transcripts", "demo"],
        ["codings", "demo"],
        ["prevalence", "demo", "--by", "area"],
        ["prevalence", "demo", "--by", "issue"],
        ["prevalence", "demo", "--by", "speaker"],
        ["effects", "demo"],
        ["effects", "demo", "--by", "pooled", "--outcome", "hours_alone_health"],
        ["joint", "demo", "--contrast", "B alone"],
        ["study", "check", "demo"],
    ):
        code, out, err = coproduce(*words)
        assert (code, err) == (0, ""), words
        assert len(out.splitlines()) > 5 or words[0] == "study"
        if words[0] != "study":
            rows = json.loads(coproduce(*words, "--format", "json")[1])
            assert len(rows) == len(list(csv.DictReader(io.StringIO(
                coproduce(*words, "--format", "csv")[1]
            ))))  # fmt: skip


def test_a_frame_is_allocated_into_a_new_file_only(coproduce, tmp_path: Path) -> None:
    coproduce("study", "new", "pilot", "--name", "Pilot")
    coproduce("area", "add", "pilot", "east", "--name", "East")
    (tmp_path / "frame.csv").write_text("id,area\n" + "".join(f"r{i},east\n" for i in range(9)))
    words = ["allocate", "pilot", str(tmp_path / "frame.csv"), "--wave", "1", "--within", "area"]
    words += ["--seed", "1", "--out", str(tmp_path / "arms.csv")]
    code, out, _ = coproduce(*words)
    assert (code, "9 respondents are allocated" in out) == (0, True)
    assert len((tmp_path / "arms.csv").read_text().splitlines()) == 10
    assert coproduce(*words)[0] == 2


def test_a_person_is_added_listed_reset_and_closed(pilot) -> None:
    roles = ["--role", "researcher", "--role", "analyst", "--study", "pilot"]
    out = pilot("user", "add", "Ana", *roles, "--area", "east", "--blind")[1]
    assert "Ana is analyst, researcher in “pilot”" in out
    assert re.search(r"http://127\.0\.0\.1:8000/sign-in/\S{43}\?next=/account/", out)
    assert json.loads(pilot("user", "list", "--format", "json")[1]) == [
        {"name": "Ana", "administrator": "no", "studies": "pilot", "second_factor": "no",
         "last_seen": None, "closed": None}
    ]  # fmt: skip
    assert "/reset/" in pilot("user", "reset", "ana", "--drop-second-factor")[1]
    assert pilot("user", "close", "Ana")[0] == 0
    for words in (["add", "Ana"], ["reset", "Ana"], ["reset", "Bob"], ["close", "Bob"]):
        code, _, err = pilot("user", *words)
        assert (code, err.count("\n")) == (2, 1), words


def test_links_are_built_from_the_public_address(pilot, tmp_path: Path) -> None:
    settings = tmp_path / "instance" / "coproduce.toml"
    settings.write_text('public_url = "https://coproduce.example.org/"')
    assert "  https://coproduce.example.org/sign-in/" in pilot("user", "add", "Ana")[1]


def test_a_person_of_a_wrong_role_or_area_is_not_made(pilot) -> None:
    for more in (
        ["--role", "king", "--study", "pilot"],
        ["--role", "viewer"],
        ["--study", "pilot"],
        ["--role", "viewer", "--study", "gone"],
        ["--role", "viewer", "--study", "pilot", "--area", "nowhere"],
        ["--role", "viewer", "--study", "pilot", "--blind"],
        ["--role", "owner", "--study", "pilot", "--area", "east"],
    ):
        assert pilot("user", "add", "Ana", *more)[0] == 2, more
    assert "(none)" in pilot("user", "list")[1]


def test_a_snapshot_and_what_changed_since(pilot, tmp_path: Path) -> None:
    assert pilot("study", "snapshot", "pilot", "Round 1")[1] == "Snapshot “Round 1” is taken.\n"
    assert pilot("study", "snapshot", "pilot", "Round 1")[0] == 2
    db = open_study(tmp_path / "instance" / "studies" / "pilot.db")
    with writing(db, "ana", "code"):
        add_code(db, "Together")
    rows = json.loads(pilot("study", "diff", "pilot", "Round 1", "--format", "json")[1])
    assert [(row["code"], row["change"], row["codings_to"]) for row in rows] == [
        ("Together", "added", 0)
    ]
    assert pilot("study", "diff", "pilot", "Round 1", "Round 1")[1].strip().endswith("(none)")
    assert pilot("study", "diff", "pilot", "Round 9")[::2] == (
        2, "coproduce: There is no snapshot “Round 9” in this study; there are: “Round 1”.\n",
    )  # fmt: skip


def test_the_coding_is_frozen_and_the_freeze_lifted(pilot) -> None:
    code, out, _ = pilot("study", "freeze", "pilot")
    assert (code, out.startswith("Frozen: sha256 ")) == (0, True)
    assert pilot("study", "freeze", "pilot")[0] == 2
    assert pilot("study", "freeze", "pilot", "--lift") == (0, "The freeze is lifted.\n", "")
