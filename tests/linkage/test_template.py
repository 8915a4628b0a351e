"""A study on the pattern of another has its frame and codebook, and nothing of its people."""

from pathlib import Path

import pytest
from sqlite_utils import Database

from coding.codebook import add_code, codebook
from linkage.areas import areas, issues, study_row, waves
from linkage.check import check_study
from linkage.study import prepare_study, writing
from linkage.template import copy_template

FRAME = {"area", "issue", "wave", "code", "study", "change", "change_row", "change_payload"}


@pytest.fixture
def copy(study: Database, east: int, mark, tmp_path: Path) -> Database:
    with writing(study, "Ana", "codebook"):
        top = add_code(study, "Acting", definition="What people do", example="Six of us")
        add_code(study, "Alone", parent_id=top, include="Own hands", exclude="Groups")
        study.table("study").update(1, {"notice": "Confidential, says Derek"})
    mark(east, top, "Six of us cleared the lane")
    target = prepare_study(tmp_path / "new.db", "New")
    with writing(target, "Ana", "copy"):
        assert copy_template(study, target) == {"area": 2, "issue": 3, "wave": 1, "code": 2}
    return target


def test_frame_and_codebook_are_the_same(study: Database, copy: Database) -> None:
    for listed in (areas, issues, waves):
        names = ("key", "name", "position")
        assert [[row[n] for n in names] for row in listed(study)] == [
            [row[n] for n in names] for row in listed(copy)
        ]
    same = ("guid", "path", "colour", "definition", "include", "exclude", "depth", "position")
    assert [[row[n] for n in same] for row in codebook(study)] == [
        [row[n] for n in same] for row in codebook(copy)
    ]
    assert check_study(copy) == []


def test_nothing_personal_goes_along(copy: Database, tmp_path: Path) -> None:
    filled = {t for t in copy.table_names() if copy.table(t).count and t[0] not in "_s"}
    assert filled <= FRAME
    assert study_row(copy)["notice"] == ""
    copy.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = (tmp_path / "new.db").read_bytes()
    assert b"Alone" in content
    for word in (b"Maureen", b"Derek", b"Six of us", b"cleared"):
        assert word not in content
