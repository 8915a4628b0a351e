"""Named snapshots, the codebook as it was, and what changed in it since."""

import random

import pytest
from sqlite_utils import Database

from coding import codebook, codings
from coding.errors import BadInput, NotFound
from linkage.codebook_at import codebook_at
from linkage.codebook_diff import diff_codebook, plain_diff
from linkage.feed import last_change
from linkage.snapshots import add_snapshot, find_snapshot
from linkage.study import writing


@pytest.fixture
def book(study: Database) -> Database:
    with writing(study, "ana", "codes"):
        theme = codebook.add_code(study, "Together", definition="As a group.")
        codebook.add_code(study, "Clean-ups", theme)
        codebook.add_code(study, "Alone")
    return study


def snap(db: Database, name: str) -> int:
    with writing(db, "ana", "snapshot"):
        add_snapshot(db, name)
    return int(find_snapshot(db, name)["change_id"])


def change(db: Database, run) -> None:
    with writing(db, "ana", "change"):
        run(db)


def test_every_way_a_code_can_differ(book: Database, east: int, mark) -> None:
    mark(east, 2, "We planted bulbs there.")
    then = snap(book, "Round 1")
    change(book, lambda db: codebook.update_code(db, 1, 1, name="Jointly", definition="In groups."))
    change(book, lambda db: codebook.update_code(db, 2, 1, parent_id=3, colour="#112233"))
    change(book, lambda db: codebook.add_code(db, "New"))
    mark(east, 4, "We planted bulbs there.")
    change(book, lambda db: codebook.delete_code(db, 2))
    ways = {d.row["name"]: (d.ways, d.counts) for d in diff_codebook(book, then)}
    assert ways == {
        "Jointly": (("renamed", "redefined"), (0, 0)),
        "Alone": ((), (0, 0)),
        "New": (("added",), (0, 1)),
        "Clean-ups": (("removed",), (1, 0)),
    }


def test_moved_and_recoloured(book: Database) -> None:
    then = snap(book, "Round 1")
    change(book, lambda db: codebook.update_code(db, 2, 1, parent_id=3, colour="#112233"))
    (moved,) = [row for row in plain_diff(diff_codebook(book, then)) if row["change"] != "same"]
    assert moved["change"] == "moved, recoloured"
    assert (moved["path_from"], moved["path_to"]) == ("Together › Clean-ups", "Alone › Clean-ups")


def test_two_snapshots_are_compared_whatever_came_after(book: Database) -> None:
    first = snap(book, "Round 1")
    change(book, lambda db: codebook.add_code(db, "New"))
    second = snap(book, "Round 2")
    change(book, lambda db: codebook.delete_code(db, 3))
    ways = [d.ways for d in diff_codebook(book, first, second)]
    assert sorted(ways) == [(), (), (), ("added",)]


def test_a_snapshot_has_a_name_of_its_own(book: Database) -> None:
    snap(book, "Round 1")
    with pytest.raises(BadInput, match="There is a snapshot “round 1” already"):
        snap(book, "round 1")
    with pytest.raises(NotFound, match="there are: “Round 1”"):
        find_snapshot(book, "Round 9")


def test_the_codebook_of_any_moment_is_the_one_that_was(book: Database, east: int, at) -> None:
    """Change codes and codings at random; the walk back gives each state that was seen."""
    rng, seen = random.Random(3), {}
    for i in range(60):
        ids = [row["id"] for row in codebook.codebook(book)]
        change(book, lambda db, ids=ids, i=i: a_random_change(db, rng, ids, i, at, east))
        seen[last_change(book)] = codebook.codebook(book)
    for change_id, then in seen.items():
        assert codebook_at(book, change_id) == then


def a_random_change(db: Database, rng: random.Random, ids: list[int], i: int, at, east) -> None:
    code = codebook.get_code(db, rng.choice(ids))
    match rng.randrange(5):
        case 0:
            codebook.add_code(db, f"Code {i}", rng.choice([None, code["id"]]))
        case 1:
            codebook.update_code(db, code["id"], code["revision"], name=f"Name {i}")
        case 2 if not db.table("code").count_where("parent_id = ?", [code["id"]]) and len(ids) > 2:
            codebook.delete_code(db, code["id"])
        case 3 if db.table("coding").count:
            codings.remove_coding(db, next(db.table("coding").rows)["id"])
        case _:
            where, start, end, quote = at(east, "We planted bulbs there.")
            start += rng.randrange(10)
            codings.add_coding(db, where, code["id"], 1, start, end, quote[-(end - start) :])
