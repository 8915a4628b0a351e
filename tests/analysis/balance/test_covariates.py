"""Columns become covariates; what could name somebody does not."""

import numpy as np
import pandas as pd
import pytest

from analysis.balance import as_covariates, as_kept, balance_by_place, from_kept
from analysis.design import Design
from analysis.errors import BadInput

BANDS = ["18 to 34"] * 15 + ["35 to 64"] * 20 + ["65 and over"] * 3 + ["Zelda's own"] + [None]


def test_numbers_stay_and_categories_become_shares() -> None:
    frame = pd.DataFrame({"age": BANDS, "income": ["1,200", " 3 "] * 20, "x": [np.nan] * 40})
    found, names = as_covariates(frame, ["age", "income"])
    assert names == ["age: 18 to 34", "age: 35 to 64", "age: (others)", "income"]
    assert found["income"].tolist() == [1200, 3] * 20
    assert found[names[:3]].sum().tolist() == [15, 20, 4]
    assert found.iloc[-1, :3].isna().all()
    assert not any("Zelda" in name for name in names)


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        (["email"], "“email” holds texts of which no ten are alike"),
        (["many"], "“many” holds 30 different texts"),
        (["nothere"], "no column “nothere”"),
        (["age", "age"], "named twice"),
    ],
)
def test_columns_of_names_are_refused(columns: list[str], sentence: str) -> None:
    emails = [f"m{i}@x.example" for i in range(300)]
    many = [f"town {i % 30}" for i in range(300)]
    frame = pd.DataFrame({"email": emails, "many": many, "age": 3})
    with pytest.raises(BadInput, match=sentence):
        as_covariates(frame, columns)


def test_what_is_kept_is_read_back_as_it_was() -> None:
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({"area": ["e", "w"] * 40, "arm": rng.permutation(["none", "A"] * 40)})
    frame["x"], frame["flat"] = rng.normal(size=80), 1.0
    design = Design("area", "arm", [], covariates=["x", "flat"], arms=("none", "A"))
    differences, tests = balance_by_place(frame, design, 200)
    bodies = as_kept(differences, tests)
    assert list(bodies) == ["e", "w", "pooled"]
    again, tests_again = from_kept(bodies)
    pd.testing.assert_frame_equal(again, differences[list(again.columns)], check_dtype=False)
    pd.testing.assert_frame_equal(tests_again, tests[list(tests_again.columns)], check_dtype=False)
