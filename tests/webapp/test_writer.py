"""One writer a study: many changes share a commit, and each answer is honest."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlite_utils import Database

from coding.errors import BadInput
from linkage import areas
from linkage.check import check_study
from linkage.study import open_study, prepare_study
from webapp.writer import NotSaved, Request, Writer


@pytest.fixture
def writer(tmp_path: Path):
    prepare_study(tmp_path / "s.db").close()
    writer = Writer(tmp_path / "s.db", open_study)
    yield writer
    writer.close()


def keys(writer: Writer) -> list[str]:
    return writer.submit(lambda db: [row["key"] for row in areas.areas(db)])


def add(writer: Writer, key: str, **more) -> int:
    return writer.submit(lambda db: areas.add_area(db, key, key), actor="a", action="add", **more)


def test_many_threads_lose_nothing(writer: Writer) -> None:
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda i: add(writer, f"a{i}"), range(200)))
    assert len(keys(writer)) == 200


def test_a_failed_change_does_not_take_its_neighbours_along(writer: Writer) -> None:
    gate = threading.Event()
    with ThreadPoolExecutor(3) as pool:
        held = pool.submit(writer.submit, lambda db: gate.wait(5))
        first, twin = pool.submit(add, writer, "same"), pool.submit(add, writer, "same")
        gate.set()
        held.result()
        outcomes = {type(f.exception()) for f in (first, twin)}
    assert outcomes == {type(None), BadInput}
    assert keys(writer) == ["same"]


def test_a_retry_with_the_same_key_is_one_change(writer: Writer) -> None:
    request = Request("ana 1", "POST /areas x")
    assert add(writer, "east", request=request) == add(writer, "east", request=request)
    assert keys(writer) == ["east"]


def test_a_key_used_for_something_else_is_refused(writer: Writer) -> None:
    add(writer, "east", request=Request("ana 1", "POST /areas x"))
    with pytest.raises(BadInput, match="Idempotency-Key was used for another change"):
        add(writer, "west", request=Request("ana 1", "POST /areas y"))


def test_a_destroyed_transaction_fails_the_batch_and_the_writer_lives_on(writer: Writer) -> None:
    def destroy(db) -> None:
        areas.add_area(db, "half", "Half")
        db.execute("ROLLBACK")

    with pytest.raises(NotSaved, match="nothing of your change was saved"):
        writer.submit(destroy, actor="a", action="destroy")
    assert keys(writer) == []
    add(writer, "east")
    assert keys(writer) == ["east"]


def test_a_full_file_refuses_what_no_longer_fits_and_keeps_the_rest(tmp_path: Path) -> None:
    def nearly_full(path: Path) -> Database:
        db = open_study(path)
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count={pages + 4}")
        return db

    prepare_study(tmp_path / "s.db").close()
    writer, stored, refused = Writer(tmp_path / "s.db", nearly_full), [], []

    def try_to_add(number: int) -> None:
        try:
            add(writer, f"a{number}")
            stored.append(f"a{number}")
        except NotSaved as error:
            refused.append(str(error))

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(try_to_add, range(200)))
    assert sorted(keys(writer)) == sorted(stored)
    assert len(stored) > 10
    assert len(stored) + len(refused) == 200
    assert all("is full); nothing of your change was saved." in told for told in refused)
    writer.close()
    db = open_study(tmp_path / "s.db")
    assert check_study(db) == []
    assert db.execute("SELECT count(*) FROM change").fetchone()[0] == len(stored)


def test_after_closing_nothing_is_pretended(writer: Writer) -> None:
    writer.close()
    with pytest.raises(NotSaved, match="stopping"):
        add(writer, "late")
