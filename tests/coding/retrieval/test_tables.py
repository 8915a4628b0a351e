"""Co-occurrence, who speaks of what, and the tests on people; counted by hand."""

import pandas as pd
import pytest

from coding.codings import add_coding
from coding.errors import BadInput
from coding.retrieval import code_table, compare_people, cooccurrence
from coding.transcripts import text
from linkage.study import writing


def pair(frame: pd.DataFrame, code: str, other: str) -> list[float]:
    row = frame[(frame["code"] == code) & (frame["other"] == other)].iloc[0]
    return row[["speakers", "groups", "turns", "turns_code", "turns_other", "jaccard"]].to_list()


def test_codes_in_the_same_turn(coded) -> None:
    frame = cooccurrence(coded, "turn")
    assert pair(frame, "Together", "Clean-ups") == [1, 1, 1, 1, 2, 1 / 2]
    assert pair(frame, "Asked", "Council") == [1, 1, 1, 2, 3, 1 / 4]
    assert pair(frame, "Clean-ups", "Asked") == [0, 0, 0, 2, 2, 0]


def test_codes_on_the_same_words(coded) -> None:
    frame = cooccurrence(coded, "overlap")
    assert pair(frame, "Together", "Clean-ups") == [1, 1, 1, 1, 2, 1 / 2]
    assert pair(frame, "Asked", "Council")[:3] == [0, 0, 0]


def test_codes_near_each_other_count_the_turns_of_either(coded) -> None:
    frame = cooccurrence(coded, "near", distance=1)
    assert pair(frame, "Clean-ups", "Asked")[:3] == [2, 1, 3]
    # The moderator's coded turn stands between, but is not counted.
    assert pair(frame, "Clean-ups", "Council")[:3] == [1, 1, 1]


def test_themes_take_in_their_codes(coded) -> None:
    frame = cooccurrence(coded, "turn", level="theme")
    assert pair(frame, "Together", "Council") == [1, 1, 1, 4, 3, 1 / 6]


def test_near_by_nothing_is_the_same_turn(coded) -> None:
    near, turn = cooccurrence(coded, "near", distance=0), cooccurrence(coded, "turn")
    pd.testing.assert_frame_equal(near, turn)


def test_people_and_groups_have_their_denominators(coded) -> None:
    frame = code_table(coded, "area", names={1: "East", 2: "West"})
    rows = frame.drop(columns=["code_id", "value_id"]).values.tolist()
    assert rows == [
        ["Together", "East", 2, 2, 1, 1, 3, 4, 4],
        ["Together", "West", 1, 2, 1, 1, 1, 2, 1],
        ["Council", "East", 1, 2, 1, 1, 1, 4, 1],
        ["Council", "West", 2, 2, 1, 1, 2, 2, 2],
    ]


def test_an_attribute_has_a_column_for_those_without_it(coded) -> None:
    frame = code_table(coded, "attribute", attribute="home")
    heard = frame[frame["code"] == "Council"][["value", "speakers", "speakers_total"]]
    assert heard.values.tolist() == [["owns", 1, 1], ["rents", 1, 2], ["not recorded", 1, 1]]


def test_talk_without_an_issue_is_counted_as_such(coded) -> None:
    frame = code_table(coded, "issue", names={1: "Health"})
    assert set(frame["value"]) == {"no issue"}


@pytest.mark.parametrize("count", ["codings", "turns", "groups"])
def test_only_people_can_be_tested(coded, count) -> None:
    frame = code_table(coded, "area")
    with pytest.raises(BadInput, match="No test on"):
        compare_people(frame, "area", count)
    with pytest.raises(BadInput, match="several issues"):
        compare_people(frame, "issue", "speakers")


def table(*counts: tuple[int, int]) -> pd.DataFrame:
    rows = [
        {"code": "A", "code_id": 1, "value": f"v{i}", "speakers": yes, "speakers_total": total}
        for i, (yes, total) in enumerate(counts)
    ]
    return pd.DataFrame(rows)


def test_chi_square_by_hand() -> None:
    """(30·20 − 10·40)²·100/(40·60·70·30) = 4,000,000/5,040,000 = 0.79365; V = √(0.79365/100)."""
    found = compare_people(table((30, 40), (40, 60)), "area").iloc[0]
    assert found["test"] == "chi-square"
    assert found["statistic"] == pytest.approx(0.793651, abs=1e-6)
    assert found["df"] == 1
    assert found["cramers_v"] == pytest.approx(0.089087, abs=1e-6)
    assert found["p_value"] == pytest.approx(0.372998, abs=1e-5)


def test_few_people_get_fishers_exact_test() -> None:
    """Fisher's tea: 3 of 4 against 1 of 4, two-sided 34/70."""
    found = compare_people(table((3, 4), (1, 4)), "area").iloc[0]
    assert (found["test"], found["smallest_expected"]) == ("Fisher", 2)
    assert found["p_value"] == pytest.approx(34 / 70)


def test_few_people_in_several_columns_are_warned_of() -> None:
    found = compare_people(table((3, 4), (1, 4), (2, 4)), "area").iloc[0]
    assert found["test"] == "chi-square"
    assert "do not rely" in found["warning"]


def test_nothing_to_compare_is_no_test() -> None:
    for counts in (((0, 4), (0, 4)), ((4, 4), (4, 4)), ((2, 4),)):
        assert compare_people(table(*counts), "area").iloc[0]["test"] == "none"


def test_a_code_on_many_turns_of_one_person_is_one_person(coded) -> None:
    quote = "An hour helps"
    start = text(coded, 1).index(quote)
    with writing(coded, "test", "again"):
        add_coding(coded, 1, 4, 1, start, start + 4, "An h")
    frame = code_table(coded, "area", names={1: "East"})
    council = frame[frame["code"] == "Council"].iloc[0]
    assert (council["speakers"], council["turns"], council["codings"]) == (2, 2, 2)
