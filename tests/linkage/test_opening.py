"""A study file made elsewhere: a true one comes through whole, a hostile one does nothing."""

import os
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from coding.codebook import add_code
from coding.errors import BadInput
from linkage.backup import back_up
from linkage.check import check_study
from linkage.sqlite import sqlite3
from linkage.study import SETS, lay_tables, open_study, writing
from linkage.undo import undo
from linkage.verifying import verify

from .opened import build, reopened, rewrite, rows, spoil
from .spoilt import SPOILT


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("whole"))


@pytest.fixture
def file(whole: Path, tmp_path: Path) -> Path:
    """A study with words, a coding and answers, as a file of its own to spoil."""
    return Path(shutil.copy(whole, tmp_path / "elsewhere.db"))


def test_a_true_file_comes_through_whole(file: Path, tmp_path: Path) -> None:
    opened, own = reopened(file, tmp_path / "in")
    assert (opened.name, opened.dropped, opened.problems) == ("Test study", [], [])
    db = open_study(own)
    assert check_study(db) == []
    last = db.execute("SELECT actor, action, kind FROM change ORDER BY id DESC").fetchone()
    db.close()
    assert last[0] == "Ana"
    assert "open elsewhere.db (sha256 " in last[1]
    was, now = rows(file), rows(own)
    assert was.pop("response_1") == now.pop("response_1")
    for table in was:
        assert now[table][: len(was[table])] == was[table], table
    assert {t for t in was if len(now[t]) > len(was[t])} == {
        "change", "change_row", "change_payload"
    }  # fmt: skip
    assert (tmp_path / "in").joinpath("own.db").stat().st_mode & 0o777 == 0o600
    assert {path.name for path in (tmp_path / "in").iterdir()} == {"own.db"}


def test_the_past_can_be_undone_and_numbers_are_not_given_again(
    study: Database, tmp_path: Path
) -> None:
    for name in ("One", "Two"):
        with writing(study, "Ana", f"add {name}"):
            last = add_code(study, name)
    with writing(study, "Ana", "remove"):
        study.table("code").delete(last)
    back_up(tmp_path / "study.db", tmp_path / "copy.db")
    db = open_study(reopened(tmp_path / "copy.db", tmp_path / "in")[1])
    with writing(db, "Ben", "add"):
        assert add_code(db, "Three") == last + 1
    with writing(db, "Ana", "undo"):
        assert undo(db, "Ana") == "remove"
    assert verify(db) == []


def test_a_file_of_an_older_version_is_brought_up_to_date(tmp_path: Path) -> None:
    old = Database(sqlite3.connect(str(tmp_path / "old.db"), isolation_level=None))
    nothing = Database(memory=True)
    steps = {s.name: [m.name for m in s.pending(nothing)][:2] for s in SETS}
    lay_tables(old, steps)
    old.execute("INSERT INTO study (id, name, created_at) VALUES (1, 'Old', '2024-05-01')")
    old.execute("INSERT INTO area VALUES (7, 'east', 'East', '', 1)")
    old.execute(f"PRAGMA application_id={0x436F7072}")
    old.close()
    opened, own = reopened(tmp_path / "old.db", tmp_path / "in")
    db = open_study(own)
    assert opened.name == "Old"
    assert not any(s.pending(db) for s in SETS)
    assert db.table("area").get(7)["name"] == "East"
    assert check_study(db) == []


def test_what_is_not_ours_stays_behind_and_is_named(file: Path, tmp_path: Path) -> None:
    spoil(
        file,
        "CREATE TABLE secrets (a)",
        "CREATE TABLE response_99 (id INTEGER PRIMARY KEY)",
        """CREATE TABLE "x'; DROP TABLE area; --" (a)""",
        "CREATE VIEW everything AS SELECT * FROM transcript_text",
        "CREATE TRIGGER gone AFTER INSERT ON change BEGIN DELETE FROM area; END",
        "CREATE TRIGGER history_area_insert AFTER INSERT ON area BEGIN DELETE FROM code; END",
        "CREATE VIRTUAL TABLE words USING fts5 (text)",
        "ALTER TABLE area ADD COLUMN note TEXT DEFAULT 'x'",
        "CREATE TABLE huge (b BLOB)",
        "INSERT INTO huge VALUES (zeroblob(30000000))",
    )
    opened, own = reopened(file, tmp_path / "in")
    told = " ".join(opened.dropped)
    for name in ("secrets", "response_99", "DROP TABLE", "view “everything”", "trigger “gone”",
                 "virtual table “words”", "column “note” of area", "huge"):  # fmt: skip
        assert name in told, name
    db = open_study(own)
    assert check_study(db) == []
    assert db.table("area").count == 2
    assert db.table("code").count == 1
    assert not db.table("secrets").exists()
    assert own.stat().st_size < 5_000_000
    names = "SELECT name FROM sqlite_master WHERE type IN ('view', 'trigger')"
    assert not {n for (n,) in db.execute(names)} & {"everything", "gone"}


def test_no_function_of_a_foreign_schema_is_run(file: Path, tmp_path: Path) -> None:
    spoil(file, "CREATE INDEX evil ON area (upper(name))")
    rewrite(file, "area", lambda sql: sql.replace(
        "position INTEGER NOT NULL", "position INTEGER NOT NULL CHECK (shout(name) AND nope())"
    ))  # fmt: skip
    opened, own = reopened(file, tmp_path / "in")
    assert opened.problems == []
    db = open_study(own)
    assert "shout" not in db.table("area").schema
    assert not [i for i in db.table("area").indexes if i.name == "evil"]


