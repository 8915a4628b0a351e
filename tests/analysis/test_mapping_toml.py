"""A mapping as TOML: the old keys byte for byte, the new ones there and back again."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.deriving import RULES
from analysis.design import ASKED, REFERS_TO, SCALES, Outcome
from analysis.errors import BadInput
from analysis.mapping import ArmColumn, DerivedOutcome, Mapping, NudgeColumn, OutcomeColumn
from analysis.mapping_toml import parse_mapping, to_toml

BEFORE = """\
respondent = "id"
area = "village"
weight = "w"
cluster = "household"
strata = [
    "s",
]
covariate = [
    { column = "age" },
]

[nudge_a]
column = "default"
given = [
    1,
]
not_given = [
    0,
]

[[outcome]]
key = "takeup"
column = "takeup_survey"
issue = "insurance"
measure = "take_up"
scale = "binary"
asked = "after"
refers_to = "present"
missing = [
    98,
    "k.A.",
]

[outcome.values]
Yes = 1.0
No = 0.0
"""


def test_a_mapping_of_before_is_written_byte_for_byte() -> None:
    assert to_toml(parse_mapping(BEFORE)) == BEFORE


def test_every_new_key_is_read() -> None:
    mapping = parse_mapping(NEW)
    asked, other = mapping.asked
    assert (asked.reverse, asked.low, asked.high) == (True, 1, 5)
    assert asked.missing == ("98", "99")
    assert asked.missing_labels == {"98": "Don't know"}
    assert asked.labels == {"1": "Not at all", "5": "Very"}
    assert mapping.duration == "seconds"
    (derived,) = mapping.derived
    assert (derived.rule, derived.of) == ("difference", ("q1", "q2"))
    assert derived.outcome == Outcome(
        "balance", "health", "balance", "continuous", asked="before", refers_to="past"
    )
    assert parse_mapping(to_toml(mapping)) == mapping
    assert ("balance", "the outcome “balance”") not in mapping.columns()
    assert other.reverse is False


NEW = """
area = "place"
duration = "seconds"
[arm]
column = "g"
labels = { none = ["c"], A = ["a"] }
[[outcome]]
key = "q1"
column = "Q1"
issue = "health"
scale = "ordinal"
reverse = true
low = 1
high = 5
missing = { 98 = "Don't know", 99 = "" }
labels = { 1 = "Not at all", 5 = "Very" }
[[outcome]]
key = "q2"
column = "Q2"
issue = "health"
scale = "ordinal"
asked = "before"
refers_to = "past"
[[derived]]
key = "balance"
rule = "difference"
of = ["q1", "q2"]
"""


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("low = 1", "", "“q1” is reversed, so it needs low and high"),
        ("low = 1", "low = 5", "needs a low that is less than its high"),
        ("low = 1", 'low = "1"', "low must be a number"),
        ("reverse = true", "reverse = 1", "reverse must be true or false"),
        ('rule = "difference"', 'rule = "mean"', "“balance”: A derived outcome needs rule: one of"),
        ('of = ["q1", "q2"]', 'of = ["q1"]', "two or more different outcomes"),
        ('of = ["q1", "q2"]', 'of = ["q1", "q3"]', "“q3” is not the key of an outcome above it"),
        ('of = ["q1", "q2"]', "", "“of” in the mapping must be a list"),
        ('key = "balance"', 'key = "q1"', "Two outcomes have the key “q1”"),
        ('key = "balance"', 'key = "group_member"', "has a meaning of its own"),
        ('5 = "Very"', "5 = 5", "labels must give words to codes"),
        ("missing = {", "missing = 5 #", "“missing” in the mapping must be a list"),
    ],
)
def test_a_mistake_is_named(old: str, new: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        parse_mapping(NEW.replace(old, new))


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=8)
NAMES = WORDS.filter(lambda text: bool(text.strip()))
NUMBERS = st.integers(-1000, 1000) | st.floats(-1e6, 1e6)
CODES: st.SearchStrategy[Any] = st.booleans() | NUMBERS | WORDS
LABELS = st.dictionaries(WORDS, WORDS, max_size=3)


@st.composite
def ends(draw: Any) -> dict[str, Any]:
    low = draw(st.none() | st.floats(-100, 100))
    high = draw(st.none() | st.floats(101, 200))
    both = low is not None and high is not None
    return {"low": low, "high": high, "reverse": both and draw(st.booleans())}


@st.composite
def outcome_columns(draw: Any, key: str) -> OutcomeColumn:
    words = draw(st.dictionaries(WORDS, WORDS, max_size=3))
    missing = tuple(words) if words else tuple(draw(st.lists(CODES, max_size=3)))
    return OutcomeColumn(
        draw(outcomes(key, draw(NAMES))),
        missing,
        draw(st.dictionaries(WORDS, NUMBERS.map(float), max_size=3)),
        **draw(ends()),
        missing_labels=words,
        labels=draw(LABELS),
    )


@st.composite
def outcomes(draw: Any, key: str, column: str | None) -> Outcome:
    when, about = (draw(st.sampled_from(names)) for names in (ASKED, REFERS_TO))
    issue, measure = draw(st.text(max_size=3)), draw(NAMES)
    return Outcome(key, issue, measure, draw(st.sampled_from(SCALES)), column, when, about)


@st.composite
def mappings(draw: Any) -> Mapping:
    keys = [f"q{number}" for number in range(draw(st.integers(1, 3)))]
    found: list[OutcomeColumn] = [draw(outcome_columns(key)) for key in keys]
    for number in range(draw(st.integers(0, 2)) if len(keys) > 1 else 0):
        rule = draw(st.sampled_from(RULES))
        outcome = draw(outcomes(f"d{number}", None))
        found.append(DerivedOutcome(outcome, rule=rule, of=(keys[0], keys[1])))
    columns = st.none() | NAMES.map(lambda name: f"c{name}")
    nudge = NudgeColumn(draw(NAMES), (1, "yes"), (0,))
    arm = ArmColumn(draw(NAMES), {"none": ("c",), "A": (1,)})
    return Mapping(
        tuple(found),
        *(draw(columns) for _ in range(3)),
        **({"arm": arm} if draw(st.booleans()) else {"nudge_b": nudge}),
        covariates=tuple(f"x{name}" for name in draw(st.lists(NAMES, max_size=2))),
        duration=draw(columns),
    )


@given(mappings())
def test_a_mapping_reads_back_as_it_was_written(mapping: Mapping) -> None:
    assert parse_mapping(to_toml(mapping)) == mapping


def test_the_mapping_of_the_demonstration_is_stable() -> None:
    text = (Path(__file__).parents[2] / "webapp/demo/mapping.toml").read_text("utf-8")
    once = to_toml(parse_mapping(text))
    assert to_toml(parse_mapping(once)) == once
