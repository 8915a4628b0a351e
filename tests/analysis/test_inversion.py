"""Intervals by test inversion: what a plain loop rejects, and what covers as it says."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.design import Contrast, Design, Outcome, two_by_two
from analysis.effects import estimate_effects
from analysis.errors import BadInput
from analysis.inversion import randomisation_intervals
from analysis.randomisation import randomisation_test

DESIGN = Design("area", "arm", [Outcome("y", "", "m", "continuous")], arms=("none", "A"))


def frame_of(n: int, seed: int, effect: float = 0.0, areas: int = 1) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({"area": np.repeat(np.arange(areas).astype(str), n)})
    frame["arm"] = np.concatenate([rng.permutation(["none", "A"] * (n // 2)) for _ in range(areas)])
    return frame.assign(y=rng.normal(size=len(frame)) + effect * (frame["arm"] == "A"))


def test_the_ends_are_where_the_test_turns() -> None:
    # By its definition: less an effect just inside the test does not reject, just outside it does.
    frame = frame_of(40, 1, 0.7, 2)
    found = randomisation_intervals(frame, DESIGN, draws=4_000).set_index("area").loc["pooled"]
    treated = (frame["arm"] == "A").astype(float)

    def p(effect: float) -> float:
        less = frame.assign(y=frame["y"] - effect * treated)
        tested = randomisation_test(less, DESIGN, draws=20_000).set_index("area")
        return tested.loc["pooled", "p_randomisation"]

    width = found["ri_high"] - found["ri_low"]
    for end in (found["ri_low"], found["ri_high"]):
        assert p(end) == pytest.approx(0.05, abs=0.012)
    assert p(found["ri_low"] + 0.1 * width) > 0.06 > 0.04 > p(found["ri_low"] - 0.1 * width)


def test_in_large_samples_it_is_the_interval_of_the_closed_form() -> None:
    frame = frame_of(2_000, 2, 0.2)
    found = randomisation_intervals(frame, DESIGN, draws=4_000).iloc[0]
    row = estimate_effects(frame, DESIGN, draws=0).iloc[0]
    close = 0.15 * row["std_error"]
    assert found["ri_low"] == pytest.approx(row["ci_low"], abs=close)
    assert found["ri_high"] == pytest.approx(row["ci_high"], abs=close)


def test_a_known_effect_is_covered_as_often_as_it_says() -> None:
    covered = []
    for seed in range(200):
        row = randomisation_intervals(frame_of(24, seed, 0.5), DESIGN, draws=199).iloc[0]
        covered.append(row["ri_low"] <= 0.5 <= row["ri_high"])
    assert np.mean(covered) >= 0.95 - 4 * np.sqrt(0.95 * 0.05 / 200)
    assert np.mean(covered) <= 1


def test_too_few_arrangements_reject_nothing_and_nothing_varies_has_none() -> None:
    few = randomisation_intervals(frame_of(4, 3), DESIGN, draws=99).iloc[0]
    assert (few["ri_low"], few["ri_high"]) == (-np.inf, np.inf)
    same = randomisation_intervals(frame_of(8, 3).assign(y=2.0), DESIGN, draws=99).iloc[0]
    assert np.isnan([same["ri_low"], same["ri_high"]]).all()


def clustered(seed: int, effect: float = 0.0, clusters: int = 24) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    sizes = rng.integers(1, 5, clusters)
    frame = pd.DataFrame({"house": np.repeat(np.arange(clusters), sizes), "area": "x"})
    arm = rng.permutation(["none", "A"] * (clusters // 2))
    frame["arm"] = np.repeat(arm, sizes)
    shared = np.repeat(rng.normal(size=clusters), sizes)
    own = 0.5 * rng.normal(size=len(frame))
    return frame.assign(y=shared + own + effect * (frame["arm"] == "A"))


def test_allocated_clusters_are_redrawn_whole() -> None:
    # By its definition again; the interval that takes no notice of clusters is too short.
    frame, design = clustered(1, 0.7, 60), replace(DESIGN, cluster="house")
    found = randomisation_intervals(frame, design, draws=4_000).iloc[0]
    treated = (frame["arm"] == "A").astype(float)

    def p(effect: float) -> float:
        less = frame.assign(y=frame["y"] - effect * treated)
        return randomisation_test(less, design, draws=20_000)["p_randomisation"].item()

    for end in (found["ri_low"], found["ri_high"]):
        assert p(end) == pytest.approx(0.05, abs=0.012)
    single = randomisation_intervals(frame, DESIGN, draws=4_000).iloc[0]
    width = found["ri_high"] - found["ri_low"]
    assert single["ri_high"] - single["ri_low"] < 0.85 * width


def test_a_known_effect_on_clusters_is_covered_as_often_as_it_says() -> None:
    design, covered = replace(DESIGN, cluster="house"), []
    for seed in range(200):
        row = randomisation_intervals(clustered(seed, 0.5), design, draws=199).iloc[0]
        covered.append(row["ri_low"] <= 0.5 <= row["ri_high"])
    assert np.mean(covered) >= 0.95 - 4 * np.sqrt(0.95 * 0.05 / 200)


def test_only_contrasts_of_two_arms_have_one() -> None:
    frame = pd.concat([frame_of(20, 4), frame_of(20, 5).replace({"none": "B", "A": "A+B"})])
    design = Design("area", "arm", DESIGN.outcomes)
    found = randomisation_intervals(frame, design, draws=50)
    assert set(found["contrast"]) == {c.name for c in two_by_two()[:2] + two_by_two()[3:7]}
    with pytest.raises(BadInput, match="level within 0 and 1"):
        randomisation_intervals(frame, design, [Contrast("x", (-1, 1, 0, 0))], level=95)
