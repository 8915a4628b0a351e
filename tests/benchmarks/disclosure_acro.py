"""Primary suppression beside the package acro, table by table.

Runs where acro is installed, in an environment of its own, from the root of the project:
`python -m tests.benchmarks.disclosure_acro [tables] [seed]`.
"""

import logging
import os
import sys
import tempfile
import time
import warnings

import numpy as np
import pandas as pd

from analysis.disclosure import suppress

THRESHOLD = 10


def respondents(rng: np.random.Generator) -> pd.DataFrame:
    """Some hundred respondents with two answers, rare ones among them."""
    n = int(rng.integers(40, 600))
    shares = [rng.dirichlet(np.full(rng.integers(2, 7), 0.8)) for _ in range(2)]
    return pd.DataFrame({
        name: rng.choice([f"{name}{i}" for i in range(len(share))], n, p=share)
        for name, share in zip("ab", shares, strict=True)
    })  # fmt: skip


def acro_session(folder: str):
    from acro import ACRO

    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    os.chdir(folder)
    return ACRO(suppress=False)


def acro_mask(session, people: pd.DataFrame) -> pd.DataFrame:
    """What acro would suppress of a table: cells that fail its threshold, empty ones included."""
    from acro import record  # noqa: F401  (acro is there)

    session.crosstab(people["a"], people["b"])
    name, output = session.results.results.popitem()
    assert name
    marked = output.outcome
    return marked.map(lambda said: "MinimumThreshold" in said or "PresenceOfZero" in said)


def compare(tables: int, seed: int) -> tuple[int, int, int, int]:
    rng = np.random.default_rng(seed)
    agreeing = cells = primary = more = 0
    with tempfile.TemporaryDirectory() as folder:
        session = acro_session(folder)
        for _ in range(tables):
            people = respondents(rng)
            counts = pd.crosstab(people["a"], people["b"])
            theirs = acro_mask(session, people).to_numpy()
            told = suppress(counts, THRESHOLD).isna().to_numpy()
            # Secondary suppression is ours alone: of what is few, acro and we must agree, and
            # nothing that acro suppresses may be left.
            few = (counts < THRESHOLD).to_numpy()
            agreeing += bool((few == theirs).all() and told[theirs].all())
            cells, primary, more = cells + few.size, primary + theirs.sum(), more + told.sum()
    return agreeing, cells, int(primary), int(more)


def main() -> None:
    tables = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    start = time.perf_counter()
    agreeing, cells, primary, more = compare(tables, seed)
    print(f"{agreeing:,} of {tables:,} random tables agree with acro on primary suppression")
    print(f"{cells:,} cells; acro suppresses {primary:,}, we these and {more - primary:,} more,")
    print(f"so that totals do not give them back ({time.perf_counter() - start:,.0f} s)")
    if agreeing != tables:
        sys.exit(1)


if __name__ == "__main__":
    main()
