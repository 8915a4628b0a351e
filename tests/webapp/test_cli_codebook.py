"""The codebook on the command line."""

import json

from coding.codebook import add_code, codebook
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
