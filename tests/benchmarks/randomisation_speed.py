"""Randomisation inference beside a statsmodels formula loop and scipy's permutation_test."""

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


def frame_of(n: int, outcomes: int = OUTCOMES) -> tuple[pd.DataFrame, Design]:
    """Twelve ordinal outcomes to six of hours with a decimal, missing in a twentieth."""
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({"area": np.repeat(np.arange(AREAS).astype(str), n // AREAS)})
    labels = np.resize(np.asarray(TWO_BY_TWO_ARMS, dtype=object), n // AREAS)
    frame["arm"] = np.concatenate([rng.permutation(labels) for _ in range(AREAS)])
    for i in range(outcomes):
        hours = np.round(rng.exponential(3, n).clip(max=20), 1)
        answers = rng.integers(1, 6, n).astype(float) if i % 3 else hours
        frame[f"y{i}"] = np.where(rng.random(n) < 0.05, np.nan, answers)
    named = [Outcome(f"y{i}", "", "m", "continuous") for i in range(outcomes)]
    return frame, Design("area", "arm", named)


def ordinal_only(frame: pd.DataFrame, design: Design) -> Design:
    """Keep the outcomes of few values: hours with a decimal have more than tables pay for."""
    few = [o for o in design.outcomes if frame[o.key].nunique() <= 5]
    return Design("area", "arm", few)


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


def beside(n: int, ours: float, peers: dict[str, tuple[float, str]]) -> None:
    """Print what the same dose would take a peer, scaled from what was measured."""
    for name, (seconds, dose) in peers.items():
        ratio = f"ratio {seconds / ours:,.0f} x in processor seconds"
        print(f"  {name}: {seconds:,.0f} s, scaled from {dose}; {ratio}")


def run(n: int, fits: int, scipy_draws: int) -> None:
    """Time both ways at one size, and the peers on a smaller dose."""
    frame, design = frame_of(n)
    dose = f"{DRAWS:,} draws x 3 contrasts x {AREAS} areas x"
    families = default_families(design.outcomes, THREE)
    joint = timed(
        f"n={n:,}: {dose} {OUTCOMES} outcomes, joint maxT",
        lambda: randomisation_test(frame, design, THREE, DRAWS, 0, families=families),
    )
    few = ordinal_only(frame, design)
    alone = timed(
        f"n={n:,}: {dose} {len(few.outcomes)} outcomes of few values, one by one",
        lambda: randomisation_test(frame, few, THREE, DRAWS, 0),
    )
    print(
        f"  one by one, scaled to {OUTCOMES} outcomes: {alone * OUTCOMES / len(few.outcomes):.2f} s"
    )
    cells = AREAS * OUTCOMES
    peers = {}
    if fits:
        seconds = formula_loop(frame, fits) * DRAWS * cells
        peers["statsmodels formula loop"] = (seconds, f"{fits} fits of one area and outcome")
    seconds = scipy_test(frame, scipy_draws) * DRAWS * cells * len(THREE)
    peers["scipy permutation_test"] = (seconds, f"{scipy_draws} draws of one two-arm contrast")
    beside(n, joint, peers)


def growth() -> None:
    """Print the cost against n, draws and outcomes."""
    for n, draws, outcomes in (
        *((n, 2_000, 6) for n in (1_000, 4_000, 16_000, 64_000)),
        *((4_000, draws, 6) for draws in (1_000, 4_000, 16_000)),
        *((4_000, 2_000, outcomes) for outcomes in (1, 6, 18)),
    ):
        frame, design = frame_of(n, outcomes + 1)
        families = default_families(design.outcomes, THREE)

        def once(frame=frame, design=design, draws=draws, families=families) -> None:
            randomisation_test(frame, design, THREE, draws, 0, families=families)

        timed(f"n={n:,}, {draws:,} draws, {outcomes + 1} outcomes, joint", once)


def main(large: bool = False) -> None:
    warnings.simplefilter("ignore")
    small, design = frame_of(400)
    randomisation_test(small, design, [Contrast("A alone", (-1, 1, 0, 0))], 50, 0)  # imports
    run(2_000, fits=60, scipy_draws=2_000)
    if large:
        run(300_000, fits=0, scipy_draws=40)
        growth()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"  largest memory of this process: {peak:.2f} GB")


if __name__ == "__main__":
    main(large="--large" in sys.argv)
