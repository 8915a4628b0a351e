"""Primary suppression beside the package acro, table by table.

Runs where acro is installed, in an environment of its own, from the root of the project:
`python -m tests.benchmarks.disclosure_acro [tables] [seed]`.
"""

import logging
import sys
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


def acro_session():
    """A session of acro that answers with the masks of its own checks instead of a report.

    Its report writes every table out many times, which takes most of its time.
    """
    from acro import ACRO
    from acro.table_utils import aggfunc_to_strings

    class Masks(ACRO):
        def _process_table_output(self, *, model_details, aggfunc, **_):
            (name,) = aggfunc_to_strings(aggfunc)
            evidence = self.sdc_checks.get_evidence_forall_analyses([name], model_details)
            found = self.sdc_checks.run_checks_for_analysis(name, evidence, model_details)
            return found.outcomes["MinimumThresholdCheck"] | found.outcomes["PresenceOfZeroCheck"]

    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    return Masks(suppress=False)


def compare(tables: int, seed: int) -> tuple[int, int, int, int]:
    rng = np.random.default_rng(seed)
    agreeing = cells = primary = more = 0
    session = acro_session()
    for _ in range(tables):
        people = respondents(rng)
        counts = pd.crosstab(people["a"], people["b"])
        theirs = session.crosstab(people["a"], people["b"]).to_numpy(dtype=bool)
        told = suppress(counts, THRESHOLD).isna().to_numpy()
        # Secondary suppression is ours alone, so of the cells that we hide those are compared that
        # count few: they must be acro's, and none of acro's may be shown.
        few = (counts < THRESHOLD).to_numpy()
        agreeing += bool((few & told == theirs).all())
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
