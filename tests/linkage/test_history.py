"""Every change is recorded, chained and reversible."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from coding import codebook
from coding.errors import BadInput, Conflict
from linkage import areas, history
from linkage.check import check_study
from linkage.sqlite import sqlite3
from linkage.study import prepare_study, writing
from linkage.undo import DESK, redo, undo
from linkage.verifying import verify


def rename(db: Database, actor: str, name: str) -> None:
    with writing(db, actor, f"rename to {name}"):
        db.table("area").update(1, {"name": name})


def reverse(db: Database, actor: str, how=undo) -> str:
    with writing(db, actor, how.__name__):
        return how(db, actor)


def name(db: Database) -> str:
    return str(db.table("area").get(1)["name"])


def test_before_and_after_are_kept(study: Database) -> None:
    rename(study, "ana", "Eastmost")
    last = history.changes_since(study, 0)[-1]
    assert (last["actor"], last["object"], last["operation"]) == ("ana", "area", "update")
    assert json.loads(last["before"])["name"] == "East"
    assert json.loads(last["after"])["name"] == "Eastmost"


def test_a_change_outside_of_writing_is_refused(study: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="outside of writing"):
        study.table("area").update(1, {"name": "Sneaked"})


@pytest.mark.parametrize("table", ["change", "change_row", "change_payload"])
def test_history_is_append_only(study: Database, table: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        study.execute(f"DELETE FROM {table}")


def test_sealed_changes_cannot_be_rewritten(study: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        study.execute("UPDATE change SET actor = 'somebody else'")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        study.execute("UPDATE change_payload SET after = '{}'")


def test_undo_and_redo_many_steps(study: Database) -> None:
    for to in ("A", "B", "C"):
        rename(study, "ana", to)
    assert [reverse(study, "ana") for _ in range(2)] == ["rename to C", "rename to B"]
    assert name(study) == "A"
    assert reverse(study, "ana", redo) == "rename to B"
    assert name(study) == "B"
    assert reverse(study, "ana") == "rename to B"
    assert name(study) == "A"


def test_a_new_change_clears_what_could_be_redone(study: Database) -> None:
    rename(study, "ana", "A")
    reverse(study, "ana")
    rename(study, "ana", "B")
    with pytest.raises(BadInput, match="nothing of yours to redo"):
        reverse(study, "ana", redo)


def test_undo_touches_only_ones_own(study: Database) -> None:
    rename(study, "ana", "A")
    with writing(study, "tom", "add an issue"):
        areas.add_issue(study, "parks", "Parks")
    assert reverse(study, "ana") == "rename to A"
    assert len(areas.issues(study)) == 4


def test_undo_of_a_page_passes_over_what_was_done_on_others(study: Database) -> None:
    with writing(study, "ana", "add a code"):
        codebook.add_code(study, "Together")
    rename(study, "ana", "A")
    with writing(study, "ana", "undo"):
        assert undo(study, "ana", objects=DESK) == "add a code"
    rename(study, "ana", "B")  # does not clear what the desk can redo
    with pytest.raises(BadInput, match="nothing of yours to undo"), writing(study, "ana", "undo"):
        undo(study, "ana", objects=DESK)
    with writing(study, "ana", "redo"):
        assert redo(study, "ana", objects=DESK) == "add a code"
    assert name(study) == "B"


def test_undo_never_overwrites_somebody_elses_later_change(study: Database) -> None:
    rename(study, "ana", "A")
    rename(study, "tom", "T")
    with pytest.raises(Conflict, match="was changed since"):
        reverse(study, "ana")
    assert name(study) == "T"


def test_a_delete_comes_back_with_what_hung_on_it(study: Database) -> None:
    with writing(study, "ana", "add code"):
        study.execute(
            "INSERT INTO code (guid, name, colour, created_at) VALUES ('g', 'n', '#000000', '')"
        )
        study.execute(
            "INSERT INTO memo (coder_id, code_id, text, created_at) VALUES (1, 1, 'm', '')"
        )
    with writing(study, "ana", "delete code"):
        study.execute("DELETE FROM code")
    assert study.table("memo").count == 0
    reverse(study, "ana")
    assert (study.table("code").count, study.table("memo").count) == (1, 1)


def test_the_chain_holds_and_shows_tampering(study: Database) -> None:
    rename(study, "ana", "A")
    assert verify(study) == []
    study.execute("DROP TRIGGER change_payload_fixed")
    study.execute("UPDATE change_payload SET after = replace(after, '\"A\"', '\"X\"')")
    assert any("was altered" in sentence for sentence in verify(study))


def test_a_blanked_payload_still_verifies(study: Database) -> None:
    rename(study, "ana", "A")
    study.execute("UPDATE change_payload SET before = NULL, after = NULL")
    assert verify(study) == []


def test_a_reversed_row_has_a_revision_that_nobody_saw_before(study: Database) -> None:
    def code() -> dict:
        return next(study.table("code").rows)

    with writing(study, "ana", "add a code"):
        codebook.add_code(study, "Asking")
    with writing(study, "ana", "rename"):
        codebook.update_code(study, 1, 1, name="Being asked")
    reverse(study, "ana")
    assert (code()["name"], code()["revision"]) == ("Asking", 3)
    reverse(study, "ana", redo)
    assert (code()["name"], code()["revision"]) == ("Being asked", 4)
    assert [reverse(study, "ana") for _ in range(2)] == ["rename", "add a code"]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from(["change", "undo", "redo"]), max_size=14))
def test_undo_agrees_with_a_plain_list(tmp_path_factory, steps: list[str]) -> None:
    db = prepare_study(tmp_path_factory.mktemp("h") / "s.db")
    with writing(db, "set-up", "area"):
        areas.add_area(db, "east", "start")
    past, future = ["start"], []
    for i, step in enumerate(steps):
        if step == "change":
            rename(db, "ana", f"n{i}")
            past.append(f"n{i}")
            future.clear()
        elif step == "undo" and len(past) > 1:
            reverse(db, "ana")
            future.append(past.pop())
        elif step == "redo" and future:
            reverse(db, "ana", redo)
            past.append(future.pop())
    assert name(db) == past[-1]
    assert verify(db) == []
    db.close()


def test_a_missing_or_altered_trigger_is_found(study: Database) -> None:
    assert check_study(study) == []
    study.execute("DROP TRIGGER history_area_update")
    (sentence,) = check_study(study)
    assert "history_area_update" in sentence
    study.execute("CREATE TRIGGER history_area_update AFTER UPDATE ON area BEGIN SELECT 1; END")
    assert "no longer recorded" in check_study(study)[0]


def test_undo_leaves_the_coder_known(study: Database) -> None:
    with writing(study, "tom's guid", "join"):
        areas.ensure_coder(study, "Tom", "tom's guid")
        areas.add_issue(study, "parks", "Parks")
    reverse(study, "tom's guid")
    reverse(study, "tom's guid", redo)
    assert [row["name"] for row in areas.coders(study)] == ["Ana", "Tom"]
    assert areas.find_issue(study, "parks")
