"""Times and ratios, printed the same way everywhere."""

import statistics
import time
from collections.abc import Callable, Sequence


def seconds(run: Callable[[], object], times: int = 5) -> list[float]:
    """Time a call several times after one that does not count."""
    run()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return taken


def show(label: str, taken: Sequence[float]) -> float:
    """Print median and spread in milliseconds; returns the median."""
    middle = statistics.median(taken)
    least, most = min(taken) * 1000, max(taken) * 1000
    print(f"  {label:<58} {middle * 1000:>9.1f} ms  ({least:.1f} to {most:.1f})")
    return middle


def compare(ours: float, other: float, words: str) -> None:
    """Print how many times faster the first is than the second."""
    print(f"  ratio: {other / ours:.2f} x {words}")
