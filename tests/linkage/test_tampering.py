"""One changed byte or removed row of the history up to the last anchor is found."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlite_utils import Database

from linkage import areas
from linkage.check import check_study
from linkage.feed import last_hash
from linkage.sqlite import sqlite3
from linkage.study import prepare_study, writing
from linkage.verifying import Anchor, verify

TABLES = {
    "change": ["id", "at", "actor", "action", "kind", "target_id", "hash"],
    "change_row": ["id", "change_id", "object", "object_id", "operation", "digest"],
    "change_payload": ["change_row_id", "salt", "before", "after"],
}


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[tuple[Database, Anchor]]:
    """A short history without the triggers that guard it, and its anchor."""
    db = prepare_study(tmp_path / "s.db")
    for i in range(8):
        with writing(db, "ana", f"change {i}"):
            row = areas.add_area(db, f"a{i}", f"Área {i}")
            if i % 2:
                db.table("area").update(row, {"name": "Anew"})
            if i == 5:
                db.table("area").delete(row)
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        db.execute(f'DROP TRIGGER "{name}"')
    db.execute("PRAGMA foreign_keys=OFF")
    db.execute("PRAGMA ignore_check_constraints=ON")
    anchor = last_hash(db)
    assert anchor
    yield db, anchor
    db.close()


@contextmanager
def undone(db: Database) -> Iterator[None]:
    db.execute("SAVEPOINT trial")
    try:
        yield
    finally:
        db.execute("ROLLBACK TO trial")
        db.execute("RELEASE trial")


def flip(value: int | str | bytes, rng: random.Random) -> int | bytes:
    """Change one byte of a value as SQLite stores it."""
    raw = bytearray(
        value.to_bytes(8, "big", signed=True)
        if isinstance(value, int)
        else value.encode()
        if isinstance(value, str)
        else value
    )
    raw[rng.randrange(len(raw))] ^= rng.randrange(1, 256)
    return int.from_bytes(raw, "big", signed=True) if isinstance(value, int) else bytes(raw)


def change_a_byte(db: Database, rng: random.Random) -> bool:
    """Change a byte somewhere; False where the file's own rules refuse that change."""
    table = rng.choice(list(TABLES))
    column = rng.choice(TABLES[table])
    rows = db.execute(f"SELECT rowid, {column} FROM {table} WHERE {column} IS NOT NULL").fetchall()
    if not rows:
        return False
    row_id, value = rng.choice(rows)
    kind = "TEXT" if isinstance(value, str) else "BLOB" if isinstance(value, bytes) else "INTEGER"
    try:
        db.execute(
            f"UPDATE {table} SET {column} = CAST(? AS {kind}) WHERE rowid = ?",
            [flip(value, rng), row_id],
        )
    except sqlite3.IntegrityError:  # the number of another row
        return False
    return True


def remove_rows(db: Database, rng: random.Random) -> bool:
    """Remove one row, or the newest changes whole with all their rows."""
    if rng.random() < 0.25:
        first = rng.randint(1, db.table("change").count)
        db.execute(
            "DELETE FROM change_payload WHERE change_row_id IN"
            " (SELECT id FROM change_row WHERE change_id >= ?)",
            [first],
        )
        db.execute("DELETE FROM change_row WHERE change_id >= ?", [first])
        db.execute("DELETE FROM change WHERE id >= ?", [first])
        return True
    table = rng.choice(list(TABLES))
    (row_id,) = rng.choice(db.execute(f"SELECT rowid FROM {table}").fetchall())
    db.execute(f"DELETE FROM {table} WHERE rowid = ?", [row_id])
    return True


def found_of(db: Database, anchor: Anchor, trials: int, seed: int) -> int:
    rng, done, found = random.Random(seed), 0, 0
    while done < trials:
        tamper = change_a_byte if rng.random() < 0.7 else remove_rows
        with undone(db):
            if tamper(db, rng):
                done += 1
                found += bool(verify(db, [anchor]))
    return found


def test_an_untouched_history_is_whole(sealed: tuple[Database, Anchor]) -> None:
    db, anchor = sealed
    assert verify(db, [anchor]) == []


def test_tampering_is_found(sealed: tuple[Database, Anchor]) -> None:
    assert found_of(*sealed, trials=500, seed=1) == 500


@pytest.mark.slow
def test_tampering_is_found_in_all_of_10_000_trials(sealed: tuple[Database, Anchor]) -> None:
    assert found_of(*sealed, trials=10_000, seed=2) == 10_000


def test_without_an_anchor_a_cut_history_looks_whole(sealed: tuple[Database, Anchor]) -> None:
    db, anchor = sealed
    db.execute("DELETE FROM change_payload WHERE change_row_id = (SELECT max(id) FROM change_row)")
    db.execute("DELETE FROM change_row WHERE change_id = ?", [anchor[0]])
    db.execute("DELETE FROM change WHERE id = ?", [anchor[0]])
    assert verify(db) == []
    assert verify(db, [anchor]) == [
        f"Change {anchor[0]} was there and is not: the history was cut."
    ]


def test_a_rewritten_chain_is_not_the_anchored_one(sealed: tuple[Database, Anchor]) -> None:
    db, anchor = sealed
    assert "noted outside" in verify(db, [(anchor[0], "0" * 64)])[0]


def test_text_that_is_no_longer_text_is_a_sentence(sealed: tuple[Database, Anchor]) -> None:
    db, anchor = sealed
    db.execute("UPDATE change SET actor = CAST(x'ff61' AS TEXT) WHERE id = 3")
    assert "Change 3 does not match its hash." in check_study(db, [anchor])


def test_a_quote_that_its_transcript_does_not_say_is_found(study: Database, east, mark) -> None:
    with writing(study, "ana", "code"):
        study.execute("INSERT INTO code (guid, name, colour, created_at) VALUES ('g', 'n', '', '')")
    mark(east, 1, "We planted bulbs there.")
    assert check_study(study) == []
    with writing(study, "ana", "tamper"):
        study.execute("UPDATE coding SET quote = 'We planted nothing there'")
    assert any("The quote of coding 1" in sentence for sentence in check_study(study))
