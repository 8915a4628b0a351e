"""Which words of a unit say most of a topic."""

from __future__ import annotations

from collections.abc import Mapping

from .units import WINDOW, Said, Unit


def best_words(unit: Unit, weights: Mapping[str, float]) -> tuple[float, int, int]:
    """Return how much of a topic stands in the best three sentences of a unit, and where they are.

    Each of the topic's words counts once. Sentences at either end that hold none are left out.
    """
    said = unit.sentences
    starts = range(max(len(said) - WINDOW + 1, 1))
    score, at = max((_score(said[i : i + WINDOW], weights), -i) for i in starts)
    chosen = said[-at : WINDOW - at]
    while len(chosen) > 1 and not _score(chosen[-1:], weights):
        chosen = chosen[:-1]
    while len(chosen) > 1 and not _score(chosen[:1], weights):
        chosen = chosen[1:]
    return score, chosen[0].start, chosen[-1].end


def _score(said: list[Said], weights: Mapping[str, float]) -> float:
    return sum(weights.get(term, 0.0) for term in {t for one in said for t in one.terms})
