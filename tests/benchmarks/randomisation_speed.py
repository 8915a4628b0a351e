"""Randomisation inference beside a statsmodels formula loop and scipy's permutation_test."""

import os
import resource
import sys
import time
import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.design import TWO_BY_TWO_ARMS, Contrast, Design, Outcome, two_by_two
from analysis.multiplicity import default_families
from analysis.randomisation import randomisation_test

DRAWS, OUTCOMES, AREAS = 10_000, 18, 4
THREE = two_by_two()[:3]


def frame_of(n: int, outcomes: int = OUTCOMES, few: bool = False) -> tuple[pd.DataFrame, Design]:
    """Twelve ordinal outcomes to six of hours with a decimal, missing in a twentieth.

    `few`: all of them ordinal, which may be drawn as tables, one outcome at a time.
    """
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({"area": np.repeat(np.arange(AREAS).astype(str), n // AREAS)})
    labels = np.resize(np.asarray(TWO_BY_TWO_ARMS, dtype=object), n // AREAS)
    frame["arm"] = np.concatenate([rng.permutation(labels) for _ in range(AREAS)])
    for i in range(outcomes):
        hours = np.round(rng.exponential(3, n).clip(max=20), 1)
        answers = rng.integers(1, 6, n).astype(float) if i % 3 or few else hours
        frame[f"y{i}"] = np.where(rng.random(n) < 0.05, np.nan, answers)
    named = [Outcome(f"y{i}", "", "m", "continuous") for i in range(outcomes)]
    return frame, Design("area", "arm", named)


def timed(label: str, run: Callable[[], object]) -> float:
    """Print wall and processor seconds; returns the latter, which other work disturbs less."""
    wall, cpu = time.perf_counter(), time.process_time()
    run()
    wall, taken = time.perf_counter() - wall, time.process_time() - cpu
    print(f"  {label}: {wall:.2f} s wall, {taken:.2f} s processor")
    return taken


def formula_loop(frame: pd.DataFrame, fits: int = 60) -> float:
    """Processor seconds of a permuted statsmodels fit, which gives three contrasts at once."""
    import statsmodels.formula.api as smf

    part = frame[frame["area"] == "0"].rename(columns={"y1": "y"})
    rng = np.random.default_rng(0)
    start = time.process_time()
    for _ in range(fits):
        arm = rng.permutation(part["arm"].to_numpy())
        one = part.assign(a=np.isin(arm, ["A", "A+B"]) * 1.0, b=np.isin(arm, ["B", "A+B"]) * 1.0)
        smf.ols("y ~ a * b", one, missing="drop").fit(cov_type="HC2", use_t=True)
    return (time.process_time() - start) / fits


def scipy_test(frame: pd.DataFrame, draws: int) -> float:
    """Processor seconds a draw of one studentised two-arm contrast, vectorised."""
    from scipy.stats import permutation_test

    part = frame[frame["area"] == "0"].dropna(subset=["y1"])
    groups = [part.loc[part["arm"] == arm, "y1"].to_numpy() for arm in ("A", "none")]

    def statistic(x: np.ndarray, y: np.ndarray, axis: int) -> np.ndarray:
        error = x.var(axis=axis, ddof=1) / x.shape[axis] + y.var(axis=axis, ddof=1) / y.shape[axis]
        return (x.mean(axis=axis) - y.mean(axis=axis)) / np.sqrt(error)

    start = time.process_time()
    permutation_test(groups, statistic, n_resamples=draws, vectorized=True, batch=500)
    return (time.process_time() - start) / draws


def beside(how: str, ours: float, peers: dict[str, tuple[float, str]]) -> None:
    """Print what the same dose would take a peer, scaled from what was measured."""
    for name, (seconds, dose) in peers.items():
        ratio = f"ratio to {how}: {seconds / ours:,.0f} x in processor seconds of one thread"
        print(f"    {name}: {seconds:,.0f} s, scaled from {dose}; {ratio}")


def run(n: int, fits: int, scipy_draws: int) -> None:
    """Time all ways at one size, and the peers on a smaller dose."""
    frame, design = frame_of(n)
    dose = f"n={n:,}: {DRAWS:,} draws x 3 contrasts x {AREAS} areas x {OUTCOMES} outcomes,"
    families = default_families(design.outcomes, THREE)
    joint = timed(
        f"{dose} joint maxT",
        lambda: randomisation_test(frame, design, THREE, DRAWS, 0, families=families),
    )
    ordinal, few = frame_of(n, few=True)
    alone = timed(
        f"{dose} of five answers, one by one",
        lambda: randomisation_test(ordinal, few, THREE, DRAWS, 0),
    )
    timed(
        f"{dose} a third of them hours with a decimal, one by one",
        lambda: randomisation_test(frame, design, THREE, DRAWS, 0),
    )
    cells = AREAS * OUTCOMES
    peers = {}
    if fits:
        seconds = formula_loop(frame, fits) * DRAWS * cells
        peers["statsmodels formula loop"] = (seconds, f"{fits} fits of one area and outcome")
    seconds = scipy_test(frame, scipy_draws) * DRAWS * cells * len(THREE)
    peers["scipy permutation_test"] = (seconds, f"{scipy_draws} draws of one two-arm contrast")
    beside("joint", joint, peers)
    beside("one by one", alone, peers)


def main(large: bool = False) -> None:
    warnings.simplefilter("ignore")
    print(f"  {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} before the start")
    small, design = frame_of(400)
    randomisation_test(small, design, [Contrast("A alone", (-1, 1, 0, 0))], 50, 0)  # imports
    run(2_000, fits=60, scipy_draws=2_000)
    if large:
        run(300_000, fits=0, scipy_draws=40)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"  largest memory of this process: {peak:.2f} GB")


if __name__ == "__main__":
    main(large="--large" in sys.argv)
