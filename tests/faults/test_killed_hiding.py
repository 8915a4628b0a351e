"""Hiding names is killed in its middle: all is as it was, or all is done; no name is lost."""

import subprocess
import sys
from pathlib import Path

import pytest

from coding import transcripts
from coding.groups import add_group
from coding.pseudonyms import key_file, proposals, reviewing
from coding.pseudonyms.grouping import Spot
from linkage import areas
from linkage.check import check_study
from linkage.erasing import finish_erasing, is_due
from linkage.pseudonyms import changing_key, hide_names, opened_key
from linkage.study import open_study, writing

TALK = "Ruth: Who was it?\n\nSiobhan Kelly: It was me, Siobhan.\n"
CHILD = """
import sys, time
from pathlib import Path
from unittest import mock
from linkage import hiding, pseudonyms
from linkage.study import open_study

def stop(*given, **named):
    print("here", flush=True)
    time.sleep(600)

with mock.patch.object({where}, stop):
    pseudonyms.hide_names(
        open_study(Path(sys.argv[1])), key_path=sys.argv[2], actor="ana", name="Ana"
    )
"""
# Where it is killed, and whether the change was committed by then.
MOMENTS = [
    ('hiding, "shift"', False),
    ('hiding, "drop_derived"', False),
    ('hiding, "_close"', False),
    ('pseudonyms, "finish_erasing"', True),
]


@pytest.fixture
def told(tmp_path: Path, study) -> tuple[Path, Path]:
    (tmp_path / "talk.txt").write_text(TALK)
    with writing(study, "test", "import the talk with Siobhan"):
        group = add_group(study, 1, "Hall")
        found = transcripts.preview(tmp_path / "talk.txt", {}, ["Ruth"])
        transcripts.import_transcript(study, found, group)
        areas.ensure_coder(study, "Ana")
    key_path = tmp_path / "keys" / "study.db"
    with changing_key(key_path) as key:
        start = TALK.replace("\n\n", "\n").index("Siobhan Kelly")
        proposals.propose(
            key, study, [Spot(1, start, start + 13, "Siobhan Kelly", "person", "test", 0.9)]
        )
        for row in key_file.list_names(key):
            reviewing.decide(key, study, row["id"], "hide")
    return tmp_path / "study.db", key_path


@pytest.mark.parametrize(("where", "done"), MOMENTS, ids=[where for where, _ in MOMENTS])
def test_a_kill_leaves_nothing_half_done(told, where: str, done: bool) -> None:
    path, key_path = told
    command = [sys.executable, "-c", CHILD.format(where=where), str(path), str(key_path)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert child.stdout
    assert child.stdout.readline() == "here\n"
    child.kill()
    child.communicate()
    db = open_study(path)
    assert check_study(db) == []
    said = transcripts.text(db, 1)
    assert ("Siobhan" in said, "[Participant 1]" in said) == (not done, done)
    with opened_key(key_path) as key:
        assert [row["name"] for row in key_file.list_names(key)] == ["Siobhan Kelly"]
    if not done:
        hide_names(db, key_path=str(key_path), actor="ana", name="Ana")
    assert finish_erasing(db)
    assert not is_due(db)
    db.close()
    files = b"".join(file.read_bytes() for file in path.parent.glob("study.db*"))
    assert b"Siobhan" not in files
