"""How often tests reject what is true, and intervals cover it; `make soak` prints the table."""

import numpy as np
import pandas as pd
import pytest

from analysis.design import Contrast, Design, Outcome
from analysis.effects import estimate_effects

SAMPLES, AT_ONCE = 6_000, 1_000
A_ALONE = Contrast("A alone", (-1, 1, 0, 0))
SETTINGS = {
    "equal arms, equal variances": ((25, 25, 25, 25), (1, 1, 1, 1)),
    "unequal arms, equal variances": ((60, 20, 30, 40), (1, 1, 1, 1)),
    "equal arms, unequal variances": ((30, 30, 30, 30), (1, 2, 1, 3)),
    "unequal arms, larger variance in the smaller": ((80, 20, 40, 40), (1, 3, 1, 1)),
}


def sample(sizes: tuple[int, ...], sds: tuple[int, ...], effect: float, seed: int) -> pd.DataFrame:
    """Simulate many experiments as outcomes of one frame, and estimate them all."""
    rng = np.random.default_rng(seed)
    arm = np.repeat(np.asarray(["none", "A", "B", "A+B"], dtype=object), sizes)
    spread = np.repeat(np.asarray(sds, dtype=float), sizes)
    y = rng.normal(size=(AT_ONCE, len(arm))) * spread + effect * (arm == "A")
    names = [f"y{i}" for i in range(AT_ONCE)]
    frame = pd.DataFrame(dict(zip(names, y, strict=True))).assign(area="x", arm=arm)
    design = Design("area", "arm", [Outcome(n, "", "m", "continuous") for n in names])
    return estimate_effects(frame, design, [A_ALONE], draws=999, seed=seed, families=[])


# METHODS.md takes Satterthwaite's degrees only below 20 an arm. At exactly 20, with thrice the SD
# of an arm of 80, N − arms degrees reject .0655 (measured): the rule falls short, not the code.
SHORT = pytest.mark.xfail(strict=True, raises=AssertionError, reason="df rule at 20 an arm")
HARD = "unequal arms, larger variance in the smaller"


@pytest.mark.slow
@pytest.mark.parametrize(
    "setting", [pytest.param(s, marks=SHORT if s == HARD else ()) for s in SETTINGS]
)
def test_tests_reject_and_intervals_cover_as_often_as_they_say(setting: str, capsys) -> None:
    sizes, sds = SETTINGS[setting]
    found = {
        effect: pd.concat([sample(sizes, sds, effect, s) for s in range(SAMPLES // AT_ONCE)])
        for effect in (0.0, 0.2)
    }
    null, small = found[0.0], found[0.2]
    closed = (null["p_value"] <= 0.05).mean()
    drawn = (null["p_randomisation"] <= 0.05).mean()
    covered = ((small["ci_low"] <= 0.2) & (small["ci_high"] >= 0.2)).mean()
    with capsys.disabled():
        print(f"\n{setting}: HC2 rejects {closed:.4f}, drawn {drawn:.4f}, covers {covered:.4f}")
    if not 0.04 <= drawn <= 0.06:  # no part of what is known to fall short
        raise RuntimeError(f"the randomisation test rejects {drawn}")
    assert 0.04 <= closed <= 0.06
    assert 0.94 <= covered <= 0.96
