"""A plan as TOML reads back the same, and what is wrong with one is named."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import BadInput
from analysis.plan import Exclusion, Plan, PlannedFamily, PlannedOutcome, from_json, to_json
from analysis.plan.planning import FURTHER, GROUP_MEMBERS, contrasts_of
from analysis.plan.toml import from_toml, to_toml

from .plans import a_plan

# What one line of text may hold (`analysis.errors.check_line`).
LINE = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufffe\uffff"),
    min_size=1, max_size=12,
)  # fmt: skip
NUMBER = st.none() | st.floats(0.01, 100)


@st.composite
def plans(draw: Any) -> Plan:
    arms = draw(
        st.just(["none", "A", "B", "A+B"]) | st.lists(LINE, min_size=2, max_size=4, unique=True)
    )
    names = [contrast.name for contrast in contrasts_of(arms)]
    contrasts = draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
    keys = draw(st.lists(LINE, min_size=1, max_size=3, unique=True))
    outcomes = [
        PlannedOutcome(key, draw(LINE), draw(LINE), "hours", draw(st.booleans()),
                       *draw(st.sampled_from([(None, None), (0, 5), (-1.5, 2)])), draw(NUMBER),
                       draw(st.sampled_from([None, 0.9, 0.99])))
        for key in keys
    ]  # fmt: skip
    areas = draw(st.lists(LINE.filter(lambda a: a != "pooled"), min_size=1, unique=True))
    families = [PlannedFamily(draw(LINE), tuple(contrasts), (keys[0],), (areas[0], "pooled"))]
    return a_plan(
        arms=arms, areas=areas, issues=draw(st.lists(LINE, unique=True)), outcomes=outcomes,
        primary_contrast=contrasts[0], contrasts=contrasts,
        families=draw(st.sampled_from([[], families])),
        covariates=draw(st.lists(LINE, unique=True)), subgroups=draw(st.lists(LINE, unique=True)),
        exclusions=[Exclusion(draw(LINE), (draw(LINE),), draw(st.just("") | LINE))],
        group_members=draw(st.sampled_from(GROUP_MEMBERS)),
        further=draw(st.lists(st.sampled_from(FURTHER), unique=True)),
        draws=draw(st.integers(0, 1_000_000)), seed=draw(st.integers(0, 2**63 - 1)),
        notes=draw(LINE | st.just("two\nlines")),
    )  # fmt: skip


@given(plans())
def test_every_plan_reads_back_from_toml_and_from_json(plan: Plan) -> None:
    assert from_toml(to_toml(plan)) == plan
    assert from_json(to_json(plan)) == plan
    assert to_json(from_toml(to_toml(plan))) == to_json(plan)


TOP = """arms = ["none", "A"]
areas = ["east"]
issues = ["health"]
primary_contrast = "A vs none"
contrasts = ["A vs none"]
"""
OUTCOME = '[[outcome]]\nkey = "h"\nissue = "health"\nmeasure = "m"\nscale = "hours"\n'


def test_whole_numbers_and_decimals_are_one_plan() -> None:
    one, other = (from_toml(f"{TOP}{OUTCOME}sesoi = {n}\n") for n in ("2", "2.0"))
    assert to_json(one) == to_json(other)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "“arms” is missing"),
        ("arms = [", "not valid TOML"),
        ("arms = " + "[" * 3000, "not valid TOML"),
        (f"seed = {'9' * 5000}\n", "not valid TOML"),
        (TOP.replace('["east"]', '"east"') + OUTCOME, "“areas” in the plan must be a list"),
        (TOP.replace('"A"]', "1]") + OUTCOME, "“arms” in the plan must be a list of texts"),
        (f"draws = 10.5\n{TOP}{OUTCOME}", "“draws” in the plan must be a whole number"),
        (f"draws = true\n{TOP}{OUTCOME}", "must be a whole number"),
        (f"{TOP}{OUTCOME}primary = 1\n", "must be true or false"),
        (f'{TOP}{OUTCOME}low = "1"\n', "must be a number"),
        (f"{TOP}{OUTCOME}sesoi = inf\n", "finite"),
        (f"{TOP}{OUTCOME}sesoi = nan\n", "finite"),
        (f"{TOP}{OUTCOME}wrong = 1\n", "“wrong” in outcomes is unknown"),
        (TOP + OUTCOME.replace("[[outcome]]", "[outcome]"), "double brackets"),
        (f'{TOP}{OUTCOME}[[family]]\nname = "f"\ncontrasts = []\noutcomes = ["h"]\n', "needs a"),
        (f'{TOP}{OUTCOME}[[exclusion]]\ncolumn = "c"\nvalues = []\n', "Say which values"),
        (TOP.replace('["east"]', '["east", "east"]') + OUTCOME, "twice"),
        (TOP.replace('["east"]', '["a\\u0000b"]') + OUTCOME, "control characters"),
    ],
    ids=range(18),
)
def test_what_is_wrong_with_a_text_is_named(text: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        from_toml(text)
