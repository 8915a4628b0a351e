"""Survey tables: shares and means with their base, beside R's survey and plain counting."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.design import Design, Outcome
from analysis.errors import BadInput
from analysis.survey_groups import ALL, UNSTATED
from analysis.survey_tables import COLUMNS, Sampling, survey_table

ITEMS = [
    Outcome("belief_health", "health", "difference", "ordinal"),
    Outcome("belief_safety", "safety", "difference", "ordinal"),
    Outcome("did", "health", "done_in_groups", "binary", asked="before", refers_to="past"),
    Outcome("hours", "health", "hours_willing_alone", "hours"),
]
DESIGN = Design("area", "arm", ITEMS, covariates=["age", "years"])


def answers(n: int = 240, seed: int = 1) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({
        "area": rng.choice(["east", "west"], n),
        "arm": rng.choice(["none", "A", "B", "A+B"], n),
        "belief_health": rng.integers(1, 6, n).astype(float),
        "belief_safety": rng.integers(1, 6, n).astype(float),
        "did": rng.integers(0, 2, n).astype(float),
        "hours": np.where(rng.random(n) < 0.4, rng.gamma(2, 2, n), 0.0),
        "age": rng.choice(["18 to 34", "35 to 64", "65 and over"], n),
        "years": rng.integers(0, 70, n).astype(float),
        "w": rng.uniform(0.5, 2.0, n),
    })  # fmt: skip
    frame.loc[rng.random(n) < 0.05, "belief_health"] = np.nan
    frame.loc[:4, "age"] = None
    return frame


def pick(table: pd.DataFrame, **wanted) -> pd.Series:
    for name, value in wanted.items():
        table = table[table[name] == value]
    assert len(table) == 1
    return table.iloc[0]


def test_domains_are_rs(shared: Path) -> None:
    # expected_values.json: apistrat, svyby(~api00, ~stype, svymean); the whole is svymean's.
    frame = pd.read_csv(shared / "reference/apistrat.csv")
    frame["arm"] = "none"
    design = Design("stype", "arm", [Outcome("api00", "", "score", "continuous")])
    table = survey_table(frame, design, "api00", "area", Sampling("pw"))
    expected = {"E": (674.43, 12.38247979), "H": (625.82, 14.93712919), "M": (636.6, 16.21470731)}
    fraction = {"E": 1 - 100 / 4421, "H": 1 - 50 / 755, "M": 1 - 50 / 1018}
    for stratum, (mean, error) in expected.items():
        row = pick(table, group=stratum, statistic="mean")
        # R's has the finite population correction, which answers from a file do not know.
        assert row["std_error"] * np.sqrt(fraction[stratum]) == pytest.approx(error, abs=5e-8)
        assert row["estimate"] == pytest.approx(mean, abs=5e-8)
    assert pick(table, group=ALL, statistic="mean")["estimate"] == pytest.approx(662.2873632)


@pytest.mark.parametrize("by", ["area", "arm", "age", "years"])
@settings(max_examples=25)
@given(seed=st.integers(0, 1000))
def test_categories_add_up_to_the_base_and_groups_to_all(by: str, seed: int) -> None:
    frame = answers(120, seed)
    table = survey_table(frame, DESIGN, "belief_health", by)
    shares = table[table["statistic"] == "share"]
    for _, rows in shares.groupby("group"):
        parts = rows[rows["category"] != "answered"]
        assert parts["n"].sum() == rows[rows["category"] == "answered"]["n"].iloc[0]
        assert parts["estimate"].sum() == pytest.approx(1)
        assert ((parts["ci_low"] <= parts["estimate"]) | parts["ci_low"].isna()).all()
    counted = table[table["statistic"].isin(["share", "missing"])]
    for _, rows in counted.groupby(["statistic", "category"]):
        assert rows[rows["group"] != ALL]["n"].sum() == pick(rows, group=ALL)["n"]
    assert list(table.columns) == COLUMNS


def test_an_unweighted_mean_by_area_is_the_plain_one() -> None:
    frame = answers()
    row = pick(survey_table(frame, DESIGN, "hours"), group="east", statistic="mean")
    own = frame[frame["area"] == "east"]["hours"]
    assert row["estimate"] == pytest.approx(own.mean())
    assert row["std_error"] == pytest.approx(own.std() / np.sqrt(len(own)))
    assert (row["df"], row["base"], row["note"]) == (len(own) - 1, len(own), "")
    share = pick(survey_table(frame, DESIGN, "hours"), group="east", statistic="any")
    assert share["estimate"] == pytest.approx((own > 0).mean())


def test_by_issue_sets_the_same_measure_side_by_side() -> None:
    table = survey_table(answers(), DESIGN, "belief_health", "issue")
    assert list(table["group"].unique()) == ["health", "safety"]
    assert set(table["item"]) == {"belief_health", "belief_safety"}


def test_a_covariate_is_an_item_and_labels_name_values() -> None:
    table = survey_table(answers(), DESIGN, "age", "area")
    assert "65 and over" in set(table["category"])
    assert "mean" not in set(table["statistic"])
    named = survey_table(answers(), DESIGN, "belief_health", labels={"belief_health": {5: "agree"}})
    assert [c for c in named["category"].unique() if c][:5] == ["1", "2", "3", "4", "agree"]


def test_groups_stand_in_order_with_the_unstated_last() -> None:
    found = survey_table(answers(), DESIGN, "did", "age")["group"].unique()
    assert list(found) == ["18 to 34", "35 to 64", "65 and over", UNSTATED, ALL]
    arms = survey_table(answers(), DESIGN, "did", "arm")["group"].unique()
    assert list(arms) == ["none", "A", "B", "A+B", ALL]
    cut = survey_table(answers(), DESIGN, "did", "years")["group"].unique()
    assert len(cut) == 5
    assert " to " in cut[0]


def test_a_blank_weight_leaves_a_respondent_out_of_the_weighted_table() -> None:
    frame = answers()
    frame.loc[10:19, "w"] = np.nan
    table = survey_table(frame, DESIGN, "did", "area", Sampling("w"))
    assert pick(table, group=ALL, category="answered")["n"] == len(frame) - 10
    same = survey_table(frame.assign(w=3.0), DESIGN, "did", "area", Sampling("w"))
    plain = survey_table(frame, DESIGN, "did", "area")
    figures = ["n", "estimate", "std_error", "ci_low", "ci_high", "df"]
    pd.testing.assert_frame_equal(same[figures], plain[figures])


@pytest.mark.parametrize("n", [0, 1, 2])
def test_few_answers_have_a_sentence_and_no_false_interval(n: int) -> None:
    frame = answers(60).assign(area="east")
    frame.loc[n:, "did"] = np.nan
    row = pick(survey_table(frame, DESIGN, "did"), group=ALL, category="yes")
    assert row["base"] == n
    assert row["note"]
    assert pd.isna(row["ci_low"]) == (n < 2)


def test_clusters_widen_the_interval_as_they_should() -> None:
    frame = answers()
    twice = pd.concat([frame, frame], ignore_index=True)
    twice["household"] = [*range(len(frame))] * 2
    one = pick(survey_table(frame, DESIGN, "hours"), group=ALL, statistic="mean")
    two = pick(survey_table(twice, DESIGN, "hours", sampling=Sampling(cluster="household")),
               group=ALL, statistic="mean")  # fmt: skip
    assert two["std_error"] == pytest.approx(one["std_error"])
    assert two["df"] == one["df"]


@pytest.mark.parametrize(
    ("item", "by", "words"),
    [
        ("nothing", "area", "no item “nothing”"),
        ("did", "shoe size", "cannot be by “shoe size”"),
        ("age", "issue", "about no issue"),
    ],
)
def test_what_is_not_there_is_named(item: str, by: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        survey_table(answers(), DESIGN, item, by)
