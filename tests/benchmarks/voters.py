"""A trial of 344,084 people in households, five arms: file, import, effects, 10,000 draws."""

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd
from scipy.special import ndtri

# Sizes and turnout of Gerber, Green and Larimer (APSR 2008, table 2); the people are made up.
ARMS = {
    "control": (191_243, 0.297),
    "civic duty": (38_218, 0.315),
    "hawthorne": (38_204, 0.322),
    "self": (38_218, 0.345),
    "neighbours": (38_201, 0.378),
}
PEOPLE = 344_084
T = TypeVar("T")

MAPPING = """
respondent = "id"
cluster = "household"
[arm]
column = "treatment"
labels = { control = ["control"], "civic duty" = ["civic duty"], hawthorne = ["hawthorne"],
           self = ["self"], neighbours = ["neighbours"] }
[[outcome]]
key = "voted"
column = "voted"
measure = "voted"
scale = "binary"
[[covariate]]
column = "voted_before"
[[covariate]]
column = "born"
""".replace(",\n           ", ", ")


def frame_of(people: int = PEOPLE, seed: int = 1) -> pd.DataFrame:
    """Households of one to four, each in one arm, whose members vote alike more than others."""
    rng = np.random.default_rng(seed)
    size = rng.choice([1, 2, 3, 4], people, p=[0.14, 0.68, 0.13, 0.05])
    size = size[: np.searchsorted(np.cumsum(size), people) + 1]
    size[-1] -= size.sum() - people
    shares = np.array([n for n, _ in ARMS.values()]) / sum(n for n, _ in ARMS.values())
    counts = np.floor(shares * len(size)).astype(int)
    counts[0] += len(size) - counts.sum()
    arm = rng.permutation(np.repeat(np.arange(len(ARMS)), counts))
    household = np.repeat(np.arange(len(size)), size)
    shared, own = rng.normal(size=len(size))[household], rng.normal(size=people)
    luck = 0.6 * shared + 0.8 * own
    cut = ndtri([turnout for _, turnout in ARMS.values()])
    return pd.DataFrame(
        {
            "id": np.arange(1, people + 1),
            "household": household + 1,
            "treatment": np.asarray(list(ARMS), dtype=object)[arm[household]],
            "voted_before": (rng.random(people) < 0.4).astype(int),
            "born": rng.integers(1920, 1989, people),
            "voted": (luck < cut[arm[household]]).astype(int),
        }
    )


def stage(label: str, run: Callable[[], T]) -> T:
    """Print what a stage takes; the memory is this process's largest until then."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = run()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"  {label:<58} {wall:6.2f} s wall, {cpu:6.2f} s processor, {peak:.2f} GB so far")
    return found


def main(people: int = PEOPLE, draws: int = 10_000) -> None:
    from dataclasses import replace

    from analysis.effects import estimate_effects
    from analysis.randomisation import randomisation_test
    from analysis.responses import load_responses
    from linkage.study import prepare_study
    from linkage.survey import import_survey

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "voters.csv"
        frame_of(people).to_csv(path, index=False)
        db = prepare_study(Path(folder) / "study.db")

        def imported() -> None:
            import_survey(db, "1", path, MAPPING, actor="bench", area="michigan", create_areas=True)

        stage(f"import of {people:,} people", imported)
        frame, design = stage("read back", lambda: load_responses(db, 1))
        alone = replace(design, cluster=None)
        stage("effects, HC2", lambda: estimate_effects(frame, alone, draws=0))
        found = stage("effects, CR2 by household", lambda: estimate_effects(frame, design, draws=0))
        stage(
            f"{draws:,} draws of people, one outcome",
            lambda: randomisation_test(frame, alone, draws=draws),
        )
        drawn = stage(
            f"{draws:,} draws of households, CR2",
            lambda: randomisation_test(frame, design, draws=draws),
        )
    table = found[["contrast", "estimate", "std_error", "df"]]
    print(table.assign(p_randomisation=drawn["p_randomisation"]).to_string(index=False))


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else PEOPLE)
