"""The omnibus p of balance, against every arrangement there is and against its formula."""

from itertools import permutations, product

import numpy as np
import pandas as pd
import pytest

from analysis.balance import balance, balance_by_place
from analysis.design import Design

ARMS = ("none", "A")
DESIGN = Design("area", "arm", [], covariates=["x", "z"], arms=ARMS)


def frame_of(areas: int, people: int, seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    n = areas * people
    frame = pd.DataFrame({"area": np.repeat([f"a{i}" for i in range(areas)], people)})
    frame["arm"] = np.tile(["none", "A"], n // 2)
    return frame.assign(x=rng.normal(size=n), z=rng.integers(0, 3, n).astype(float))


def distance(x: np.ndarray, area: np.ndarray, arm: np.ndarray) -> float:
    """Σ over areas of n₁n₀/n · d'S⁻¹d with d the difference of the means, S within areas."""
    inside = x - np.stack([x[area == a].mean(axis=0) for a in area])
    inverse = np.linalg.inv(inside.T @ inside / len(x))
    total = 0.0
    for a in np.unique(area):
        one, two = x[(area == a) & (arm == "A")], x[(area == a) & (arm == "none")]
        d = one.mean(axis=0) - two.mean(axis=0)
        total += len(one) * len(two) / (len(one) + len(two)) * float(d @ inverse @ d)
    return total


@pytest.mark.parametrize("seed", range(4))
def test_the_statistic_is_the_formula_and_p_that_of_every_arrangement(seed: int) -> None:
    frame = frame_of(2, 6, seed)
    x, area = frame[["x", "z"]].to_numpy(), frame["area"].to_numpy()
    test = balance(frame, DESIGN, 4_000, seed)[1].iloc[0]
    observed = distance(x, area, frame["arm"].to_numpy())
    assert test["statistic"] == pytest.approx(observed)
    ways = sorted(set(permutations(["none", "A"] * 3)))
    every = [distance(x, area, np.asarray([*one, *two])) for one, two in product(ways, ways)]
    exact = np.mean(np.asarray(every) >= observed * (1 - 1e-9))
    assert abs(test["p_randomisation"] - exact) < 4 * np.sqrt(exact * (1 - exact) / 4_000) + 1e-3


def test_clusters_are_permuted_whole() -> None:
    frame = frame_of(1, 12, 3)
    frame["home"] = np.repeat(np.arange(6), 2)
    frame["arm"] = np.repeat(["none", "A"] * 3, 2)
    design = Design("area", "arm", [], cluster="home", covariates=["x", "z"], arms=ARMS)
    test = balance(frame, design, 3_000)[1].iloc[0]
    x, area = frame[["x", "z"]].to_numpy(), frame["area"].to_numpy()
    observed = distance(x, area, frame["arm"].to_numpy())
    ways = sorted(set(permutations(["none", "A"] * 3)))
    every = [distance(x, area, np.repeat(one, 2)) for one in ways]
    exact = np.mean(np.asarray(every) >= observed * (1 - 1e-9))
    assert test["statistic"] == pytest.approx(observed)
    assert abs(test["p_randomisation"] - exact) < 4 * np.sqrt(exact * (1 - exact) / 3_000) + 1e-3


def test_each_area_has_its_own_test_and_all_together_the_last() -> None:
    frame = frame_of(3, 40, 1)
    frame.loc[(frame["area"] == "a1") & (frame["arm"] == "A"), "x"] += 3
    differences, tests = balance_by_place(frame, DESIGN, 400)
    assert tests["area"].tolist() == ["a0", "a1", "a2", "pooled"]
    assert tests["n"].tolist() == [40, 40, 40, 120]
    assert tests.set_index("area")["p_randomisation"]["a1"] == 1 / 401
    assert set(differences["area"]) == {"a0", "a1", "a2", "pooled"}
    whole = balance(frame, DESIGN, 400)[1]
    assert whole["statistic"].item() == pytest.approx(tests["statistic"][:3].sum())


def test_p_is_uniform_where_nothing_is_amiss() -> None:
    found = []
    for seed in range(200):
        frame = frame_of(2, 20, seed)
        rng = np.random.default_rng([seed, 1])
        for area in ("a0", "a1"):
            here = frame["area"] == area
            frame.loc[here, "arm"] = rng.permutation(frame.loc[here, "arm"])
        found.append(balance(frame, DESIGN, 99, seed)[1]["p_randomisation"].item())
    assert 0.02 <= np.mean(np.asarray(found) <= 0.05) <= 0.09
    assert 0.42 < np.mean(found) < 0.58
