"""How answers are expected to be distributed without a nudge, and what a nudge would move."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ..arms import Floats
from ..errors import BadInput

MOST_VALUES = 500
_PAIR = re.compile(r"\s*(-?\d{1,9}(?:\.\d{1,9})?)\s*[:=]\s*(\d{1,12}(?:\.\d{1,12})?)\s*%?\s*")


@dataclass(frozen=True)
class Answers:
    """The answers there are, ascending, and their chances, which add to 1."""

    values: Floats
    chances: Floats

    @property
    def mean(self) -> float:
        return float(self.chances @ self.values)

    @property
    def sd(self) -> float:
        """Standard deviation of one answer."""
        return math.sqrt(float(self.chances @ (self.values - self.mean) ** 2))

    def on(self, values: Floats) -> Floats:
        """Chances of more values, of which these are some."""
        found = np.zeros(len(values))
        found[np.searchsorted(values, self.values)] = self.chances
        return found


def read_shares(text: str) -> Answers:
    """Read answers with their shares: “1: 10, 2: 25, 3: 65”, in per cent or any other weight.

    Parted by commas, semicolons or lines; raises BadInput naming what is no such pair.
    """
    shares: dict[float, float] = {}
    parts = [part for part in re.split(r"[,;\n]", text) if part.strip()]
    for part in parts:
        found = _PAIR.fullmatch(part)
        if not found:
            raise BadInput(f"“{part.strip()[:40]}” is not an answer with its share; write “3: 25”.")
        value = float(found[1])
        if value in shares:
            raise BadInput(f"The answer {value:g} stands twice among the shares.")
        shares[value] = float(found[2])
    return _answers(list(shares), list(shares.values()))


def observed(answers: ArrayLike) -> Answers:
    """Take the distribution of answers that were given; missing ones are left out."""
    given = np.asarray(answers, dtype=np.float64)
    values, counts = np.unique(given[~np.isnan(given)], return_counts=True)
    if len(values) > MOST_VALUES:  # a measure that is nearly continuous: as many equal steps
        given = np.sort(given[~np.isnan(given)])
        steps = np.array_split(given, MOST_VALUES)
        values, counts = np.unique([float(step.mean()) for step in steps], return_counts=True)
    return _answers(values, counts.astype(np.float64))


def _answers(values: Sequence[float] | Floats, weights: Sequence[float] | Floats) -> Answers:
    order = np.argsort(np.asarray(values, dtype=np.float64))
    held = np.asarray(values, dtype=np.float64)[order]
    shares = np.asarray(weights, dtype=np.float64)[order]
    held, shares = held[shares > 0], shares[shares > 0]
    if len(held) < 2:
        raise BadInput("Give two or more different answers with a share above 0.")
    if len(held) > MOST_VALUES:
        raise BadInput(f"At most {MOST_VALUES} different answers can be given.")
    return Answers(held, shares / shares.sum())


def shifted_odds(chances: Floats, log_odds: float) -> Floats:
    """Move ordinal chances (values,) by a log odds ratio, upwards where it is above 0."""
    below = np.cumsum(np.asarray(chances, dtype=np.float64))[:-1]
    moved = below / (below + (1 - below) * np.exp(log_odds))
    return np.diff(np.r_[0.0, moved, 1.0])


def raised_share(values: Floats, chances: Floats, more: float) -> Floats:
    """Let `more` of all, as a share, give any: chances move from 0 to the other values alike.

    Raises BadInput where there is no 0 among the values, or the share would leave 0 to 1.
    """
    chances = np.asarray(chances, dtype=np.float64)
    none = np.asarray(values) == 0
    some = float(chances[~none].sum())
    if not none.any() or not 0 < some < 1:
        raise BadInput("Among the answers must be 0 and others, so that more can give any.")
    if not 0 <= some + more <= 1:
        raise BadInput(
            f"{100 * some:.0f} % give any without a nudge; {100 * more:+.0f} points are too many."
        )
    return np.where(none, chances * (1 - some - more) / (1 - some), chances * (some + more) / some)
