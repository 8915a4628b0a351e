"""Tables on their way out: what is emptied, what is said, and what the ledger keeps."""

from pathlib import Path

import pandas as pd
import pytest
from sqlite_utils import Database

from coding.errors import BadInput, Conflict
from linkage.areas import ensure_coder
from linkage.check import check_study
from linkage.releases import (
    last_release,
    list_releases,
    record_release,
    set_threshold,
    threshold_of,
    withdraw_release,
)
from linkage.releasing import SYMBOL, Shape, control
from linkage.study import prepare_study, writing
from linkage.survey.tables import TABLE

SHAPE = Shape("answers", ("area",), ("n",), ("mean",), {"area": "pooled"}, df="df")


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return prepare_study(tmp_path / "study.db")


def table(*counts: int, means: float = 1.5) -> pd.DataFrame:
    areas = [*"wxyz"[: len(counts)], "pooled"]
    return pd.DataFrame({"area": areas, "n": [*counts, sum(counts)], "mean": means, "df": 50})


def release(db: Database, frame: pd.DataFrame, shape: Shape = SHAPE) -> None:
    told = control(db, frame, shape)
    row = {"what": shape.what, "title": "Answers", "form": "csv", "rows": len(frame),
           "cells": told.cells, "hidden": sum(told.reasons.values()), "reasons": told.reasons,
           "threshold": told.threshold}  # fmt: skip
    with writing(db, "test", "take out answers"):
        coder = ensure_coder(db, "Ana")
        record_release(db, coder, row, told.body, after=last_release(db))


def test_a_small_count_takes_its_mean_and_a_companion_along(db: Database) -> None:
    told = control(db, table(7, 50, 80), SHAPE)
    assert told.frame["n"].tolist() == [None, None, 80, 137]
    assert told.frame["mean"].isna().tolist() == [True, True, False, False]
    assert told.marked.loc[0, "mean"] == SYMBOL
    assert told.reasons == {"few": 1, "for others": 1}


def test_the_file_does_not_tell_which_of_the_hidden_is_small(db: Database) -> None:
    told = control(db, table(7, 50, 80), SHAPE)
    assert told.frame.loc[0, "suppressed"] == told.frame.loc[1, "suppressed"]
    assert "fewer than 10 respondents" in told.frame.loc[0, "suppressed"]
    assert told.frame.loc[2, "suppressed"] == ""
    assert told.notes[0].startswith("[c] stands for a suppressed number")


def test_a_table_with_nothing_to_hide_is_as_it_was(db: Database) -> None:
    told = control(db, table(20, 50, 80), SHAPE)
    pd.testing.assert_frame_equal(told.frame.drop(columns="suppressed"), table(20, 50, 80))
    assert told.notes == []


def test_a_number_that_nobody_named_goes_with_its_row(db: Database) -> None:
    frame = table(7, 50, 80).assign(total_hours=[9.0, 70.0, 90.0, 169.0], note="said")
    told = control(db, frame, SHAPE).frame
    assert told["total_hours"].isna().tolist() == [True, True, False, False]
    assert told["note"].tolist() == ["said"] * 4


def test_few_degrees_of_freedom_hide_the_values_and_not_the_count(db: Database) -> None:
    told = control(db, table(20, 50).assign(df=[9, 10, 30]), SHAPE)
    assert told.frame["n"].tolist() == [20, 50, 70]
    assert told.frame["mean"].isna().tolist() == [True, False, False]
    assert "degrees of freedom" in told.frame.loc[0, "suppressed"]


def test_dominated_hours_go_with_a_companion(db: Database) -> None:
    shape = Shape("hours", ("area",), ("n",), ("mean",), {"area": "pooled"}, dominated="few_give")
    told = control(db, table(20, 50, 60).assign(few_give=[True, False, False, False]), shape)
    assert "few_give" not in told.frame
    assert told.frame["n"].notna().all()
    assert told.frame["mean"].isna().tolist()[:1] == [True]
    assert told.frame["mean"].isna().sum() == 2


def test_few_missing_answers_hide_themselves_only(db: Database) -> None:
    told = control(db, table(20, 50).assign(missing=[3, 0, 3]), SHAPE)
    assert told.frame["missing"].tolist() == [None, 0, None]
    assert told.frame["mean"].notna().all()
    assert "did not answer" in told.notes[-1]


@pytest.mark.parametrize(("missing", "left"), [(0, None), (4, None), (12, 12)])
def test_who_did_not_answer_an_item_hides_no_answers(
    db: Database, missing: int, left: int | None
) -> None:
    # A survey table has a row of those who did not answer; nearly always some cell of it is small.
    rows = [
        {"item": "q", "group": group, "statistic": kind, "category": name, "n": n * times,
         "base": 100 * times, "missing": missing, "estimate": n / 100}
        for group, times in (("a", 1), ("b", 2), ("all", 3))
        for kind, name, n in (("share", "no", 40), ("share", "yes", 60), ("share", "answered", 100))
    ]  # fmt: skip
    rows += [
        {"item": "q", "group": group, "statistic": "missing", "category": "no answer",
         "n": missing, "base": 100 * times, "missing": missing, "estimate": 0.0}
        for group, times in (("a", 1), ("b", 2), ("all", 3))
    ]  # fmt: skip
    frame = control(db, pd.DataFrame(rows), TABLE).frame
    answers = frame[frame["statistic"] == "share"]
    assert answers["n"].notna().all()
    assert answers["estimate"].notna().all()
    assert frame.loc[frame["statistic"] == "missing", "n"].tolist() == [left] * 3


