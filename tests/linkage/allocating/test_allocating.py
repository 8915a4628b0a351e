"""An allocation is stored whole or not at all, once, and what is stored is checked again."""

import json
import threading
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from sqlite_utils import Database

from analysis.randomised import recorded_mechanism
from analysis.stored_allocation import find_receipts, stored_allocation
from linkage.allocating import Asked, check_allocation, check_stored, draw, kept_balance, store
from linkage.check import check_study
from linkage.messages import start_message, write_version
from linkage.study import open_study, prepare_study, writing
from linkage.waves import allocate_wave

ARMS = ("none", "A", "B", "A+B")
DAY = date(2026, 5, 12)


def frame_of(people: range) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "id": [f"r{i:03d}" for i in people],
            "place": [["East", "west"][i // 2 % 2] for i in people],
            "home": [f"h{i // 2}" for i in people],
            "age": [20 + i % 50 for i in people],
        }
    )


def allocate(db: Database, frame: pd.DataFrame, **more) -> pd.DataFrame:
    more = {"allocated_on": DAY, **more}
    arms = () if more.get("add") else ARMS
    within = [] if more.get("add") else ["place"]
    with writing(db, "test", "allocate", kind="fixed"):
        return allocate_wave(db, "1", frame, within, arms, 7, **more)


def test_late_additions_get_the_rule_of_the_wave(study: Database) -> None:
    shares = (2, 1, 1, 1)
    allocate(study, frame_of(range(40)), cluster="home", shares=shares, balance=["age"])
    before = stored_allocation(study, 1)
    allocate(study, frame_of(range(39, 60)).iloc[1:], cluster="home", add=True)
    after = stored_allocation(study, 1)
    assert before is not None
    assert after is not None
    pd.testing.assert_frame_equal(before, after[after["batch"] == 1])
    first, second = find_receipts(study, 1)
    for name in ("within", "arms", "shares", "cluster"):
        assert first[name] == second[name]
    mechanism = recorded_mechanism(study, 1)
    assert mechanism
    assert mechanism.clustered
    assert mechanism.frame["block"].unique().tolist() == [
        "East (batch 1)", "west (batch 1)", "East (batch 2)", "west (batch 2)"
    ]  # fmt: skip
    assert "in each of 2 batches apart" in mechanism.words


def test_who_joins_a_home_that_is_allocated_stands_in_its_block(study: Database) -> None:
    allocate(study, frame_of(range(40)), cluster="home")
    late = frame_of(range(40, 44))
    late.loc[0, ["home", "place"]] = ["h0", "East"]
    allocate(study, late, add=True)
    mechanism = recorded_mechanism(study, 1)
    assert mechanism
    home = mechanism.frame[mechanism.frame["cluster"] == "h0"]
    assert len(home) == 3
    assert home[["block", "arm", "batch"]].drop_duplicates().shape == (1, 3)
    assert check_allocation(study, "1", late) == (find_receipts(study, 1)[1], [])
    elsewhere = frame_of(range(50, 54))
    elsewhere.loc[0, ["home", "place"]] = ["h0", "west"]
    with pytest.raises(ValueError, match="“h0” was allocated in east"):
        allocate(study, elsewhere, add=True)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({}, "allocated already, and a wave is allocated once; add respondents who came late"),
        ({"add": True, "cluster": "home"}, "respondent by respondent, not by cluster"),
        ({"add": True, "allocated_on": date(2026, 5, 1)}, "allocated on 2026-05-12; add later"),
    ],
)
def test_what_cannot_be_added_is_refused(study: Database, more, sentence: str) -> None:
    allocate(study, frame_of(range(20)))
    with pytest.raises(ValueError, match=sentence):
        allocate(study, frame_of(range(20, 30)), **more)
    assert len(find_receipts(study, 1)) == 1
    with pytest.raises(ValueError, match="gets? the arms of the wave"), writing(study, "t", "a"):
        allocate_wave(study, "1", frame_of(range(20, 30)), [], ("none", "C"), 1, DAY, add=True)


def test_additions_are_shown_what_their_area_was_shown(study: Database) -> None:
    with writing(study, "test", "write"):
        shown = write_version(study, start_message(study, "A", 1, 1, 1), 1, [("First.", [])], 1)
    allocate(study, frame_of(range(0, 40, 4)).assign(place="East"))
    with writing(study, "test", "write"):
        write_version(study, start_message(study, "B", 1, 1, 1), 1, [("Too late.", [])], 1)
        west = write_version(study, start_message(study, "A", 1, 2, 1), 1, [("West.", [])], 1)
    allocate(study, frame_of(range(40, 60)), add=True)
    rows = study.execute("SELECT receipt_id, message_version_id FROM message_shown ORDER BY 1, 2")
    assert rows.fetchall() == [(1, shown), (2, shown), (2, west)]


def test_balance_is_kept_by_area_and_its_columns_are_not(study: Database) -> None:
    allocate(study, frame_of(range(40)), balance=["age"])
    kept = kept_balance(study, 1)
    assert kept
    rows, tests = kept
    assert tests["area"].tolist() == ["east", "west", "pooled"]
    found = rows.set_index(["area", "arm"])["mean"]["east", "A"]
    frame, allocated = frame_of(range(40)), stored_allocation(study, 1)
    assert allocated is not None
    both = frame.merge(allocated, left_on="id", right_on="respondent")
    assert found == both[(both["area"] == "east") & (both["arm"] == "A")]["age"].mean()
    body = study.execute("SELECT body FROM allocation_balance LIMIT 1").fetchone()[0]
    assert set(json.loads(body)) == {
        "statistic", "p_randomisation", "draws", "seed", "n", "rows"
    }  # fmt: skip


