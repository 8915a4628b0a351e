"""The study file: made once, upgraded with a copy, refused when foreign or newer."""

import stat
from pathlib import Path

import pytest
from sqlite_utils import Database

from coding.errors import BadInput
from linkage import areas
from linkage import study as study_module
from linkage.sqlite import WAL_IS_SAFE, connect, sqlite3
from linkage.study import open_study, prepare_study, read_study, writing


def test_settings_keep_what_is_acknowledged(study: Database) -> None:
    def pragma(name: str) -> object:
        return study.execute(f"PRAGMA {name}").fetchone()[0]

    assert WAL_IS_SAFE
    assert pragma("journal_mode") == "wal"
    assert pragma("synchronous") == 2  # FULL
    assert pragma("foreign_keys") == 1


def test_every_table_of_ours_is_strict(study: Database) -> None:
    ours = [t for t in study.table_names() if not t.startswith(("_", "sqlite_"))]
    assert [t for t in ours if not study.table(t).strict] == []


def test_only_the_owner_can_read_the_file(tmp_path: Path) -> None:
    prepare_study(tmp_path / "s.db")
    assert stat.S_IMODE((tmp_path / "s.db").stat().st_mode) == 0o600


def test_a_file_that_is_no_study_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("shopping list " * 200)
    with pytest.raises(BadInput, match=r"notes\.db is not a Coproduce study file"):
        open_study(tmp_path / "notes.db")
    Database(tmp_path / "other.db").execute("CREATE TABLE a (b)")
    with pytest.raises(BadInput, match="not a Coproduce study"):
        open_study(tmp_path / "other.db")


def test_a_newer_file_is_refused(tmp_path: Path) -> None:
    db = prepare_study(tmp_path / "s.db")
    row = {"migration_set": "coding", "name": "from_the_future", "applied_at": "2031-01-01"}
    db.table("_sqlite_migrations").insert(row)
    db.close()
    with pytest.raises(BadInput, match="newer version"):
        open_study(tmp_path / "s.db")


def test_an_upgrade_leaves_a_copy_of_the_old_file(tmp_path: Path, monkeypatch) -> None:
    older = tuple(s for s in study_module.SETS if s.name != "linkage")
    monkeypatch.setattr(study_module, "SETS", older)
    prepare_study(tmp_path / "s.db").close()
    monkeypatch.undo()
    upgraded = open_study(tmp_path / "s.db")
    (copy,) = tmp_path.glob("s.before-upgrade-*.db")
    assert upgraded.table("story").exists()
    assert not connect(copy).table("story").exists()


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="There is no study file gone.db"):
        open_study(tmp_path / "gone.db")


def test_a_reader_cannot_write(study: Database, tmp_path: Path) -> None:
    reader = read_study(tmp_path / "study.db")
    with pytest.raises(sqlite3.OperationalError, match="readonly|read-only"):
        reader.execute("DELETE FROM area")


def test_a_failed_write_leaves_nothing(study: Database) -> None:
    def add_two() -> None:
        with writing(study, "ana", "two areas"):
            areas.add_area(study, "north", "North")
            areas.add_area(study, "east", "East again")

    with pytest.raises(BadInput):
        add_two()
    assert [row["key"] for row in areas.areas(study)] == ["east", "west"]


def test_a_wrong_key_says_what_a_key_is(study: Database) -> None:
    with writing(study, "ana", "x"), pytest.raises(BadInput, match="lower-case letters"):
        areas.add_area(study, "../etc", "Etc")
