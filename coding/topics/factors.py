"""Non-negative matrix factorisation, how stable its topics are, and how many are proposed.

Lee & Seung 1999 (Nature 401:788-791) by scikit-learn's coordinate descent. Stability as Greene,
O'Callaghan & Cunningham 2014 (ECML PKDD, "How many topics?") have it, over random starts: the
topics of two runs are paired so that the Jaccard index of their strongest words is largest in all,
and the mean over pairs of topics, and of runs, is the stability.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from .asking import RUNS

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Progress = Callable[[int, int], object]
TOP = 10  # words compared
FEWEST_TRIED, LOWEST_OF_MANY, TRIED = 4, 8, 9  # where to start, and how many numbers
UNITS_BEFORE_MORE = 50
UNITS_A_TOPIC = 5
LARGEST_SAMPLE = 1000  # units by which the number is proposed
NEARLY = 0.1
ITERATIONS, TOLERANCE = 100, 1e-3


@dataclass(frozen=True)
class Run:
    """One factorisation: shares of units (rows) in topics, and weights of terms in topics."""

    units: np.ndarray
    topics: np.ndarray
    error: float

    @property
    def top(self) -> list[frozenset[int]]:
        """The strongest words of each topic, by column; none of no weight."""
        best = np.argsort(-self.topics, axis=1, kind="stable")[:, :TOP]
        return [
            frozenset(int(i) for i in row if weights[i] > 0)
            for row, weights in zip(best, self.topics, strict=True)
        ]


def factorise(
    matrix: csr_matrix, number: int, seed: tuple[int, int], seeded: np.ndarray | None = None
) -> Run:
    """Find `number` topics from a random start; the first ones start from `seeded` rows.

    `seed` is that of the question, and the number of the run.
    """
    from sklearn.decomposition import NMF

    size = np.sqrt(matrix.mean() / number)
    random = np.random.default_rng([*seed, number])
    topics = np.abs(size * random.standard_normal((number, matrix.shape[1])))
    units = np.abs(size * random.standard_normal((matrix.shape[0], number)))
    if seeded is not None:
        topics[: len(seeded)] = seeded
        units[:, : len(seeded)] = matrix @ seeded.T
    model = NMF(number, init="custom", max_iter=ITERATIONS, tol=TOLERANCE)
    return Run(*_fit(model, matrix, units, topics))


def _fit(
    model: object, matrix: csr_matrix, units: np.ndarray, topics: np.ndarray
) -> tuple[np.ndarray, np.ndarray, float]:
    import warnings

    from sklearn.exceptions import ConvergenceWarning

    # It takes the root of a difference, which rounding turns negative where the fit is perfect.
    with warnings.catch_warnings(), np.errstate(invalid="ignore"):
        # How far runs agree is measured, so one that stopped early shows in the stability.
        warnings.simplefilter("ignore", ConvergenceWarning)
        shares = model.fit_transform(matrix, W=units, H=topics)  # type: ignore[attr-defined]
    topics = model.components_  # type: ignore[attr-defined]
    return _scaled(shares, topics, _error(matrix, shares, topics))


def _error(matrix: csr_matrix, shares: np.ndarray, topics: np.ndarray) -> float:
    """Return the Frobenius norm of what the topics leave unexplained."""
    squares = matrix.data @ matrix.data + np.sum((shares.T @ shares) * (topics @ topics.T))
    return float(np.sqrt(max(squares - 2 * np.sum((matrix @ topics.T) * shares), 0.0)))


def _scaled(
    shares: np.ndarray, topics: np.ndarray, error: float
) -> tuple[np.ndarray, np.ndarray, float]:
    """Let each topic have length 1, so that shares of different topics compare."""
    length = np.linalg.norm(topics, axis=1)
    safe = np.where(length > 0, length, 1)
    return shares * length, topics / safe[:, None], error


def matched(one: list[frozenset[int]], other: list[frozenset[int]]) -> np.ndarray:
    """Return for each topic of a run how like its partner in another run is, 0 to 1."""
    from scipy.optimize import linear_sum_assignment

    likeness = np.array([[_jaccard(a, b) for b in other] for a in one])
    rows, columns = linear_sum_assignment(-likeness)
    found: np.ndarray = likeness[rows, columns]
    return found


def _jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def stability(runs: list[list[frozenset[int]]]) -> float:
    """Return how far the topics of runs agree, 0 to 1."""
    return float(np.mean([matched(a, b).mean() for a, b in combinations(runs, 2)]))


def numbers_to_try(units: int, seeded: int = 0) -> list[int]:
    """List the numbers of topics that so many units bear; beside seeded ones, a few more each.

    Much talk holds more subjects: from 200 units on, the lowest number grows, to 8 at 400.
    """
    most = max(units // UNITS_A_TOPIC, 2)
    lowest = min(max(units // UNITS_BEFORE_MORE, FEWEST_TRIED), LOWEST_OF_MANY)
    tried = range(seeded + 1, seeded + 7) if seeded else range(lowest, lowest + TRIED)
    return [number for number in tried if number <= most] or [max(2, most, seeded + 1)]


def sample(matrix: csr_matrix, seed: int) -> csr_matrix:
    """Draw the units by which the number is proposed; all where they are few."""
    if matrix.shape[0] <= LARGEST_SAMPLE:
        return matrix
    random = np.random.default_rng(seed)
    rows = np.sort(random.choice(matrix.shape[0], LARGEST_SAMPLE, replace=False))
    drawn: csr_matrix = matrix[rows]
    return drawn


def curve(
    matrix: csr_matrix, numbers: list[int], seed: int, seeded: np.ndarray | None = None
) -> Iterator[tuple[int, float]]:
    """Tell the stability of each number of topics, one by one."""
    drawn = sample(matrix, seed)
    for number in numbers:
        runs = [factorise(drawn, number, (seed, i), seeded).top for i in range(RUNS)]
        yield number, stability(runs)


def proposed(found: list[tuple[int, float]]) -> int:
    """Return the largest number that is nearly as stable as the most stable one.

    The most stable alone would often be the smallest, whose topics say little.
    """
    best = max(value for _, value in found)
    return max(number for number, value in found if value >= best - NEARLY)
