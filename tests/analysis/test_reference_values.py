"""The values of METHODS.md ("Reference values"), computed in R with estimatr 1.0.0."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.applying import apply_mapping
from analysis.design import Design, Outcome
from analysis.effects import estimate_effects
from analysis.mapping_toml import parse_mapping
from analysis.survey_files import read_survey

NUDGE_A = '[nudge_a]\ncolumn = "{}"\ngiven = [1]\nnot_given = [0]\n'
NUDGE_B = NUDGE_A.replace("nudge_a", "nudge_b")
OUTCOME = '[[outcome]]\nkey = "y"\ncolumn = "{}"\nmeasure = "m"\nscale = "continuous"\n'


def effects(path: Path, toml: str, area: str | None = None) -> pd.DataFrame:
    mapped = apply_mapping(
        read_survey(path), parse_mapping(toml), areas={}, area=area, create_areas=True
    )
    outcome = Outcome("y", "", "m", "continuous")
    return estimate_effects(
        mapped.frame, Design("area", "arm", [outcome], arms=mapped.arms), draws=0
    )


def check(found: pd.DataFrame, contrast: str, estimate: float, error: float, **more: Any) -> None:
    row = found.set_index("contrast").loc[contrast]
    wanted = {"estimate": estimate, "std_error": error, **more}
    for name, value in wanted.items():
        assert row[name] == pytest.approx(value, abs=5e-7), name


@pytest.mark.parametrize(
    "name",
    ["survey/Cai_2015.csv", "derived/Cai_2015_labelled.sav", "derived/Cai_2015_labelled.dta"],
)
def test_cai_as_one_area_from_each_format(shared: Path, name: str) -> None:
    toml = NUDGE_A.format("default") + NUDGE_B.format("intensive") + OUTCOME.format("takeup_survey")
    found = effects(shared / "data" / name, toml, "China")
    check(found, "A alone", 0.107921, 0.037114)
    check(found, "B alone", 0.003755, 0.036574)
    check(found, "A x B interaction", -0.004630, 0.052958)
    csv = effects(shared / "data/survey/Cai_2015.csv", toml, "China")
    pd.testing.assert_frame_equal(found, csv, check_exact=True)


def test_cai_as_two_arms_within_villages(shared: Path) -> None:
    toml = 'area = "village"\n' + NUDGE_B.format("intensive") + OUTCOME.format("takeup_survey")
    found = effects(shared / "data/survey/Cai_2015.csv", toml)
    pooled = found[found["area"] == "pooled"]
    check(pooled, "B vs none", 0.010338, 0.026223, df=1320)
    assert pooled[["n_none", "n_B"]].to_numpy().sum() == 1406
    assert pooled["dropped_areas"].item() == "lusikou"
    assert found["area"].nunique() == 43 + 1 + 1  # used, dropped, pooled


def test_framing_two_by_two(shared: Path) -> None:
    toml = NUDGE_A.format("tone") + NUDGE_B.format("eth") + OUTCOME.format("immigr")
    found = effects(shared / "reference/framing_bvs2008.csv", toml, "USA")
    check(found, "A alone", 0.153992, 0.164026, p_value=0.348688)
    check(found, "B alone", -0.174366, 0.176036)
    check(found, "A x B interaction", 0.452681, 0.232809, p_value=0.052918)
    check(found, "A, averaged over B", 0.380332, 0.116404)
    check(found, "B, averaged over A", 0.051974, 0.116404)


def test_star_two_arms(shared: Path) -> None:
    toml = NUDGE_A.format("sfsp") + OUTCOME.format("GPA_year1")
    found = effects(shared / "reference/alo_star_men.csv", toml, "Canada")
    check(found, "A vs none", -0.036132, 0.158698)


def test_ggl2008_five_arms_of_344_084(shared: Path) -> None:
    # expected_values.json, ggl2008_n344084: turnout by arm and HC2, R 4.2.2 and estimatr 1.0.0.
    # A share and its error need only how many voted, so the people can be laid out anew.
    wanted = json.loads((shared / "reference/expected_values.json").read_text())["ggl2008_n344084"]
    arms = tuple(wanted["turnout"])
    voted = [round(n * p) for n, p in zip(wanted["n"], wanted["turnout"].values(), strict=True)]
    frame = pd.concat(
        pd.DataFrame({"area": "michigan", "arm": arm, "y": [1] * yes + [0] * (n - yes)})
        for arm, n, yes in zip(arms, wanted["n"], voted, strict=True)
    )
    assert len(frame) == 344_084
    outcome = Outcome("y", "", "voted", "binary")
    found = estimate_effects(frame, Design("area", "arm", [outcome], arms=arms), draws=0)
    assert found["contrast"].to_list() == [f"{arm} vs control" for arm in arms[1:]]
    for arm, (estimate, error) in wanted["HC2"].items():
        row = found.set_index("contrast").loc[f"{arm} vs control"]
        assert row["estimate"] == pytest.approx(estimate, abs=5e-12)
        assert row["std_error"] == pytest.approx(error, abs=5e-13)
    assert found["control_mean"].iloc[0] == pytest.approx(wanted["turnout"]["control"], abs=5e-11)
