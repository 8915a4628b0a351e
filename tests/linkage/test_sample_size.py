"""Sample sizes of a planned outcome: from shares, or from an earlier wave's no-nudge arm."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sqlite_utils import Database

from coding.errors import BadInput
from linkage import plans
from linkage.sample_size import (
    Experiment,
    Simulation,
    alike,
    control_answers,
    control_spread,
    cost,
    experiment_from,
    simulate,
    simulate_asked,
)
from linkage.study import writing
from linkage.survey import import_survey
from tests.analysis.plan.plans import HOURS, a_plan

from .test_survey import MAPPING

ARMS = ("none", "A", "B", "A+B")


def asked(**more: Any) -> dict[str, Any]:
    own = {"n": 400, "response": 0.5}
    return {
        "areas": {"east": own, "west": own}, "common": {"sd": 1.0}, "arms": ARMS,
        "effect": 0.4, "power": 0.8, "alpha": 0.05, "labels": {"east": "East"}, **more,
    }  # fmt: skip


@pytest.fixture
def experiment() -> Experiment:
    return experiment_from(asked())


@pytest.fixture
def planned(study: Database) -> Database:
    with writing(study, "ana", "plan"):
        plans.save_draft(study, 1, a_plan(outcomes=[HOURS], seed=1))
    return study


def test_tables_say_what_the_formula_says(experiment: Experiment) -> None:
    table = experiment.table((1.0,)).set_index("contrast")
    # 400 answers in all, equal arms: METHODS.md's values of n = 500 times √(500/400).
    wanted = {"A, averaged over B": 0.2506, "A alone": 0.3544, "A x B interaction": 0.5012}
    for name, value in wanted.items():
        assert table.loc[name, "detectable_effect"] == pytest.approx(
            value * np.sqrt(500 / 400), abs=1e-4
        )
    alone = experiment.by_area()
    assert alone["area"].unique().tolist() == ["east", "west"]
    assert (alone["answers"] == 200).all()


def test_equally_precise_contrasts_share_a_line(experiment: Experiment) -> None:
    groups = alike(experiment.contrasts)
    assert [len(group) for group in groups] == [2, 6, 1]
    for line in experiment.curve():
        powers = [power for _, power in line["points"]]
        assert powers == sorted(powers)


def test_shares_are_simulated_beside_the_formula(planned: Database, experiment: Experiment) -> None:
    wanted = Simulation("hours", {"A": 0.2, "A+B": 0.2}, "0: 70, 1: 10, 2: 10, 10: 10")
    found = simulate(planned, 1, experiment, wanted).set_index("contrast")
    assert found.loc["A alone", "effect"] == pytest.approx(0.2 / 0.3 * 1.3)
    assert found["power"].to_numpy() == pytest.approx(found["power_by_formula"], abs=0.05)
    assert found["answers"].unique().tolist() == [400]
    assert found["primary"].sum() == 1
    assert cost(planned, 1, experiment, wanted) == 2000 * 2 * 4 * (4 + 19)


def test_a_job_gives_the_same_as_plain_rows(planned: Database, experiment: Experiment) -> None:
    wanted = {"outcome": "hours", "changes": {"A": 0.1}, "shares": "0: 3, 2: 1", "draws": 700}
    told: list[tuple[int, int]] = []
    rows = simulate_asked(
        planned, asked=asked(wave_id=1, simulation=wanted), progress=lambda *at: told.append(at)
    )
    found = simulate(planned, 1, experiment, Simulation(**wanted))  # type: ignore[arg-type]
    assert [row["power"] for row in rows] == found["power"].to_list()
    assert told[-1] == (700, 700)


def test_the_planned_cut_of_hours_is_applied(study: Database, experiment: Experiment) -> None:
    with writing(study, "ana", "plan"):
        cut = a_plan(outcomes=[HOURS.__class__(**{**vars(HOURS), "winsor": 0.9})])
        plans.save_draft(study, 1, cut)
    wanted = Simulation("hours", {"A": 0.1}, "0: 60, 1: 35, 40: 5")
    effect = simulate(study, 1, experiment, wanted)["effect"].iloc[0]
    assert effect == pytest.approx(0.1)  # everybody above 0 counts as 1


@pytest.fixture
def answered(planned: Database, tmp_path: Path) -> Database:
    rng = np.random.default_rng(5)
    rows = [
        (i, ["east", "West"][i % 2], "c" if i % 3 else "a", (i % 2) * 2 + int(rng.integers(0, 3)))
        for i in range(300)
    ]
    frame = pd.DataFrame(rows, columns=["id", "place", "group", "h"])
    frame.to_csv(tmp_path / "a.csv", index=False)
    import_survey(planned, "1", tmp_path / "a.csv", MAPPING, actor="ana")
    return planned


def test_an_earlier_waves_control_arm_gives_the_answers(
    answered: Database, experiment: Experiment
) -> None:
    by_area = control_answers(answered, "1", "hours")
    assert {key: len(own) for key, own in by_area.items()} == {"east": 100, "west": 100}
    mean, sd = control_spread(answered, "1", "hours")
    every = np.concatenate([np.array(own) for own in by_area.values()])
    assert mean == pytest.approx(every.mean())
    within = [((np.array(own) - np.mean(own)) ** 2).sum() for own in by_area.values()]
    assert sd == pytest.approx(np.sqrt(sum(within) / 198))
    found = simulate(answered, 1, experiment, Simulation("hours", {}, from_wave="1"))
    assert found["effect"].abs().max() < 1e-12
    assert (found["power"] - 0.05).abs().max() < 4 * np.sqrt(0.05 * 0.95 / 2000)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"outcome": "nope"}, "no outcome “nope”; it has: hours"),
        ({"shares": ""}, "Give the shares"),
        ({"from_wave": "1"}, "Give the shares"),
        ({"shares": "", "from_wave": "1"}, "no answers"),
        ({"changes": {"A": 0.9}}, "too many"),
        ({"shares": "1: 2, 2: 3", "changes": {"A": 0.1}}, "must be 0"),
    ],
)
def test_what_cannot_be_simulated_is_said(
    planned: Database, experiment: Experiment, changed: dict[str, Any], said: str
) -> None:
    from analysis.errors import BadInput as BadNumbers

    values = {"outcome": "hours", "changes": {}, "shares": "0: 1, 1: 1", **changed}
    with pytest.raises((BadInput, BadNumbers), match=said):
        simulate(planned, 1, experiment, Simulation(**values))


def test_too_few_answers_an_arm_are_named_by_area(planned: Database) -> None:
    few = asked(areas={"east": {"n": 10, "response": 0.5}})
    with pytest.raises(BadInput, match="East would have fewer than 2"):
        simulate(planned, 1, experiment_from(few), Simulation("hours", {}, "0: 1, 1: 1"))