def test_rows_that_are_not_those_of_the_receipt_are_found(study: Database) -> None:
    allocate(study, frame_of(range(40)))
    assert check_stored(study) == []
    study.execute("UPDATE allocation SET arm = 'A' WHERE arm = 'B' AND id < 20")
    study.conn.commit()
    assert check_study(study) == [
        "The allocation of wave 1, batch 1, is not the one that its receipt names."
    ]
    problems = check_allocation(study, "1", frame_of(range(40)))[1]
    assert problems == ["The rows stored are not those that the receipt was written for."]


def test_a_receipt_is_checked_by_its_own_batch(study: Database) -> None:
    with pytest.raises(ValueError, match="no receipt to check"):
        check_allocation(study, "1", frame_of(range(40)))
    allocate(study, frame_of(range(40)))
    allocate(study, frame_of(range(40, 60)), add=True)
    assert check_allocation(study, "1", frame_of(range(40)))[1] == []
    receipt, problems = check_allocation(study, "1", frame_of(range(40, 60)))
    assert (receipt["batch"], problems) == (2, [])
    assert check_allocation(study, "1", frame_of(range(40, 59)), 2)[1][1] == (
        "The number of respondents differs."
    )
    with pytest.raises(ValueError, match="there is no batch 3"):
        check_allocation(study, "1", frame_of(range(40)), 3)


def test_of_two_who_allocate_at_once_one_is_told(study: Database, tmp_path: Path) -> None:
    told: list[str] = []
    barrier = threading.Barrier(2)

    def run(seed: int) -> None:
        db = open_study(tmp_path / "study.db")
        drawn = draw(db, frame_of(range(400)), Asked("1", ("place",), ARMS, seed, DAY))
        barrier.wait()
        try:
            with writing(db, "test", "allocate", kind="fixed"):
                store(db, drawn)
            told.append("stored")
        except ValueError as error:
            told.append(str(error))
        finally:
            db.close()

    threads = [threading.Thread(target=run, args=(seed,)) for seed in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(told)[1] == "stored"
    assert "allocated already" in sorted(told)[0]
    assert study.table("allocation").count == 400
    assert check_study(study) == []


def test_of_two_who_add_at_once_one_looks_again(study: Database) -> None:
    allocate(study, frame_of(range(40)))
    asked = Asked("1", (), (), 3, DAY, add=True)
    one = draw(study, frame_of(range(40, 50)), asked)
    two = draw(study, frame_of(range(45, 60)), asked)
    with writing(study, "test", "add", kind="fixed"):
        store(study, one)
    with pytest.raises(ValueError, match="meanwhile; look again"), writing(study, "t", "add"):
        store(study, two)
    assert study.table("allocation").count == 50


def test_receipts_of_earlier_versions_are_kept_and_hold(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    db = prepare_study(path, "Old")
    with writing(db, "test", "set up"):
        db.execute("INSERT INTO area (key, name, kind, position) VALUES ('east', 'East', '', 1)")
        db.execute("INSERT INTO wave (key, name, position) VALUES ('1', 'Wave 1', 1)")
    frame = frame_of(range(10)).assign(place="East")
    allocate(db, frame)
    _make_old(db)
    db.close()
    again = open_study(path)
    assert find_receipts(again, 1)[0]["batch"] == 1
    assert check_allocation(again, "1", frame)[1] == []
    with writing(again, "test", "add", kind="fixed"):
        late = frame_of(range(20, 30)).assign(place="East")
        allocate_wave(again, "1", late, [], (), 5, DAY, add=True)
    assert check_study(again) == []


def _make_old(db: Database) -> None:
    """Take back what this version added to the tables, as a file of an earlier one stands."""
    columns = (
        "id INTEGER PRIMARY KEY AUTOINCREMENT, wave_id INTEGER NOT NULL UNIQUE REFERENCES wave(id),"
        " frame_sha256 TEXT NOT NULL, within TEXT NOT NULL, arms TEXT NOT NULL,"
        " seed INTEGER NOT NULL, rule TEXT NOT NULL, respondents INTEGER NOT NULL,"
        " result_sha256 TEXT NOT NULL, allocated_on TEXT NOT NULL, made_at TEXT NOT NULL"
    )
    names = "id, wave_id, frame_sha256, within, arms, seed, rule, respondents, result_sha256,"
    names += " allocated_on, made_at"
    db.execute("PRAGMA foreign_keys=OFF")
    db.execute("DROP TABLE allocation_balance")
    db.execute(f"CREATE TABLE older ({columns}) STRICT")
    db.execute(f"INSERT INTO older SELECT {names} FROM allocation_receipt")
    db.execute("DROP TABLE allocation_receipt")
    db.execute("ALTER TABLE older RENAME TO allocation_receipt")
    db.execute("ALTER TABLE allocation DROP COLUMN cluster")
    db.execute("DELETE FROM _sqlite_migrations WHERE name IN ('create_batches', 'create_balance')")
    db.conn.commit()
