"""How much time people give: who counts, what is refused, and figures as they are read."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.design import Design, Outcome
from analysis.errors import BadInput
from analysis.survey_groups import ALL
from analysis.survey_tables import Sampling
from analysis.time_use import BOTH, COLUMNS, STATISTICS, time_use, told_time


def given(key: str, measure: str, asked: str = "before", refers_to: str = "past") -> Outcome:
    return Outcome(key, "health", measure, "hours", asked=asked, refers_to=refers_to)


ITEMS = [given("alone", "hours_given_alone"), given("others", "hours_given_with_others")]
WILLING = given("willing", "hours_willing_alone", "after", "future")
DESIGN = Design("area", "arm", [*ITEMS, WILLING])


def answers(n: int = 400) -> pd.DataFrame:
    rng = np.random.default_rng(2)
    return pd.DataFrame({
        "area": rng.choice(["east", "west"], n),
        "arm": rng.choice(["none", "A", "B", "A+B"], n),
        "alone": np.where(rng.random(n) < 0.5, rng.gamma(2, 2, n), 0),
        "others": np.where(rng.random(n) < 0.3, rng.gamma(2, 2, n), 0),
        "willing": rng.gamma(2, 2, n),
        "w": rng.uniform(0.5, 2, n),
    })  # fmt: skip


def pick(table: pd.DataFrame, **wanted) -> pd.Series:
    for name, value in wanted.items():
        table = table[table[name] == value]
    assert len(table) == 1
    return table.iloc[0]


def test_every_figure_by_area_and_for_all_with_its_base() -> None:
    frame = answers()
    frame.loc[:9, "alone"] = np.nan
    table = time_use(frame, DESIGN)
    assert list(table.columns) == COLUMNS
    assert len(table) == 3 * 3 * len(STATISTICS)
    assert set(table["given"]) == {"alone", "with others", BOTH}
    hours = frame["alone"].dropna()
    found = {s: pick(table, given="alone", area=ALL, statistic=s) for s in STATISTICS}
    assert found["mean"]["estimate"] == pytest.approx(hours.mean())
    assert found["median"]["estimate"] == np.sort(hours)[int(np.ceil(len(hours) / 2)) - 1]
    assert found["any"]["estimate"] == pytest.approx((hours > 0).mean())
    assert found["trimmed mean"]["estimate"] == pytest.approx(
        stats.trim_mean(hours, 0.05), abs=1e-2
    )
    assert {(row["base"], row["missing"], row["gave"]) for row in found.values()} == {
        (len(hours), 10, (hours > 0).sum())
    }
    both = pick(table, given=BOTH, area=ALL, statistic="mean")
    assert both["estimate"] == pytest.approx((frame["alone"] + frame["others"]).mean())


def test_asked_after_the_nudge_only_the_control_arm_counts() -> None:
    frame = answers()
    design = Design("area", "arm", [given("alone", "hours_given_alone", "after")])
    row = pick(time_use(frame, design), area=ALL, statistic="mean")
    control = frame["arm"] == "none"
    assert (row["base"], row["left_out"]) == (control.sum(), (~control).sum())
    assert row["estimate"] == pytest.approx(frame["alone"][control].mean())
    assert "without a nudge" in row["population"]


def test_who_was_shown_a_nudge_in_an_earlier_wave_never_counts() -> None:
    frame = answers()
    treated = (np.arange(len(frame)) % 4) == 0
    row = pick(time_use(frame, DESIGN, treated=treated), given="alone", area=ALL, statistic="mean")
    assert row["estimate"] == pytest.approx(frame["alone"][~treated].mean())
    assert row["left_out"] == treated.sum()
    assert "earlier wave" in row["population"]


@pytest.mark.parametrize(
    "outcome", [WILLING, given("willing", "hours_given_alone", "after", "future")]
)
def test_willingness_is_refused(outcome: Outcome) -> None:
    design = Design("area", "arm", [*ITEMS, outcome])
    with pytest.raises(BadInput, match="never from hours people are willing to give"):
        time_use(answers(), design, items=["willing"])


def test_a_wave_without_hours_given_says_so() -> None:
    with pytest.raises(BadInput, match="asked nobody how much time they give"):
        time_use(answers(), Design("area", "arm", [WILLING]))


def test_weights_make_the_mean_and_its_error() -> None:
    frame = answers()
    table = time_use(frame, DESIGN, Sampling("w"))
    row = pick(table, given="alone", area="east", statistic="mean")
    east = frame[frame["area"] == "east"]
    mean = np.average(east["alone"], weights=east["w"])
    assert row["estimate"] == pytest.approx(mean)
    assert row["weighted"]
    influence = east["w"] * (east["alone"] - mean) / east["w"].sum()
    n = len(east)
    assert row["std_error"] == pytest.approx(np.sqrt(n / (n - 1) * (influence**2).sum()))


def test_negative_hours_and_empty_areas() -> None:
    frame = answers()
    frame.loc[frame["area"] == "west", ["alone", "others"]] = np.nan
    row = pick(time_use(frame, DESIGN), given="alone", area="west", statistic="median")
    assert (row["base"], row["note"]) == (0, "Nobody untreated answered.")
    assert pd.isna(row["estimate"])
    with pytest.raises(BadInput, match="hours below 0"):
        time_use(frame.assign(alone=-9.0), DESIGN)


@pytest.mark.parametrize(
    ("statistic", "value", "shown", "rounding"),
    [
        ("mean", 0.0, "no time a month", "to 5 minutes"),
        ("mean", 0.71, "45 minutes a month", "to 5 minutes"),
        ("mean", 0.99, "1 hour a month", "to 5 minutes"),
        ("mean", 2.62, "2 hours 30 minutes a month", "to a quarter of an hour"),
        ("median", 2.63, "2 hours 45 minutes a month", "to a quarter of an hour"),
        ("mean", 12.4, "12 hours a month", "to a whole hour"),
        ("any", 0.318, "32 % give some time in a month", "to a whole percentage"),
    ],
)
def test_figures_are_written_as_people_read_them(statistic, value, shown, rounding) -> None:
    assert told_time(statistic, value, "month") == (shown, rounding)


def test_a_mean_that_two_people_make_is_told() -> None:
    frame = pd.DataFrame({"area": ["east"] * 40, "arm": ["none"] * 40, "h": 0.1})
    frame.loc[:1, "h"] = 400.0
    asked = Outcome("h", "health", "hours_given_alone", "hours")
    found = time_use(frame, Design("area", "arm", [asked], arms=("none", "A")))
    east = found[found["area"] == "east"].set_index("statistic")["dominated"]
    assert east.to_dict() == {"mean": True, "trimmed mean": True, "median": False, "any": False}
