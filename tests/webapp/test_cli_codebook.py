"""The codebook on the command line."""

import json

from coding.codebook import add_code, codebook
from linkage.snapshots import add_snapshot
from linkage.study import open_study, writing
from webapp.cli import run


def test_codes_are_listed_moved_and_merged(tmp_path, capsys) -> None:
    place = ["--instance", str(tmp_path / "instance")]
    assert run(["study", "new", "pilot", "--name", "Pilot", *place]) == 0
    db = open_study(tmp_path / "instance" / "studies" / "pilot.db")
    with writing(db, "test", "codes"):
        for name in ("One", "Two", "Three"):
            add_code(db, name, definition=f"What {name} is.")
    assert run(["codebook", "pilot", "move", "three", "--under", "One", *place]) == 0
    assert [row["path"] for row in codebook(db)] == ["One", "One › Three", "Two"]
    assert run(["codebook", "pilot", "merge", "2", "--into", "One", *place]) == 0
    assert codebook(db)[0]["definition"] == "What One is.\n\nWhat Two is."
    assert run(["codebook", "pilot", "merge", "Four", "--into", "One", *place]) == 2
    assert run(["codebook", "pilot", "close", *place]) == 0
    capsys.readouterr()
    assert run(["codebook", "pilot", "move", "Three", *place]) == 2
    assert "The codebook is closed" in capsys.readouterr().err
    assert run(["codebook", "pilot", "close", "--lift", *place]) == 0
    capsys.readouterr()
    run(["codebook", "pilot", "list", "--format", "json", *place])
    assert [row["path"] for row in json.loads(capsys.readouterr().out)] == ["One", "One › Three"]


def test_the_codes_of_a_version_are_listed(tmp_path, capsys) -> None:
    place = ["--instance", str(tmp_path / "instance")]
    run(["study", "new", "pilot", "--name", "Pilot", *place])
    db = open_study(tmp_path / "instance" / "studies" / "pilot.db")
    for run_it in (lambda: add_code(db, "One"), lambda: add_snapshot(db, "First")):
        with writing(db, "test", "change"):
            run_it()
    with writing(db, "test", "change"):
        add_code(db, "Two")
    listing = ["codebook", "pilot", "list", "--format", "json", "--version"]
    capsys.readouterr()
    assert run([*listing, "first", *place]) == 0
    assert [row["path"] for row in json.loads(capsys.readouterr().out)] == ["One"]
    assert run([*listing, "Third", *place]) == 2
