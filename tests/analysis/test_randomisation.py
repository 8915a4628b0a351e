"""Randomisation inference equals a plain loop, scipy, and what was computed in R."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.adjustment import adjusted_effects
from analysis.design import TWO_BY_TWO_ARMS, Contrast, Design, Outcome, two_by_two
from analysis.effects import estimate_effects
from analysis.errors import BadInput
from analysis.multiplicity import Family, default_families
from analysis.randomisation import randomisation_test
from analysis.randomisation import testing as room
from analysis.randomisation.counting import TIE

OUTCOMES = [Outcome("y", "", "m", "ordinal"), Outcome("z", "", "m", "continuous")]
DESIGN = Design("area", "arm", OUTCOMES)
CONTRASTS = [two_by_two()[i] for i in (0, 2, 7)]


def frame_of(sizes: Sequence[int], seed: int, missing: float = 0.0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    arm = np.tile(np.repeat(np.asarray(TWO_BY_TWO_ARMS, dtype=object), sizes), 2)
    n = len(arm)
    frame = pd.DataFrame({"area": np.repeat(["east", "west"], n // 2), "arm": arm})
    frame["y"] = np.where(rng.random(n) < missing, np.nan, rng.integers(1, 4, n))
    frame["z"] = np.where(rng.random(n) < missing, np.nan, rng.exponential(size=n))
    return frame


def plain_statistic(frame: pd.DataFrame, key: str, arms: np.ndarray, weights) -> float:
    """Studentised contrast over areas, by loops over areas and arms: what ours must equal."""
    total = variance = answers = 0.0
    for area in frame["area"].unique():
        here = (frame["area"] == area).to_numpy() & frame[key].notna().to_numpy()
        y, of = frame[key].to_numpy()[here], arms[here]
        groups = [y[of == k] for k in range(len(weights))]
        used = [(c, g) for c, g in zip(weights, groups, strict=True) if c]
        if min(len(g) for _, g in used) < 2:
            continue
        total += len(y) * sum(c * g.mean() for c, g in used)
        variance += len(y) ** 2 * sum(c**2 * g.var(ddof=1) / len(g) for c, g in used)
        answers += len(y)
    if answers == 0 or (variance < 1e-20 and abs(total) > 1e-9):
        return np.inf
    return total / np.sqrt(variance) if variance >= 1e-20 else np.nan


@settings(max_examples=25)
@given(
    st.lists(st.integers(2, 6), min_size=4, max_size=4),
    st.integers(0, 10**6),
    st.sampled_from([0.0, 0.2]),
)
def test_the_same_permutations_equal_a_plain_loop_exactly(sizes, seed, missing) -> None:
    frame = frame_of(sizes, seed, missing)
    codes = np.asarray([TWO_BY_TWO_ARMS.index(arm) for arm in frame["arm"]])
    rng = np.random.default_rng(seed)
    half = len(codes) // 2
    drawn = np.stack(
        [np.r_[rng.permutation(codes[:half]), rng.permutation(codes[half:])] for _ in range(30)]
    )
    found = randomisation_test(frame, DESIGN, CONTRASTS, permutations=drawn)
    places = {a: frame["area"] == a for a in ("east", "west")} | {"pooled": frame["area"] != ""}
    for row in found.to_dict("records"):
        here = places[row["area"]].to_numpy()
        weights = next(c.weights for c in CONTRASTS if c.name == row["contrast"])
        part = frame[here]
        seen = plain_statistic(part, row["outcome"], codes[here], weights)
        if not np.isfinite(seen):
            assert np.isnan(row["p_randomisation"])
            continue
        redrawn = [plain_statistic(part, row["outcome"], d[here], weights) for d in drawn]
        extreme = sum(abs(np.nan_to_num(t, posinf=np.inf)) >= abs(seen) - TIE for t in redrawn)
        assert row["statistic"] == pytest.approx(seen, rel=1e-9, abs=1e-12)
        assert row["p_randomisation"] == (extreme + 1) / 31


def test_gerber_and_green_table_2_2() -> None:
    # METHODS.md, "Reference values": seven villages, ri2 0.5.1 and by enumeration.
    frame = pd.DataFrame({"area": "India", "y": [15, 15, 20, 20, 10, 15, 30]})
    frame["arm"] = ["A", "none", "none", "none", "none", "none", "A"]
    design = Design("area", "arm", OUTCOMES[:1], arms=("none", "A"))
    (raw,) = randomisation_test(frame, design, raw=True).to_dict("records")
    assert (raw["statistic"], raw["draws"], raw["exact"]) == (6.5, 21, True)
    assert raw["p_randomisation"] == pytest.approx(0.380952, abs=5e-7)
    assert raw["p_upper"] == pytest.approx(0.238095, abs=5e-7)
    assert raw["p_lower"] == pytest.approx(0.904762, abs=5e-7)
    (found,) = randomisation_test(frame, design).to_dict("records")
    assert found["p_randomisation"] == pytest.approx(0.571, abs=5e-4)
    assert found["monte_carlo_error"] == 0
    assert pd.isna(found["seed"])


def framing(shared: Path) -> tuple[pd.DataFrame, Design]:
    frame = pd.read_csv(shared / "reference/framing_bvs2008.csv").assign(area="USA")
    names = {(0, 0): "none", (1, 0): "A", (0, 1): "B", (1, 1): "A+B"}
    frame["arm"] = [names[pair] for pair in zip(frame["tone"], frame["eth"], strict=True)]
    return frame, Design("area", "arm", [Outcome("immigr", "", "m", "ordinal")])


@pytest.mark.parametrize("raw", [True, False])
@pytest.mark.parametrize("joint", [True, False])
def test_framing_p_values_are_those_of_a_million_draws_in_r(shared, raw, joint) -> None:
    # METHODS.md: RI p, 10⁶ draws, raw / studentised; accept ±4√(p(1−p)/R).
    frame, design = framing(shared)
    if joint:  # a second outcome in one family makes the draws joint ones
        design = replace(design, outcomes=[*design.outcomes, Outcome("emo", "", "m", "ordinal")])
    wanted = [(0.3670, 0.3486), (0.3021, 0.3228), (0.0564, 0.0550)]
    contrasts, draws = two_by_two()[:3], 20_000
    families = default_families(design.outcomes, contrasts) if joint else ()
    found = randomisation_test(frame, design, contrasts, draws, 7, raw=raw, families=families)
    p = found.loc[found["outcome"] == "immigr", "p_randomisation"].to_numpy()
    for one, pair in zip(p, wanted, strict=True):
        expected = pair[0 if raw else 1]
        assert abs(one - expected) <= 4 * np.sqrt(expected * (1 - expected) / draws)


def test_two_arms_raw_equal_scipy() -> None:
    from scipy.stats import permutation_test

    rng = np.random.default_rng(3)
    frame = pd.DataFrame({"area": "x", "arm": ["none"] * 5 + ["A"] * 4, "y": rng.normal(size=9)})
    design = Design("area", "arm", OUTCOMES[:1], arms=("none", "A"))
    groups = [frame.loc[frame["arm"] == arm, "y"] for arm in ("A", "none")]
    theirs = permutation_test(groups, lambda x, y: x.mean() - y.mean(), n_resamples=np.inf)
    (ours,) = randomisation_test(frame, design, raw=True).to_dict("records")
    extreme = np.abs(theirs.null_distribution) >= abs(theirs.statistic) - 1e-9
    assert ours["p_randomisation"] == pytest.approx(extreme.mean(), abs=1e-12)
    assert ours["draws"] == 126


@pytest.mark.parametrize("missing", [0.0, 0.15])
def test_tables_and_shuffles_agree_within_their_error(monkeypatch, missing) -> None:
    frame = frame_of([40, 50, 60, 45], 5, missing)
    design, draws = replace(DESIGN, outcomes=OUTCOMES[:1]), 20_000
    monkeypatch.setattr(room, "are_cheaper", lambda *_: [])
    shuffles = randomisation_test(frame, design, CONTRASTS, draws, 1)
    monkeypatch.setattr(room, "are_cheaper", lambda units, outcomes, arms: outcomes)
    tables = randomisation_test(frame, design, CONTRASTS, draws, 1)
    p, q = shuffles["p_randomisation"].to_numpy(), tables["p_randomisation"].to_numpy()
    assert (p != q).any()  # drawn in another way
    assert (np.abs(p - q) <= 4 * np.sqrt(2 * p * (1 - p) / draws)).all()
    np.testing.assert_array_equal(shuffles["statistic"], tables["statistic"])


def test_results_do_not_depend_on_the_processors_or_the_rows_left_out(monkeypatch) -> None:
    frame = frame_of([12, 15, 14, 13], 6, 0.1)
    first = randomisation_test(frame, DESIGN, CONTRASTS, 600, 3)
    monkeypatch.setattr("analysis.randomisation.counting.os.cpu_count", lambda: 1)
    again = randomisation_test(frame, DESIGN, CONTRASTS, 600, 3)
    pd.testing.assert_frame_equal(first, again, check_exact=True)
    lost = pd.concat([frame, frame.assign(arm=None)], ignore_index=True)
    more = randomisation_test(lost, DESIGN, CONTRASTS, 600, 3)
    pd.testing.assert_frame_equal(first, more, check_exact=True)
    other = randomisation_test(frame, DESIGN, CONTRASTS, 600, 4)
    assert (other["p_randomisation"] != first["p_randomisation"]).any()


def test_small_areas_are_enumerated_beside_drawn_ones() -> None:
    small = frame_of([2, 2, 0, 0], 1).query("area == 'east'").assign(area="small")
    frame = pd.concat([small, frame_of([20, 20, 20, 20], 2)], ignore_index=True)
    found = randomisation_test(frame, DESIGN, CONTRASTS[:1], 500, 0).set_index(["area", "outcome"])
    assert found.loc[("small", "z"), ["draws", "exact"]].to_list() == [6, True]
    assert found.loc[("east", "z"), ["draws", "exact"]].to_list() == [500, False]
    y = small["z"].to_numpy()
    every = [
        abs(plain_statistic(small, "z", np.isin(range(4), pair).astype(int), (-1, 1, 0, 0)))
        for pair in itertools.combinations(range(4), 2)
    ]
    seen = abs(found.loc[("small", "z"), "statistic"])
    assert found.loc[("small", "z"), "p_randomisation"] == np.mean(np.asarray(every) >= seen - TIE)
    assert len(set(y)) == 4


def test_clusters_that_were_allocated_whole_move_whole() -> None:
    frame = pd.DataFrame(
        {"area": "x", "house": list("aabbccdd"), "z": [0, 0.1, 0, 0, 5, 5.2, 5, 6]}
    )
    frame["arm"] = ["none"] * 4 + ["A"] * 4
    design = replace(DESIGN, outcomes=OUTCOMES[1:], arms=("none", "A"), cluster="house")
    (row,) = randomisation_test(frame, design).to_dict("records")
    assert (row["draws"], row["p_randomisation"]) == (6, 2 / 6)
    (single,) = randomisation_test(frame, replace(design, cluster=None)).to_dict("records")
    assert (single["draws"], single["p_randomisation"]) == (70, 2 / 70)
    mixed = frame.assign(arm=["none", "A"] * 4)
    assert randomisation_test(mixed, design)["draws"].item() == 70
    apart = frame.assign(area=["x", "y"] * 4)
    with pytest.raises(BadInput, match="more than one area or stratum"):
        randomisation_test(apart, design)


def clustered(seed: int, missing: float) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    sizes = np.resize(rng.integers(1, 6, 24), 24)
    frame = pd.DataFrame({"house": np.repeat(np.arange(24), sizes)})
    frame["area"] = np.where(frame["house"] < 12, "x", "y")
    arms = np.concatenate([rng.permutation(np.resize(TWO_BY_TWO_ARMS, 12)) for _ in range(2)])
    frame["arm"] = arms[frame["house"]]
    for key in ("y", "z"):
        answers = rng.integers(1, 6, len(frame)) if key == "y" else rng.normal(size=len(frame))
        frame[key] = np.where(rng.random(len(frame)) < missing, np.nan, answers)
    return frame


@pytest.mark.parametrize("missing", [0.0, 0.2])
@pytest.mark.parametrize("seed", range(4))
def test_of_allocated_clusters_the_statistic_is_the_estimate_over_its_cr2_error(
    seed, missing
) -> None:
    # The oracle is the matrix formula of Bell and McCaffrey in `adjusted_effects`.
    frame, design = clustered(seed, missing), replace(DESIGN, cluster="house")
    drawn = randomisation_test(frame, design, CONTRASTS, 50)
    fitted = adjusted_effects(frame, design, CONTRASTS)
    keys = ["area", "outcome", "contrast"]
    both = drawn.merge(fitted, on=keys)
    assert len(both) == len(drawn) == 18
    t = both["estimate"] / both["std_error"]
    np.testing.assert_allclose(both["statistic"], t, rtol=1e-9)


def test_given_permutations_that_keep_clusters_whole_equal_a_plain_loop_of_cr2() -> None:
    frame, design = clustered(5, 0.1), replace(DESIGN, cluster="house")
    house, rng = frame["house"].to_numpy(), np.random.default_rng(1)
    allocated = frame.groupby("house")["arm"].first().map(TWO_BY_TWO_ARMS.index).to_numpy()
    drawn = [np.r_[rng.permutation(allocated[:12]), rng.permutation(allocated[12:])][house]
             for _ in range(20)]  # fmt: skip
    found = randomisation_test(frame, design, CONTRASTS, permutations=np.stack(drawn))
    loop = []
    for codes in drawn:
        again = frame.assign(arm=np.asarray(TWO_BY_TWO_ARMS)[codes])
        fitted = adjusted_effects(again, design, CONTRASTS)
        loop.append((fitted["estimate"] / fitted["std_error"]).fillna(np.inf).to_numpy())
    seen = adjusted_effects(frame, design, CONTRASTS)
    observed = np.abs(seen["estimate"] / seen["std_error"]).to_numpy()
    extreme = (np.abs(loop) >= observed - TIE).sum(axis=0)
    p = seen.assign(p=(extreme + 1) / 21).merge(found, on=["area", "outcome", "contrast"])
    np.testing.assert_array_equal(p["p_randomisation"], p["p"])


def test_max_t_equals_a_plain_step_down_and_one_member_changes_nothing() -> None:
    # Westfall and Young 1993, algorithm 4.1, by hand from the statistics of each permutation.
    frame = frame_of([9, 9, 9, 9], 8)
    codes = np.asarray([TWO_BY_TWO_ARMS.index(arm) for arm in frame["arm"]])
    rng = np.random.default_rng(0)
    drawn = np.stack(
        [np.r_[rng.permutation(codes[:36]), rng.permutation(codes[36:])] for _ in range(60)]
    )
    members = [("pooled", o.key, c.name) for o in OUTCOMES for c in CONTRASTS]
    found = randomisation_test(
        frame, DESIGN, CONTRASTS, permutations=drawn, families=[Family("all", members)]
    )
    rows = found[found["area"] == "pooled"].reset_index(drop=True)
    weights = {c.name: c.weights for c in CONTRASTS}
    redrawn = np.abs(
        [
            [plain_statistic(frame, r["outcome"], d, weights[r["contrast"]]) for d in drawn]
            for r in rows.to_dict("records")
        ]
    )
    seen, worst, p = np.abs(rows["statistic"].to_numpy()), 0.0, {}
    order = np.argsort(-seen)
    for i, row in enumerate(order):
        largest = redrawn[order[i:]].max(axis=0)
        worst = max(worst, ((largest >= seen[row] - TIE).sum() + 1) / 61)
        p[row] = worst
    np.testing.assert_allclose(rows["p_maxt"], [p[i] for i in range(len(rows))], rtol=1e-12)
    assert (rows["p_maxt"] >= rows["p_randomisation"]).all()
    alone = randomisation_test(
        frame, DESIGN, CONTRASTS, permutations=drawn, families=[Family("one", members[:1])]
    )
    one = alone.query("family == 'one'")
    assert one["p_maxt"].item() == one["p_randomisation"].item()


@pytest.mark.parametrize("size", [1e160, 2e307])
def test_answers_too_large_to_square_have_no_p(size: float) -> None:
    frame = frame_of([30, 30, 30, 30], 2)
    found = randomisation_test(frame.assign(z=frame["z"] * size), DESIGN, CONTRASTS, 20, 0)
    assert found.loc[found["outcome"] == "z", "p_randomisation"].isna().all()
    assert found.loc[found["outcome"] == "y", "p_randomisation"].notna().all()


def test_a_constant_and_an_absent_outcome_have_rows_without_p() -> None:
    frame = frame_of([5, 5, 5, 5], 2).assign(y=0.1, z=np.nan)
    found = estimate_effects(frame, DESIGN, CONTRASTS, draws=50)
    assert len(found) == 2 * 3 * 3
    assert found[["p_randomisation", "p_maxt", "p_holm", "draws"]].isna().all(axis=None)


def test_permutations_that_do_not_fit_are_refused() -> None:
    frame = frame_of([5, 5, 5, 5], 2)
    for wrong, words in (
        (np.zeros((3, 7), dtype=int), "shape"),
        (np.full((3, 40), 4), "arm codes from 0 to 3"),
    ):
        with pytest.raises(BadInput, match=words):
            randomisation_test(frame, DESIGN, permutations=wrong)


def test_strata_are_permuted_apart_and_waves_too() -> None:
    frame = frame_of([4, 4, 0, 0], 4).assign(sex=list("ffffmmmm") * 2, wave=1)
    design = replace(DESIGN, strata=["sex"], wave="wave", outcomes=OUTCOMES[1:])
    both = pd.concat([frame, frame.assign(wave=2)])
    found = randomisation_test(both.assign(arm=["none", "A"] * 16), design, CONTRASTS[:1], raw=True)
    assert found["wave"].to_list() == [1] * 3 + [2] * 3
    assert found.loc[found["area"] == "east", "draws"].to_list() == [36, 36]


def test_a_five_arm_design_of_any_names_is_tested() -> None:
    arms = ("control", "civic", "hawthorne", "self", "neighbors")
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({"area": "x", "arm": rng.choice(arms, 800)})
    frame["y"] = rng.random(800) < np.where(frame["arm"] == "neighbors", 0.55, 0.3)
    found = randomisation_test(frame, Design("area", "arm", OUTCOMES[:1], arms=arms), draws=999)
    p = found.set_index("contrast")["p_randomisation"]
    assert p["neighbors vs control"] == 1 / 1000
    assert list(p.index) == [f"{arm} vs control" for arm in arms[1:]]


def test_a_contrast_of_its_own_may_be_tested() -> None:
    frame = frame_of([6, 6, 6, 6], 9)
    own = Contrast("any", (-1, 1 / 3, 1 / 3, 1 / 3))
    assert randomisation_test(frame, DESIGN, [own], 99)["p_randomisation"].between(0.01, 1).all()
