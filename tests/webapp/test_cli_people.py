"""Memos, speakers and who came, on the command line."""

import json

import pytest

from coding.memos import add_memo
from coding.speakers import set_attributes, set_consent
from linkage.areas import ensure_coder
from linkage.study import open_study, writing
from tests.coding.test_people import TALK
from webapp.cli import run


@pytest.fixture
def at(tmp_path):
    """An instance with the talk of Fac, Maureen and Mo, of whom Mo refused publication."""
    place, talk = str(tmp_path / "i"), tmp_path / "talk.txt"
    talk.write_text(TALK)
    for line in (
        ["study", "new", "one", "--name", "One"],
        ["area", "add", "one", "east", "--name", "East"],
        ["import", "transcripts", "one", str(talk), "--area", "east", "--moderator", "Fac"],
    ):
        assert run([*line, "--instance", place]) == 0
    db = open_study(tmp_path / "i" / "studies" / "one.db")
    with writing(db, "test", "fill"):
        ana = ensure_coder(db, "Ana")
        add_memo(db, ana, "First day.")
        add_memo(db, ana, "=Quiet", speaker_id=2, type="reflexive")
        set_attributes(db, 2, {"age": "30"})
        set_consent(db, 3, "archive", False)
    db.close()
    return ["--instance", place]


def listed(capsys, line):
    capsys.readouterr()
    assert run(line) == 0
    return json.loads(capsys.readouterr().out)


def test_memos_are_listed(at, capsys):
    rows = listed(capsys, ["memos", "one", "--type", "reflexive", "--format", "json", *at])
    assert [(row["text"], row["speaker"]) for row in rows] == [("=Quiet", "Maureen")]
    assert len(listed(capsys, ["memos", "one", "--journal", "--format", "json", *at])) == 1
    assert run(["memos", "one", "--coder", "Nobody", *at]) == 2
    assert "there are: Ana" in capsys.readouterr().err


def test_speakers_and_composition_are_listed(at, capsys):
    rows = listed(capsys, ["speakers", "one", "--format", "json", *at])
    mo = next(row for row in rows if row["name"] == "Mo")
    assert (mo["archive"], mo["analysis"], mo["age"]) == ("refused", "not recorded", None)
    rows = listed(capsys, ["composition", "one", "--format", "json", *at])
    assert [(row["level"], row["count"], row["base"]) for row in rows] == [
        ("30", 1, 2), ("unknown", 1, 2),
    ]  # fmt: skip
    assert run(["composition", "one", "--attribute", "height", *at]) == 2


def test_no_backup_is_made_for_an_archive_that_somebody_refused(at, capsys, tmp_path):
    assert run(["study", "backup", "one", str(tmp_path / "a.db"), "--archive", *at]) == 2
    assert "1 refused" in capsys.readouterr().err
    assert not (tmp_path / "a.db").exists()
    assert run(["study", "backup", "one", str(tmp_path / "a.db"), *at]) == 0
