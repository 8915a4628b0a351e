"""Rank codes for texts, with a probability for each and the words that speak for it.

Ridge regression of each code on TF-IDF of words and letters, on what goes together in the study's
talk, and on meaning where vectors or embeddings are installed. What each coded text is told by the
others has a closed form (leaving one out, in a study its whole transcript: Hastie, Tibshirani &
Friedman 2009, eq. 7.64). One logistic regression over all codes, since a code alone has too few
examples, then weighs it beside the code's frequency and the likeness of the code's name to the
text. Balanced classes would only move what this step sets right.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from .calibration import Calibration, evidence
from .features import Array, Blocks, Reader, Talk, Weights

if TYPE_CHECKING:
    import pandas as pd

PENALTY = 1.0
USUAL = 1.5  # codes of a passage
GROUPS = 3  # from so many on, a text is told by other groups only


@dataclass(frozen=True)
class Example:
    """A text with its codes; `weight` others are like it, `group` is the talk it comes from."""

    text: str
    codes: frozenset[Hashable]
    weight: float = 1.0
    group: Hashable = None


def rank(
    coded: Sequence[tuple[str, set[str]]],
    texts: Sequence[str],
    code_texts: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Rank codes for texts, as `coding.suggestions.rank_codes` says."""
    import pandas as pd

    known = sorted({code for _, codes in coded for code in codes} | set(code_texts or ()))
    called: dict[Hashable, str] = {code: (code_texts or {}).get(code) or code for code in known}
    examples = [Example(text, frozenset(codes)) for text, codes in coded]
    talk = Talk.learn([*(text for text, _ in coded), *texts])
    model = Model.fit(examples, called, more=texts, talk=talk)
    chances = model.rank(model.reader.read(texts))
    return pd.DataFrame(chances, columns=pd.Index(known, dtype=object), index=range(len(texts)))


@dataclass(frozen=True)
class Model:
    """What was learned: a weight a feature and code, and how much each kind of evidence counts."""

    reader: Reader
    names: Blocks
    learned: Ridge
    weights: Weights
    examples_of: Array
    given: Array
    calibration: Calibration

    @classmethod
    def fit(
        cls,
        examples: Sequence[Example],
        called: Mapping[Hashable, str],
        more: Sequence[str] = (),
        talk: Talk | None = None,
    ) -> Model:
        """Learn from examples; codes are in the order of `called`, which says what each means.

        Without an example, `more` are texts that tell how rare a word is; with some, `talk` tells
        what goes together.
        """
        merged = _merge(examples)
        number, texts = len(merged), [*(e.text for e in merged), *called.values()]
        reader = Reader(texts, talk=talk) if merged else Reader([*texts, *more])
        blocks = reader.known.rows(slice(number))
        names = reader.known.rows(slice(number, number + len(called)))
        truth = np.array([[code in e.codes for code in called] for e in merged], float)
        truth, worth = truth.reshape(number, len(called)), np.array([e.weight for e in merged])
        examples_of = worth @ truth
        given = _frequency(examples_of, worth.sum())
        learned, left_out = Ridge.fit(blocks, truth - given, _groups(merged))
        rows = evidence(left_out, examples_of, given, blocks.apart(names))
        fitted = Calibration.fit(rows, truth.ravel(), np.repeat(worth, len(called)))
        return cls(reader, names, learned, blocks.weights(learned.dual), examples_of, given, fitted)

    def rank(self, blocks: Blocks) -> Array:
        """Return the probability of each code (columns) for each text."""
        score, named = blocks.times(self.weights), blocks.apart(self.names)
        rows = evidence(score, self.examples_of, self.given, named)
        return self.calibration.probability(rows).reshape(score.shape)

    def without(self, group: Hashable) -> Model:
        """Return what is learned from other groups only, where there are enough of them."""
        dual = self.learned.without(group)
        return self if dual is None else replace(self, weights=self.learned.blocks.weights(dual))


def _frequency(examples: Array, of: float) -> Array:
    """Return how often a code is given, kept off 0 and 1 by half an example of what is usual."""
    usual = min(0.5, USUAL / max(len(examples), 1))
    return np.asarray((examples + 0.5) / (of + 0.5 / usual))


def _merge(examples: Sequence[Example]) -> list[Example]:
    """Give a text that was coded twice all its codes, since leaving one out leaves the other."""
    merged: dict[str, Example] = {}
    for example in sorted(examples, key=lambda e: (e.text, str(e.group))):
        first = merged.get(example.text)
        if first is not None:
            weight = first.weight + example.weight
            example = replace(first, codes=first.codes | example.codes, weight=weight)
        merged[example.text] = example
    return list(merged.values())


def _groups(examples: Sequence[Example]) -> dict[Hashable, list[int]]:
    groups: dict[Hashable, list[int]] = {}
    for row, example in enumerate(examples):
        groups.setdefault(example.group, []).append(row)
    return groups


@dataclass(frozen=True)
class Ridge:
    """Ridge regression of each code, with all that is needed to leave a group out of it."""

    blocks: Blocks
    groups: dict[Hashable, list[int]]
    turned: Array
    dual: Array

    @classmethod
    def fit(
        cls, blocks: Blocks, truth: Array, groups: dict[Hashable, list[int]]
    ) -> tuple[Ridge, Array]:
        """Fit to texts × codes; also returns what each text is told without its own group.

        With too few groups each text is a group of its own.
        """
        turned = np.linalg.inv(blocks.beside(blocks) + PENALTY * np.eye(len(truth)))
        fitted = cls(blocks, groups, turned, turned @ truth)
        left_out = truth.copy()
        alone = [[row] for row in range(len(truth))]
        for rows in groups.values() if len(groups) >= GROUPS else alone:
            left_out[rows] -= fitted._freed(rows)
        return fitted, left_out

    def without(self, group: Hashable) -> Array | None:
        """Return a weight a text and code, with none for a group's texts; None of too few."""
        rows = self.groups.get(group)
        if rows is None or len(self.groups) < GROUPS:
            return None
        return np.asarray(self.dual - self.turned[:, rows] @ self._freed(rows))

    def _freed(self, rows: list[int]) -> Array:
        return np.linalg.solve(self.turned[np.ix_(rows, rows)], self.dual[rows])