@pytest.mark.parametrize("statements", SPOILT.values(), ids=SPOILT)
def test_a_file_that_is_no_whole_study_is_refused(
    file: Path, tmp_path: Path, statements: list[str]
) -> None:
    words, *harm = statements
    spoil(file, *harm)
    with pytest.raises(BadInput, match=words) as refused:
        reopened(file, tmp_path / "in")
    sentence = str(refused.value.args[0])
    assert 20 < len(sentence) < 400
    assert "\n" not in sentence


def test_a_computed_column_is_refused_before_it_is_computed(file: Path, tmp_path: Path) -> None:
    rewrite(file, "study", lambda sql: sql.replace("name TEXT", "x INT AS (abs(-9e99)), name TEXT"))
    with pytest.raises(BadInput, match="computes the column “x” of study"):
        reopened(file, tmp_path / "in")


def test_damage_is_told_in_one_sentence(file: Path, tmp_path: Path) -> None:
    whole = file.read_bytes()
    spoilt = {
        "cut": whole[: len(whole) // 2],
        "cut within a page": whole[:-100],
        "empty": b"",
        "short": whole[:90],
        "words": b"id,area\n1,east\n" * 1000,
        "noise": whole[:100] + bytes(range(256)) * ((len(whole) - 100) // 256),
        "pages exchanged": whole[:4096] + whole[8192:12288] + whole[4096:8192] + whole[12288:],
    }
    for name, content in spoilt.items():
        file.write_bytes(content)
        with pytest.raises(BadInput) as refused:
            reopened(file, tmp_path / name)
        assert "\n" not in str(refused.value), name


def test_a_spoilt_page_of_a_table_is_found(file: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(str(file))) as conn:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'transcript_text'"
        (page,) = conn.execute(query).fetchone()
    content = bytearray(file.read_bytes())
    content[(page - 1) * 4096 + 8 : (page - 1) * 4096 + 64] = b"\xff" * 56
    file.write_bytes(content)
    with pytest.raises(BadInput, match="damaged"):
        reopened(file, tmp_path / "in")


def test_links_pipes_size_and_waiting_changes_are_refused(file: Path, tmp_path: Path) -> None:
    link, pipe = tmp_path / "link.db", tmp_path / "pipe.db"
    link.symlink_to(file)
    os.mkfifo(pipe)
    for path in (link, pipe, tmp_path, tmp_path / "gone.db"):
        with pytest.raises(BadInput):
            reopened(path, tmp_path / f"in {path.name}")
    with pytest.raises(BadInput, match="too large"):
        reopened(file, tmp_path / "large", limit=1000)
    file.with_name("elsewhere.db-wal").write_bytes(b"x")
    with pytest.raises(BadInput, match="study backup"):
        reopened(file, tmp_path / "waiting")


def test_reading_ends_when_its_time_is_up(file: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(str(file), isolation_level=None)) as conn:
        conn.executemany("INSERT INTO answered_request VALUES (?, '', '', '')",
                         [[str(n)] for n in range(9)])  # fmt: skip
        conn.execute("DROP TRIGGER history_memo_insert")
        many = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 60000)"
        conn.execute(
            f"INSERT INTO memo (coder_id, text, created_at) {many} SELECT 1, i, '2025' FROM n"
        )
    with pytest.raises(BadInput, match="too long"):
        reopened(file, tmp_path / "in", seconds=0.0)


def test_a_broken_chain_and_altered_quotes_are_told_and_recorded(
    file: Path, tmp_path: Path
) -> None:
    spoil(
        file,
        "UPDATE change SET actor = 'somebody else' WHERE id = 2",
        "UPDATE coding SET quote = 'Six of us cleared the road'",
        "UPDATE plan SET body = replace(body, '10000', '20000')",
    )
    opened, own = reopened(file, tmp_path / "in")
    assert any("not what its hash says" in words for words in opened.problems)
    assert "Change 2 does not match its hash." in opened.problems
    assert any("is not what its transcript says" in words for words in opened.problems)
    db = open_study(own)
    action = db.execute("SELECT action FROM change ORDER BY id DESC").fetchone()[0]
    assert "were wrong in it: " in action
    assert "Change 2 does not match" in action
    assert len(check_study(db)) == len(opened.problems)


def test_an_archived_study_is_opened_to_work_with(study: Database, tmp_path: Path) -> None:
    from linkage.settings import set_archived

    with writing(study, "Ana", "archive", kind="fixed"):
        set_archived(study, True)
    back_up(tmp_path / "study.db", tmp_path / "copy.db")
    db = open_study(reopened(tmp_path / "copy.db", tmp_path / "in")[1])
    with writing(db, "Ana", "add"):
        add_code(db, "One")
    assert verify(db) == []


def test_a_backup_overwrites_nothing_and_is_private(study: Database, tmp_path: Path) -> None:
    (tmp_path / "taken.db").write_text("mine")
    with pytest.raises(BadInput, match="exists already"):
        back_up(tmp_path / "study.db", tmp_path / "taken.db")
    assert (tmp_path / "taken.db").read_text() == "mine"
    with pytest.raises(BadInput, match="cannot be written"):
        back_up(tmp_path / "study.db", tmp_path / "no folder" / "x.db")
    study.execute("BEGIN IMMEDIATE")  # somebody writes meanwhile
    assert back_up(tmp_path / "study.db", tmp_path / "copy.db") > 10_000
    study.execute("ROLLBACK")
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600
