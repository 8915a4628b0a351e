"""What values and missing codes mean: in real sav and dta files, and in what pyreadstat writes."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.applying import MappedSurvey, apply_mapping
from analysis.deriving import derive
from analysis.design import Outcome
from analysis.errors import BadInput
from analysis.mapping import DerivedOutcome
from analysis.mapping_toml import parse_mapping
from analysis.survey_files import SurveyFile, read_survey

ODD = "data/survey_oddities"
READERS = {
    ".sav": pyreadstat.read_sav, ".zsav": pyreadstat.read_sav, ".dta": pyreadstat.read_dta,
    ".por": pyreadstat.read_por,
}  # fmt: skip
# The refusals of these files; every other one is read.
REFUSED = {"haven_datetime.sav": "date value out of range"}


def every_odd_file() -> list[Path]:
    folder = Path(__file__).resolve().parents[3] / "shared" / ODD
    return sorted(path for path in folder.glob("*") if path.suffix in READERS)


@pytest.mark.parametrize("path", every_odd_file(), ids=lambda path: path.name)
def test_a_file_holds_what_pyreadstat_reads_without_the_codes_of_missing(path: Path) -> None:
    if path.name in REFUSED:
        with pytest.raises(BadInput, match=f"^{path.name} cannot be read .{REFUSED[path.name]}"):
            read_survey(path)
        return
    survey = read_survey(path)
    theirs, meta = READERS[path.suffix](str(path))
    assert list(survey.frame.columns) == list(theirs.columns)
    assert survey.value_labels == meta.variable_value_labels
    for name in theirs:
        ours = survey.frame[name]
        assert (ours.isna() == theirs[name].isna()).all(), name
        if pd.api.types.is_numeric_dtype(theirs[name]):
            np.testing.assert_array_equal(ours, theirs[name].astype(float))


@pytest.mark.parametrize(
    ("file", "codes"),
    [
        ("haven_labelled-num-na.sav", {"VAR00002": [9]}),
        ("haven_tagged-na-int.dta", {"x": ["a", "h", "z"]}),
        ("pyreadstat_missing_char.sav", {"mychar": ["Z"]}),
        ("pyreadstat_missing_test.sav", {"var1": [1]}),
        ("pyreadstat_sample_missing.sav", {"mynum": [-1, 2500], "mylabl": [-1], "myord": [-1, -3]}),
        ("pyreadstat_simple_alltypes.sav", {"x": [8], "z": [-9, 999]}),
        ("pyreadstat_sample.sav", {}),
    ],
)
def test_declared_missing_codes_are_known_where_they_stood(
    shared: Path, file: str, codes: dict[str, list[Any]]
) -> None:
    survey = read_survey(shared / ODD / file)
    assert {name: found.tolist() for name, found in survey.declared.items()} == codes
    for name, found in survey.declared.items():
        assert survey.frame.loc[found.index, name].isna().all()


ARMS = 'area = "place"\n[arm]\ncolumn = "g"\nlabels = { none = ["c"], A = ["a"] }\n'
ITEM = '[[outcome]]\nkey = "{key}"\ncolumn = "{key}"\nscale = "ordinal"\n'


def survey_of(**columns: list[Any]) -> SurveyFile:
    n = len(next(iter(columns.values())))
    arms = {"place": ["east"] * n, "g": ["c", "a"] * (n // 2) + ["c"] * (n % 2)}
    return SurveyFile("answers.csv", pd.DataFrame(arms | columns))


def mapped(survey: SurveyFile, *items: str) -> MappedSurvey:
    return apply_mapping(survey, parse_mapping(ARMS + "".join(items)), areas={"east": "east"})


def test_a_file_that_pyreadstat_wrote_keeps_its_words_and_its_reasons(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"place": ["east"] * 6, "g": ["c", "a"] * 3, "q": [1.0, 2, 5, 8, 9, np.nan]}
    )
    labels = {1.0: "Not at all", 5.0: "Very", 8.0: "Don't know", 9.0: "Refused"}
    pyreadstat.write_sav(
        frame, str(tmp_path / "a.sav"), column_labels={"q": "How good is it?"},
        variable_value_labels={"q": labels}, missing_ranges={"q": [8]},
    )  # fmt: skip
    found = mapped(read_survey(tmp_path / "a.sav"), ITEM.format(key="q"), "missing = [9]\n")
    item = found.items[0]
    assert (item.question, item.labels) == ("How good is it?", {1.0: "Not at all", 5.0: "Very",
                                                               8.0: "Don't know"})  # fmt: skip
    told = found.missing.set_index("code")[["area", "label", "respondents"]].T.to_dict("list")
    assert told == {"8": ["east", "Don't know", 1], "9": ["east", "Refused", 1]}
    assert found.frame["q"].tolist()[:3] == [1, 2, 5]
    assert found.frame["q"].isna().sum() == 3


def test_a_scale_is_turned_round_with_its_words() -> None:
    turned = "reverse = true\nlow = 1\nhigh = 5\nmissing = { 9 = 'Refused' }\n"
    words = 'labels = { 1 = "Very good", 5 = "Very bad" }\n'
    found = mapped(survey_of(q=[1, 2, 5, 9]), ITEM.format(key="q"), turned, words)
    np.testing.assert_array_equal(found.frame["q"], [5, 4, 1, np.nan])
    assert found.items[0].labels == {1.0: "Very bad", 5.0: "Very good"}
    assert found.missing[["code", "label"]].to_numpy().tolist() == [["9", "Refused"]]


def test_an_answer_outside_of_its_scale_is_kept_and_told() -> None:
    found = mapped(survey_of(q=[1, 2, 7, 5]), ITEM.format(key="q"), "low = 1\nhigh = 5\n")
    assert found.frame["q"].tolist() == [1, 2, 7, 5]
    told = "1 answers to “q” are outside of its scale, 1 to 5: 7. They are kept as they are."
    assert told in found.report


def test_words_that_are_recoded_become_the_words_of_their_numbers() -> None:
    found = mapped(survey_of(q=["Yes", "No", "no", "Yes"]),
                   ITEM.format(key="q"), 'values = { "Yes" = 1, "No" = 0 }\n')  # fmt: skip
    assert found.items[0].labels == {0.0: "No", 1.0: "Yes"}


def test_undeclared_codes_are_asked_about_and_never_applied() -> None:
    found = mapped(survey_of(q=[1, 2, 99, -8]), ITEM.format(key="q"))
    assert found.frame["q"].tolist() == [1, 2, 99, -8]
    asked = [sentence for sentence in found.report if "if that means no answer" in sentence]
    assert len(asked) == 2
    assert found.missing.empty


def entry(rule: str, of: int) -> DerivedOutcome:
    outcome = Outcome("d", "", "d", "continuous")
    return DerivedOutcome(outcome, rule=rule, of=tuple(f"q{i}" for i in range(of)))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("sum", [3, 0, np.nan, np.nan]),
        ("difference", [-1, 0, np.nan, np.nan]),
        ("any", [1, 0, 1, np.nan]),
        ("share", [1 / 3, np.nan, np.nan, np.nan]),
    ],
)
def test_an_outcome_is_worked_out_from_two(rule: str, expected: list[float]) -> None:
    parts = pd.DataFrame({"q0": [1, 0, 2, 0], "q1": [2, 0, np.nan, np.nan]}, dtype=float)
    np.testing.assert_array_equal(derive(parts, entry(rule, 2)), expected)


@given(st.lists(st.tuples(*[st.floats(0, 100) | st.just(np.nan)] * 2), min_size=1, max_size=30))
def test_what_is_worked_out_agrees_with_its_parts(rows: list[tuple[float, float]]) -> None:
    frame = pd.DataFrame(rows, columns=["q0", "q1"])
    total, difference = derive(frame, entry("sum", 2)), derive(frame, entry("difference", 2))
    some, share = derive(frame, entry("any", 2)), derive(frame, entry("share", 2))
    twice = (2 * frame["q0"]).where(total.notna())
    np.testing.assert_allclose(total + difference, twice, rtol=1e-12, atol=1e-12)
    assert (total.isna() == frame.isna().any(axis=1)).all()
    assert (some.dropna().isin([0, 1])).all()
    assert (some[total.notna()] == (total[total.notna()] > 0)).all()
    np.testing.assert_allclose(share * total, frame["q0"].where(total > 0), rtol=1e-9, atol=1e-9)


def test_a_derived_outcome_follows_its_parts_and_is_stored_beside_them() -> None:
    both = [ITEM.format(key=key).replace("ordinal", "hours") for key in ("a", "b")]
    rule = '[[derived]]\nkey = "balance"\nrule = "difference"\nof = ["a", "b"]\n'
    found = mapped(survey_of(a=[1, 2], b=[3, 1]), *both, rule)
    assert found.frame["balance"].tolist() == [-2, 1]
    assert [entry.outcome.key for entry in found.mapping.outcomes] == ["a", "b", "balance"]
    assert found.mapping.derived[0].outcome.can_respond


def test_rows_that_are_headers_too_are_told_as_such() -> None:
    good = ITEM.format(key="q"), ITEM.format(key="r")
    survey = survey_of(q=["How good?", '{"ImportId":"q"}', 1, 2], r=["How bad?", "{}", 3, 4])
    survey.frame.loc[:1, ["place", "g"]] = [["Place", "Group"], ["{}", "{}"]]
    with pytest.raises(BadInput, match=r"^answers.csv: Rows 2, 3 look like further headers"):
        mapped(survey, *good)
    with pytest.raises(BadInput, match="Row 2 looks like another header"):
        mapped(SurveyFile("answers.csv", survey.frame.drop(index=1)), *good)
    survey.frame.loc[:2, "q"] = 5
    with pytest.raises(BadInput, match="“How bad\\?” in row 2"):
        mapped(survey, *good)


def test_a_single_word_among_numbers_is_no_header() -> None:
    with pytest.raises(BadInput, match="“two” in row 2, which is no number"):
        mapped(survey_of(q=["two", 2, 3, 4]), ITEM.format(key="q"))


@given(
    st.lists(st.sampled_from([1.0, 2.0, 2.5, -8.0, 98.0, 99.0, np.nan]), min_size=2, max_size=20),
    st.lists(st.sampled_from([98, "99", -8, "Refused", 2.5, "true"]), max_size=4, unique=True),
)
def test_numbers_read_as_numbers_and_as_words_are_the_same(
    values: list[float], missing: list[Any]
) -> None:
    """A column of numbers is looked up where a code can stand; one of words, value by value."""
    codes = ", ".join(f"'{code}'" if isinstance(code, str) else str(code) for code in missing)
    texts = ["" if np.isnan(value) else f"{value:g}" for value in values]
    found = [
        mapped(
            SurveyFile("a.csv", survey_of(q=column).frame, value_labels=labels),
            ITEM.format(key="q"),
            f"missing = [{codes}]\n",
        )
        for column, labels in (
            (values, {"q": {99.0: "Refused"}}),
            (pd.Series(texts, dtype=object).tolist(), {"q": {"99": "Refused"}}),
        )
    ]
    np.testing.assert_array_equal(found[0].frame["q"], found[1].frame["q"])
    counts = [dict(zip(one.missing["code"], one.missing["respondents"], strict=True))
              for one in found]  # fmt: skip
    assert counts[0] == counts[1]


def test_hours_below_none_are_told() -> None:
    hours = ITEM.format(key="q").replace('"ordinal"', '"hours"')
    told = "1 answers to “q” are outside of its scale, at least 0: -2. They are kept as they are."
    assert told in mapped(survey_of(q=[1.5, -2, 0, 5]), hours, "").report
