"""Balance among those who answered: what was asked before the nudge, by the recorded rule."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sqlite_utils import Database

from linkage.study import writing
from linkage.survey import import_survey
from linkage.survey.balance import answered_balance, can_compare
from linkage.waves import allocate_wave

MAPPING = """
respondent = "id"
area = "place"
[arm]
column = "group"
labels = { none = ["none"], A = ["A"], B = ["B"], "A+B" = ["A+B"] }
[[outcome]]
key = "hours"
column = "h"
issue = "health"
scale = "hours"
measure = "hours_willing_with_others"
"""
BEFORE = """
[[outcome]]
key = "did"
column = "d"
issue = "health"
scale = "binary"
measure = "done_in_groups"
asked = "before"
[[covariate]]
column = "age"
[[covariate]]
column = "town"
[[covariate]]
column = "note"
"""


def answer(db: Database, folder: Path, mapping: str, *, tilted: bool = False) -> pd.DataFrame:
    rng, n = np.random.default_rng(3), 160
    frame = pd.DataFrame({"id": range(n), "place": ["East", "West"] * (n // 2)})
    with writing(db, "test", "allocate", kind="fixed"):
        found = allocate_wave(db, "1", frame, ["place"], ("none", "A", "B", "A+B"), 1)
    arms = found.assign(respondent=found["respondent"].astype(int)).set_index("respondent")["arm"]
    frame["group"] = frame["id"].map(arms)
    frame["age"] = rng.integers(18, 90, n) + 40 * (tilted * (frame["group"] == "B"))
    frame["town"], frame["d"] = rng.choice(["a", "b"], n), rng.integers(0, 2, n)
    frame["note"], frame["h"] = [f"Note {i}" for i in range(n)], rng.poisson(2, n)
    frame.to_csv(folder / "answers.csv", index=False)
    import_survey(db, "1", folder / "answers.csv", mapping, actor="test")
    return frame


def test_covariates_and_what_was_done_before_are_compared(study: Database, tmp_path: Path) -> None:
    frame = answer(study, tmp_path, MAPPING + BEFORE)
    rows, tests, notes = answered_balance(study, 1, 300)
    assert set(rows["covariate"]) == {"age", "town: a", "town: b", "did"}
    assert notes == [
        "The column “note” holds texts of which no ten are alike, which cannot be balanced; name "
        "columns of numbers or of at most 20 categories."
    ]
    mean = rows.set_index(["area", "covariate", "arm"])["mean"]["west", "age", "A+B"]
    here = frame[(frame["place"] == "West") & (frame["group"] == "A+B")]
    assert mean == pytest.approx(here["age"].mean())
    assert tests["area"].tolist() == ["east", "west", "pooled"]
    assert tests["p_randomisation"].min() > 1 / 301


def test_arms_that_are_not_alike_are_found(study: Database, tmp_path: Path) -> None:
    answer(study, tmp_path, MAPPING + BEFORE, tilted=True)
    tests = answered_balance(study, 1, 300)[1]
    assert tests["p_randomisation"].tolist() == [1 / 301] * 3


def test_without_anything_asked_before_there_is_nothing_to_compare(
    study: Database, tmp_path: Path
) -> None:
    assert not can_compare(study, 1)
    answer(study, tmp_path, MAPPING)
    assert not can_compare(study, 1)
    with pytest.raises(ValueError, match="no covariates and no outcomes asked before"):
        answered_balance(study, 1)
