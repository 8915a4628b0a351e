"""Allocation on the command line: shares, clusters, additions, checks, balance and files."""

import csv
import json
import zipfile
from pathlib import Path

import pytest

from webapp.cli import run

ARMS = ("none", "A", "B", "A+B")


def write_frame(path: Path, people: range) -> str:
    rows = [f"r{i:03d},east,h{i // 2},{i % 7},{i}@x.example" for i in people]
    path.write_text("\n".join(["id,area,home,age,email", *rows]) + "\n")
    return str(path)


@pytest.fixture
def east(tmp_path: Path, capsys):
    """Run a command on a study with one area; returns exit code, stdout, stderr."""

    def call(*words: str) -> tuple[int, str, str]:
        code = run([*words, "--instance", str(tmp_path / "instance")])
        return (code, *capsys.readouterr())

    call("study", "new", "pilot", "--name", "Pilot")
    call("area", "add", "pilot", "east", "--name", "East")
    return call


def allocate(run, frame: str, out: Path, *more: str):
    return run("allocate", "pilot", frame, "--wave", "1", "--seed", "5", "--out", str(out), *more)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_an_allocation_is_added_to_checked_and_read_again(east, tmp_path: Path) -> None:
    frame = write_frame(tmp_path / "frame.csv", range(40))
    late = write_frame(tmp_path / "late.csv", range(40, 52))
    more = ["--within", "area", "--cluster", "home", "--shares", "none:2,A:1,B:1,A+B:1"]
    code, out, _ = allocate(east, frame, tmp_path / "a.csv", *more, "--balance", "age")
    assert (code, "40 respondents are allocated; a.csv" in out) == (0, True)
    assert "Balance: p = " in out
    arm_of = {row["cluster"]: row["arm"] for row in rows_of(tmp_path / "a.csv")}
    assert [list(arm_of.values()).count(arm) for arm in ARMS] == [8, 4, 4, 4]
    code, out, _ = allocate(east, late, tmp_path / "b.csv", "--add")
    assert (code, "12 respondents are allocated in batch 2" in out) == (0, True)
    for file, batch in ((frame, 1), (late, 2)):
        code, out, _ = east("allocation", "check", "pilot", file, "--wave", "1")
        assert (code, f"The receipt of batch {batch} holds" in out) == (0, True)
    code, out, _ = east("allocation", "check", "pilot", late, "--wave", "1", "--batch", "1")
    assert (code, "The sampling frame is not the one that was allocated." in out) == (1, True)
    told = json.loads(east("allocation", "receipts", "pilot", "--format", "json")[1])
    assert [row["batch"] for row in told] == [1, 2]
    assert told[1]["shares"] == [2, 1, 1, 1]
    table = json.loads(east("allocation", "balance", "pilot", "--format", "json")[1])
    assert {row["covariate"] for row in table} == {"age"}
    tests = json.loads(east("allocation", "balance", "pilot", "--test", "--format", "json")[1])
    assert 0 < tests[0]["p_randomisation"] <= 1


def test_a_file_an_arm_is_written_as_a_zip(east, tmp_path: Path) -> None:
    frame = write_frame(tmp_path / "frame.csv", range(8))
    allocate(east, frame, tmp_path / "a.csv", "--within", "area")
    out = tmp_path / "arms.zip"
    assert east("allocation", "files", "pilot", "--wave", "1", "--out", str(out))[0] == 0
    with zipfile.ZipFile(out) as parts:
        assert sorted(parts.namelist()) == sorted(["READ-ME.txt", *(f"{a}.csv" for a in ARMS)])
        assert "x.example" not in parts.read("A.csv").decode()
    assert east("allocation", "files", "pilot", "--wave", "1", "--out", str(out))[0] == 2


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ([], "--within area"),
        (["--within", "area", "--shares", "A:2"], "whole numbers from 1"),
        (["--within", "area", "--cluster", "house"], "no column “house”"),
        (["--within", "area", "--balance", "email"], "cannot be balanced"),
        (["--within", "area", "--cluster", "email"], "Contact details never enter"),
        (["--add"], "not allocated yet"),
        (["--within", "area", "--on", "May"], "write it as 2025-05-12"),
    ],
)
def test_bad_options_are_one_line_and_leave_no_file(east, tmp_path: Path, more, sentence) -> None:
    frame = write_frame(tmp_path / "frame.csv", range(40))
    code, _, err = allocate(east, frame, tmp_path / "a.csv", *more)
    assert (code, err.count("\n"), sentence in err) == (2, 1, True)
    assert not (tmp_path / "a.csv").exists()
    assert east("allocation", "check", "pilot", frame, "--wave", "1")[0] == 2
    assert east("allocation", "balance", "pilot")[0] == 2
