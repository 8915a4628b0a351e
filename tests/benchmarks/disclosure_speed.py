"""Disclosure control: how long a table of 2,000 cells takes, by ways and by how many are few."""

import itertools
import time

import numpy as np
import pandas as pd

from analysis.disclosure import suppress
from analysis.disclosure.shapes import Shape
from analysis.disclosure.tidy import hide_counts

SHAPES = ((40, 50), (10, 20, 10))
SIZES = (5, 60, 600)  # respondents a cell, on average
WHOLE = "all"


def table(shape: tuple[int, ...], size: int) -> pd.DataFrame:
    """A tidy table of random counts with the totals over each dimension and all of them."""
    rng = np.random.default_rng(0)
    counts = rng.poisson(rng.gamma(0.7, size / 0.7, shape))
    for axis in range(len(shape)):
        counts = np.concatenate([counts, counts.sum(axis=axis, keepdims=True)], axis=axis)
    labels = [[*map(str, range(length)), WHOLE] for length in shape]
    names = [f"d{i}" for i in range(len(shape))]
    return pd.DataFrame(list(itertools.product(*labels)), columns=names).assign(n=counts.ravel())


def main() -> None:
    for shape, size in itertools.product(SHAPES, SIZES):
        frame = table(shape, size)
        names = tuple(name for name in frame if name != "n")
        tidy = Shape("t", names, ("n",), totals=dict.fromkeys(names, WHOLE))
        wall, busy = time.perf_counter(), time.process_time()
        hidden = len(hide_counts(frame, tidy, 10).places)
        wall, busy = time.perf_counter() - wall, time.process_time() - busy
        few = int((frame["n"] < 10).sum())
        said = " x ".join(map(str, shape))
        print(f"{said:>15}, {len(frame):,} cells with totals, mean {size:>3}: {few:>5,} few,"
              f" {hidden:>5,} hidden, {wall:.2f} s ({busy:.2f} s of processor)")  # fmt: skip
    crosstab = table((40, 50), 60).pivot(index="d0", columns="d1", values="n")
    wall = time.perf_counter()
    suppress(crosstab.rename(index={WHOLE: "All"}, columns={WHOLE: "All"}))
    print(f"suppress() of the 40 x 50 crosstab: {time.perf_counter() - wall:.2f} s")


if __name__ == "__main__":
    main()