def test_shares_that_mean_few_go(db: Database) -> None:
    shape = Shape("shares", ("area",), ("n",), ("yes",), shares={"yes": "n"})
    told = control(
        db, pd.DataFrame({"area": ["x", "y"], "n": [200, 200], "yes": [0.98, 0.4]}), shape
    )
    assert told.frame["n"].tolist() == [200, 200]
    assert told.frame["yes"].isna().tolist() == [True, False]
    assert "a share that means fewer" in told.frame.loc[0, "suppressed"]


def test_an_empty_table_and_one_without_counts_pass(db: Database) -> None:
    assert control(db, table(20, 50).iloc[:0], SHAPE).frame.empty
    assert control(db, pd.DataFrame({"area": ["x"]}), SHAPE).frame["area"].tolist() == ["x"]


def test_the_ledger_keeps_what_left_and_holds_the_next_against_it(db: Database) -> None:
    release(db, table(20, 50, 80))
    told = control(db, table(17, 50, 80), SHAPE)
    assert told.frame["n"].isna().tolist() == [True, False, False, True]
    assert "differs by fewer than 10" in told.frame.loc[0, "suppressed"]
    assert list_releases(db, "ana answers")[0]["cells"] == 4
    assert list_releases(db, "nobody") == []
    assert check_study(db) == []


def test_the_same_table_may_leave_again(db: Database) -> None:
    release(db, table(7, 50, 80))
    release(db, table(7, 50, 80))
    one, two = list_releases(db)
    assert one["table_sha256"] == two["table_sha256"]
    assert db.table("released_table").count == 1


def test_a_withdrawn_table_is_not_held_against_later_ones(db: Database) -> None:
    release(db, table(20, 50, 80))
    with writing(db, "test", "withdraw"):
        withdraw_release(db, 1, "deleted unread")
    assert control(db, table(17, 50, 80), SHAPE).notes == []
    with writing(db, "test", "again"), pytest.raises(BadInput, match="already"):
        withdraw_release(db, 1, "again")
    with writing(db, "test", "no reason"), pytest.raises(BadInput, match="Say why"):
        withdraw_release(db, 1, " ")


def test_two_tables_at_once_are_compared_with_each_other(db: Database) -> None:
    release(db, table(20, 50, 80))
    row = {"what": "answers", "title": "", "form": "csv", "rows": 1, "cells": 1, "hidden": 0,
           "reasons": {}, "threshold": 10}  # fmt: skip
    with pytest.raises(Conflict), writing(db, "test", "late"):
        record_release(db, ensure_coder(db, "Ana"), row, "[]", after=0)


def test_the_threshold_is_the_studys_and_on_record(db: Database) -> None:
    assert threshold_of(db) == 10
    with writing(db, "test", "set the threshold"):
        set_threshold(db, 25)
    assert control(db, table(20, 50, 80), SHAPE).frame["n"].isna().sum() == 2
    assert db.table("change_row").count_where("object = 'release_rule'") == 1
    with pytest.raises(BadInput, match="2 to 1,000"), writing(db, "test", "too low"):
        set_threshold(db, 1)


def test_a_ledger_whose_table_was_altered_is_told(db: Database) -> None:
    release(db, table(20, 50, 80))
    db.execute("UPDATE released_table SET body = '[]'")
    assert any("left is missing or not what its hash says" in said for said in check_study(db))


def test_a_survey_table_guards_its_categories_by_who_answered(study: Database) -> None:
    from linkage.survey.tables import TABLE

    counts = {"1": 48, "2": 43, "3": 33, "4": 41, "5": 3, "answered": 168}
    rows = [{"statistic": "share", "category": name, "n": n} for name, n in counts.items()]
    rows.append({"statistic": "mean", "category": "mean", "n": 168})
    rows.append({"statistic": "missing", "category": "no answer", "n": 12})
    frame = pd.DataFrame(rows).assign(item="belief", group="east", base=168, missing=12)
    told = control(study, frame, TABLE).frame
    shown = told.set_index(["statistic", "category"])["n"]
    assert "_of" not in told
    assert shown["share", "answered"] == shown["mean", "mean"] == 168
    assert shown["missing", "no answer"] == 12
    hidden = [name for name in counts if pd.isna(shown["share", name])]
    assert "5" in hidden
    assert len(hidden) == 2  # without a companion, 5 would be what is left of 168
