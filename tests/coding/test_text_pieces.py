"""The text lies in pieces, and nobody can tell: passages, offsets, files made before."""

from pathlib import Path

import pytest
from sqlite_utils import Database

from coding.errors import NotFound
from coding.migrations import PIECE, migrations
from coding.transcripts import import_transcript, passage, preview, text
from linkage.sqlite import connect
from linkage.study import writing

LONG = "Ruth: " + "é🎉x " * PIECE


@pytest.fixture
def long(study: Database, tmp_path: Path) -> Database:
    file = tmp_path / "long.txt"
    file.write_text(LONG, encoding="utf-8")
    with writing(study, "test", "import"):
        group = study.table("focus_group").insert({"area_id": 1, "name": "G"}).last_pk
        import_transcript(study, preview(file), group)
    return study


def test_a_passage_is_the_text_from_start_to_end(long: Database) -> None:
    whole = text(long, 1)
    assert long.table("transcript_text").count == len(whole) // PIECE + 1
    for start in (0, 1, PIECE - 2, PIECE, 2 * PIECE - 1, len(whole) - 3):
        for length in (1, 2, 5, PIECE, PIECE + 1, len(whole)):
            assert passage(long, 1, start, start + length) == whole[start : start + length]


def test_a_transcript_that_is_not_there_has_no_passage(long: Database) -> None:
    assert passage(long, 1, 10**6, 10**6 + 1) == ""
    with pytest.raises(NotFound, match="no transcript 7"):
        passage(long, 7, 0, 1)


def test_a_text_stored_whole_is_cut_when_its_file_is_upgraded(tmp_path: Path) -> None:
    db = connect(tmp_path / "old.db")
    db.execute("PRAGMA foreign_keys=OFF")
    migrations.apply(db, stop_before="cut_text_into_pieces")
    db.execute(
        "INSERT INTO transcript (id, focus_group_id, title, file_name, file_sha256, imported_at)"
        " VALUES (1, 1, 'T', 't.txt', '', '')"
    )
    db.execute(
        "INSERT INTO transcript_text (transcript_id, version, text) VALUES (1, 1, ?)", [LONG]
    )
    migrations.apply(db)
    assert text(db, 1) == LONG
