"""How often tests reject what is true, and intervals cover it; `make soak` prints the table.

Many experiments are outcomes of one frame. Rejection is under no effect, coverage under one of .2.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.adjustment import adjusted_effects
from analysis.design import Contrast, Design, Outcome
from analysis.effects import estimate_effects
from analysis.missing.response_weights import weighted_by_response
from analysis.multiplicity import Family
from analysis.ordinal import odds_effects
from analysis.randomisation import randomisation_test

SAMPLES, AT_ONCE, EFFECT = 6_000, 500, 0.2
A_ALONE = Contrast("A alone", (-1, 1, 0, 0))
SETTINGS = {
    "equal arms, equal variances": ((25, 25, 25, 25), (1, 1, 1, 1)),
    "smallest arms of 20": ((20, 20, 20, 20), (1, 1, 1, 1)),
    "unequal arms, equal variances": ((60, 20, 30, 40), (1, 1, 1, 1)),
    "equal arms, unequal variances": ((30, 30, 30, 30), (1, 2, 1, 3)),
    "unequal arms, larger variance in the larger": ((80, 20, 40, 40), (3, 1, 1, 1)),
    "unequal arms, larger variance in the smaller": ((80, 20, 40, 40), (1, 3, 1, 1)),
    "200 and 60, larger variance in the smaller": ((200, 60, 60, 60), (1, 2, 1, 1)),
}
Shares = dict[str, float]


def laid_out(sizes, sds, effect: float, seed: int, areas: int = 1) -> tuple[pd.DataFrame, Design]:
    """Simulate experiments as outcomes of one frame, in each area the same sizes."""
    rng = np.random.default_rng(seed)
    arm = np.tile(np.repeat(np.asarray(["none", "A", "B", "A+B"], dtype=object), sizes), areas)
    spread = np.tile(np.repeat(np.asarray(sds, dtype=float), sizes), areas)
    y = rng.normal(size=(AT_ONCE, len(arm))) * spread + effect * (arm == "A")
    names = [f"y{i}" for i in range(AT_ONCE)]
    frame = pd.DataFrame(dict(zip(names, y, strict=True))).assign(arm=arm)
    frame["area"] = np.repeat([f"a{i}" for i in range(areas)], sum(sizes))
    return frame, Design("area", "arm", [Outcome(n, "", "m", "continuous") for n in names])


def answering(frame: pd.DataFrame, design: Design, change: Callable) -> pd.DataFrame:
    """Change all answers (rows, experiments) at once; one by one pandas warns of pieces."""
    names = [o.key for o in design.outcomes]
    values = pd.DataFrame(change(frame[names].to_numpy()), columns=names)
    return pd.concat([values, frame[["arm", "area"]]], axis=1)


def rejected_and_covered(found: Callable[[float, int], pd.DataFrame], samples: int) -> Shares:
    """Shares of pooled rows, over seeds, that reject no effect and that cover one."""
    null, small = (
        pd.concat([found(effect, seed) for seed in range(samples // AT_ONCE)])
        for effect in (0.0, EFFECT)
    )
    shares = {"rejects": float((null["p_value"] <= 0.05).mean())}
    if "p_randomisation" in null and null["p_randomisation"].notna().any():
        shares["drawn rejects"] = float((null["p_randomisation"] <= 0.05).mean())
    if "ci_low" in small:
        inside = (small["ci_low"] <= EFFECT) & (small["ci_high"] >= EFFECT)
        shares["covers"] = float(inside.mean())
    return shares


def pooled(found: pd.DataFrame) -> pd.DataFrame:
    """Keep the whole: the pooled rows, or those of the only area."""
    return found[found["area"] == "pooled"] if (found["area"] == "pooled").any() else found


def told(capsys, label: str, shares: Shares) -> None:
    """Print a row of the table."""
    figures = ", ".join(f"{name} {share:.4f}" for name, share in shares.items())
    with capsys.disabled():
        print(f"\n  {label:<58} {figures}", end="")


def within(shares: Shares) -> None:
    """Check every figure that stands in the table."""
    for name, share in shares.items():
        low, high = (0.94, 0.96) if name == "covers" else (0.04, 0.06)
        assert low <= share <= high, name


# METHODS.md takes Satterthwaite's degrees only below 20 an arm. At exactly 20, with thrice the SD
# of an arm of 80, N − arms degrees reject .0655 (measured): the rule falls short, not the code.
SHORT = pytest.mark.xfail(strict=True, raises=AssertionError, reason="df rule at 20 an arm")
HARD = "unequal arms, larger variance in the smaller"


@pytest.mark.slow
@pytest.mark.parametrize(
    "setting", [pytest.param(s, marks=SHORT if s == HARD else ()) for s in SETTINGS]
)
def test_differences_in_means_and_their_draws(setting: str, capsys) -> None:
    def found(effect: float, seed: int) -> pd.DataFrame:
        frame, design = laid_out(*SETTINGS[setting], effect, seed)
        draws = 999 if effect == 0 else 0
        return estimate_effects(frame, design, [A_ALONE], draws=draws, seed=seed, families=[])

    shares = rejected_and_covered(found, SAMPLES)
    told(capsys, setting, shares)
    if not 0.04 <= shares["drawn rejects"] <= 0.06:  # no part of what is known to fall short
        raise RuntimeError(f"the randomisation test rejects {shares['drawn rejects']}")
    within(shares)


@pytest.mark.slow
def test_pooled_over_areas(capsys) -> None:
    def found(effect: float, seed: int) -> pd.DataFrame:
        frame, design = laid_out((20, 30, 20, 20), (1, 2, 1, 1), effect, seed, areas=3)
        frame["area"] = frame["area"].where(frame.index >= 30, "a1")  # areas of unequal sizes
        draws = 499 if effect == 0 else 0
        return pooled(estimate_effects(frame, design, [A_ALONE], draws, seed, families=[]))

    shares = rejected_and_covered(found, 3_000)
    told(capsys, "pooled over three areas", shares)
    within(shares)


@pytest.mark.slow
def test_adjusted_for_a_covariate(capsys) -> None:
    def found(effect: float, seed: int) -> pd.DataFrame:
        frame, design = laid_out((40, 25, 25, 25), (1, 1.5, 1, 1), effect, seed)
        before = np.random.default_rng(seed + 99).normal(size=len(frame))
        frame = answering(frame, design, lambda y: y + 0.8 * before[:, None])
        with_before = replace(design, covariates=["before"])
        fitted = adjusted_effects(frame.assign(before=before), with_before, [A_ALONE])
        return fitted[fitted["adjusted"]]

    # The covariate is the same in all experiments of a seed, so many seeds say more than many.
    shares = rejected_and_covered(found, 6_000)
    told(capsys, "Lin's adjustment, HC2", shares)
    within(shares)


@pytest.mark.slow
def test_allocated_households(capsys) -> None:
    def found(effect: float, seed: int) -> pd.DataFrame:
        rng = np.random.default_rng(seed + 7)
        frame, design = laid_out((60, 60, 40, 40), (1, 1, 1, 1), effect, seed)
        house = np.concatenate([np.sort(rng.integers(0, 25, n)) for n in (60, 60, 40, 40)])
        house = pd.factorize(frame["arm"] + house.astype(str))[0]
        shared = rng.normal(size=(house.max() + 1, AT_ONCE))[house]
        frame = answering(frame, design, lambda y: y + shared)
        clustered, whole = replace(design, cluster="house"), frame.assign(house=house)
        fitted = adjusted_effects(whole, clustered, [A_ALONE])
        if effect == 0:
            drawn = randomisation_test(whole, clustered, [A_ALONE], 499, seed)
            fitted["p_randomisation"] = drawn["p_randomisation"].to_numpy()
        return fitted

    shares = rejected_and_covered(found, 6_000)
    told(capsys, "households of unequal sizes, CR2 and draws of them", shares)
    within(shares)


@pytest.mark.slow
def test_odds_of_five_answers(capsys) -> None:
    def found(effect: float, seed: int) -> pd.DataFrame:
        frame, design = laid_out((60, 40, 40, 40), (1, 1, 1, 1), 0.0, seed)
        frame = answering(frame, design, lambda y: np.digitize(y, [-1, 0, 0.5, 1.2]).astype(float))
        every = [odds_effects(frame, design, o, [A_ALONE]) for o in design.outcomes]
        return pooled(pd.concat(every)).drop(columns=["ci_low", "ci_high"], errors="ignore")

    shares = rejected_and_covered(found, 1_500)
    told(capsys, "proportional odds of five answers", shares)
    within(shares)


@pytest.mark.slow
def test_families_are_kept_whole(capsys) -> None:
    hits = []
    for seed in range(4):
        frame, design = laid_out((25, 30, 25, 25), (1, 1.5, 1, 1), 0.0, seed)
        names = [o.key for o in design.outcomes]
        frame = answering(frame, design, lambda y: y + np.repeat(y[:, ::5], 5, axis=1))  # in fives
        fives = [names[i : i + 5] for i in range(0, AT_ONCE, 5)]
        families = [
            Family(five[0], tuple(("pooled", n, A_ALONE.name) for n in five)) for five in fives
        ]
        found = estimate_effects(frame, design, [A_ALONE], 999, seed, families=families)
        hits.append(found.groupby("family")[["p_maxt", "p_holm"]].min() <= 0.05)
    shares = pd.concat(hits).mean()
    told(capsys, "any of five related outcomes, by maxT", {"rejects": shares["p_maxt"]})
    told(capsys, "any of five related outcomes, by Holm", {"rejects": shares["p_holm"]})
    assert 0.03 <= shares["p_maxt"] <= 0.07  # of 400 families: a standard error of .011
    assert shares["p_holm"] <= 0.06


@pytest.mark.slow
def test_weights_for_those_who_answered_err_to_the_wide_side(capsys) -> None:
    def found(effect: float, seed: int) -> pd.DataFrame:
        frame, design = laid_out((60, 60, 40, 40), (1, 1, 1, 1), effect, seed)
        rng = np.random.default_rng(seed + 5)
        before = rng.normal(size=len(frame))
        chance = 1 / (1 + np.exp(-1.2 - before[:, None]))
        there = rng.random((len(frame), AT_ONCE)) < chance
        frame = answering(
            frame, design, lambda y: np.where(there, y + 0.5 * before[:, None], np.nan)
        )
        return weighted_by_response(
            frame.assign(before=before), replace(design, covariates=["before"]), [A_ALONE]
        )

    shares = rejected_and_covered(found, 1_500)
    told(capsys, "weights for those who answered", shares)
    assert shares["rejects"] <= 0.065
    assert shares["covers"] >= 0.94
