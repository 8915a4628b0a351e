"""Dictionary, quality and response rates on small tables whose counts are plain to see."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from analysis.comparing import compare_answers
from analysis.dictionary import TOTAL, data_dictionary
from analysis.labelling import Item
from analysis.mapping_toml import parse_mapping
from analysis.quality import item_quality, quality_checks
from analysis.response_rates import carried_over, invited, response_rates, response_tests

MAPPING = """
area = "place"
duration = "seconds"
[arm]
column = "g"
labels = { none = ["c"], A = ["a"] }
""" + "".join(
    f"""
[[outcome]]
key = "q{i}"
column = "Q{i}"
measure = "satisfaction"
scale = "ordinal"
low = 1
high = 5
{"reverse = true" if i == 2 else ""}
"""
    for i in range(3)
)
FRAME = pd.DataFrame(
    {
        "respondent": list("abcdef"),
        "area": ["east"] * 3 + ["west"] * 3,
        "arm": ["none", "A"] * 3,
        "arm_reported": ["none", "A"] * 3,
        "weight": np.nan,
        "q0": [1.0, 2, 3, np.nan, 5, np.nan],
        "q1": [1.0, 2, 4, 3, 5, np.nan],
        "q2": [5.0, 4, 3, 3, 7, np.nan],  # turned round: the file has 1, 2, 3, 3, -1
        "seconds": [100.0, 90, 110, 20, 95, np.nan],
    }
)


def test_every_item_is_described_with_its_counts() -> None:
    items = {"q0": Item("q0", "How good?", {1.0: "Bad", 5.0: "Good"})}
    missing = pd.DataFrame({"item": ["q0"], "code": ["9"], "label": ["Refused"],
                            "respondents": [1]})  # fmt: skip
    found = data_dictionary(FRAME, parse_mapping(MAPPING), items, missing)
    first = found[found["key"] == "q0"]
    assert first["question"].unique().tolist() == ["How good?"]
    assert first["direction"].unique().tolist() == ["1 Bad to 5 Good"]
    counted = first[["kind", "value", "label", "respondents", "base"]].to_numpy().tolist()
    assert counted == [
        ["answer", "1", "Bad", 1, 4],
        ["answer", "2", "", 1, 4],
        ["answer", "3", "", 1, 4],
        ["answer", "5", "Good", 1, 4],
        ["answer", TOTAL, "answered", 4, 4],
        ["missing", "9", "Refused", 1, 6],
        ["missing", "", "No answer (blank)", 1, 6],
        ["missing", TOTAL, "missing", 2, 6],
    ]
    turned = found[found["key"] == "q2"]["direction"].iloc[0]
    assert turned == "1 to 5; turned round from the file"
    assert found[found["key"] == "seconds"]["role"].unique().tolist() == ["time taken"]


def test_counts_of_each_item_add_to_all_respondents() -> None:
    found = data_dictionary(FRAME, parse_mapping(MAPPING), {}, pd.DataFrame(
        columns=["item", "code", "label", "respondents"]))  # fmt: skip
    listed = found[found["value"] != TOTAL].groupby("key")["respondents"].sum()
    assert listed[["q0", "q1", "q2"]].tolist() == [6, 6, 6]


def test_odd_answers_are_counted() -> None:
    found = quality_checks(FRAME, parse_mapping(MAPPING)).set_index("check")
    flagged = found["flagged"].to_dict()
    assert flagged["partly answered"] == 1
    assert flagged["nothing answered"] == 1
    assert flagged["straight line"] == 2  # a and b, as the file has them
    assert found.loc["straight line", "base"] == 4
    assert flagged["hasty"] == 1
    outside = found.loc["outside of its scale"]
    assert outside["items"].tolist() == ["q2", "q0, q1"]
    assert outside["flagged"].tolist() == [1, 0]
    assert item_quality(FRAME, parse_mapping(MAPPING))["missing"].tolist() == [2, 1, 1]


def test_without_a_column_of_time_nobody_is_hasty() -> None:
    mapping = parse_mapping(MAPPING.replace('duration = "seconds"', ""))
    assert "hasty" not in set(quality_checks(FRAME, mapping)["check"])


def test_the_same_answers_of_two_in_one_area_are_counted() -> None:
    names = [f"q{i}" for i in range(6)]
    text = MAPPING.split("\n[[outcome]]")[0] + "".join(
        f'\n[[outcome]]\nkey = "{name}"\ncolumn = "{name}"\nscale = "hours"\n' for name in names
    )
    frame = pd.DataFrame([[1, 2, 3, 4, 5, 6]] * 2 + [[1, 2, 3, 4, 5, 7]], columns=names)
    frame = frame.assign(area="east", seconds=10.0)
    found = quality_checks(frame, parse_mapping(text)).set_index("check")
    assert found.loc["same answers", ["flagged", "base"]].tolist() == [2, 3]


ALLOCATION = pd.DataFrame(
    {
        "respondent": [f"r{i}" for i in range(400)],
        "area": ["east"] * 200 + ["west"] * 200,
        "block": ["east"] * 200 + ["west"] * 200,
        "arm": ["none", "A"] * 200,
    }
)


def answers(rng: np.random.Generator, rate: dict[str, float]) -> pd.DataFrame:
    here = rng.random(400) < ALLOCATION["arm"].map(rate)
    found = ALLOCATION[here].reset_index(drop=True)
    return found.assign(q=np.where(rng.random(len(found)) < 0.9, 1.0, np.nan))


def test_allocated_responded_and_answered_add_up() -> None:
    frame = answers(np.random.default_rng(1), {"none": 0.8, "A": 0.7})
    people = invited(frame, ALLOCATION, "q")
    rates = response_rates(people, ("none", "A"), allocated=True).set_index(["area", "arm"])
    assert rates.loc[("pooled", "all"), "allocated"] == 400
    assert rates.loc[("pooled", "all"), "responded"] == len(frame)
    assert rates.loc[("pooled", "all"), "answered"] == frame["q"].notna().sum()
    counts = ["allocated", "responded", "answered"]
    arms = rates.loc[[("east", "none"), ("east", "A")], counts].sum()
    assert arms.tolist() == rates.loc[("east", "all"), counts].tolist()
    row = rates.loc[("west", "A")]
    assert row["reach"] == pytest.approx(row["response_rate"] * row["item_rate"])


def test_the_test_of_response_is_that_of_cochran_mantel_and_haenszel() -> None:
    frame = answers(np.random.default_rng(2), {"none": 0.85, "A": 0.65})
    people = invited(frame, ALLOCATION, "q")
    tests = response_tests(people, ("none", "A"), allocated=True)
    pooled = tests[(tests["area"] == "pooled") & (tests["stage"] == "responded")].iloc[0]
    gone = people["responded"].isna()
    tables = [pd.crosstab(people["arm"][people["area"] == area], gone) for area in ("east", "west")]
    theirs = sm.stats.StratifiedTable([t.to_numpy() for t in tables]).test_null_odds()
    assert pooled["statistic"] == pytest.approx(theirs.statistic, rel=1e-10)
    assert pooled["p_value"] == pytest.approx(theirs.pvalue, rel=1e-8)


def test_without_an_allocation_nothing_is_a_share_of_the_allocated() -> None:
    frame = answers(np.random.default_rng(3), {"none": 0.8, "A": 0.7})
    people = invited(frame, None, "q")
    rates = response_rates(people, ("none", "A"), allocated=False)
    assert rates[["allocated", "response_rate", "reach"]].isna().all().all()
    assert set(response_tests(people, ("none", "A"), allocated=False)["stage"]) == {"answered"}


def test_who_came_again_is_counted_by_the_arm_then() -> None:
    counts, test = carried_over(ALLOCATION, ALLOCATION.iloc[::4], ("none", "A"))
    assert counts.set_index("arm")[["before", "again"]].T.to_dict("list") == {
        "none": [200, 100],
        "A": [200, 0],
        "all": [400, 100],
    }
    assert test["p_value"] < 1e-10


def test_what_would_change_is_counted_by_item() -> None:
    after = FRAME.drop(columns=["arm_reported", "weight"]).iloc[1:].copy()
    after.loc[1, "q0"], after.loc[3, "q0"], after.loc[2, "q1"] = 4, 1, np.nan
    after = pd.concat([after, after.tail(1).assign(respondent="new")])
    found = compare_answers(FRAME, after.drop(columns="seconds").assign(more=1))
    assert (found.new, found.gone, found.changed) == (1, 1, 3)
    assert found.items.set_index("item").T.to_dict("list") == {
        "q0": ["changed", 1, 1, 0],
        "q1": ["changed", 0, 0, 1],
        "more": ["new item", 0, 0, 0],
        "seconds": ["item gone", 0, 0, 0],
    }
    told = found.examples.to_numpy().tolist()
    assert told == [["b", "q0", "2", "4"], ["d", "q0", "no answer", "1"],
                    ["c", "q1", "4", "no answer"]]  # fmt: skip


def test_the_same_answers_change_nothing() -> None:
    same = FRAME.drop(columns=["arm_reported", "weight"]).sample(frac=1, random_state=1)
    assert compare_answers(FRAME, same).none
