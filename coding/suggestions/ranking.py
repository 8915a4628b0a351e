"""Rank codes for texts, with a probability for each and the words that speak for it.

Ridge regression of each code on TF-IDF of words and letters, and on meaning where vectors or
embeddings are installed. What each coded text is told by the others has a closed form (leaving one
out: Hastie, Tibshirani & Friedman 2009, eq. 7.64). One logistic regression over all codes, since
a code alone has too few examples, then weighs it beside the code's frequency and the likeness of
the code's name to the text. Balanced classes would only move what this step sets right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from . import calibration
from .features import Array, Blocks, Reader

if TYPE_CHECKING:
    import pandas as pd

Coded = Sequence[tuple[str, set[str]]]
PENALTY = 1.0


def rank(
    coded: Coded, texts: Sequence[str], code_texts: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Rank codes for texts, as `coding.suggestions.rank_codes` says."""
    import pandas as pd

    known = sorted({code for _, codes in coded for code in codes} | set(code_texts or ()))
    model = Model.fit(coded, known, code_texts or {}, more=texts)
    chances = model.rank(model.reader.read(texts))
    return pd.DataFrame(chances, columns=pd.Index(known, dtype=object), index=range(len(texts)))


@dataclass(frozen=True)
class Model:
    """What was learned: a weight a feature and code, and how much each kind of evidence counts."""

    reader: Reader
    codes: list[str]
    names: Blocks
    weights: tuple[Array, Array, Array | None]
    given: Array
    beta: Array

    @classmethod
    def fit(
        cls,
        coded: Coded,
        codes: list[str],
        code_texts: Mapping[str, str],
        more: Sequence[str] = (),
    ) -> Model:
        """Learn from coded texts; `more` are further texts that tell how rare a word is."""
        merged = _merge(coded)
        called = [code_texts.get(code) or code for code in codes]
        reader = Reader([*merged, *called, *(more if not merged else ())])
        names, blocks = reader.read(called), reader.read(list(merged))
        truth = np.array([[code in given for code in codes] for given in merged.values()], float)
        truth = truth.reshape(len(merged), len(codes))
        given = (truth.sum(axis=0) + 0.5) / (len(merged) + 1)
        dual, left_out = _ridge(blocks, truth - truth.mean(axis=0) if len(truth) else truth)
        rows = calibration.evidence(left_out, given, blocks.beside(names))
        beta = calibration.fit(rows, truth.ravel())
        return cls(reader, codes, names, blocks.weights(dual), given, beta)

    def rank(self, blocks: Blocks) -> Array:
        """Return the probability of each code (columns) for each text."""
        score, alike = blocks.times(self.weights), blocks.beside(self.names)
        rows = calibration.evidence(score, self.given, alike)
        return calibration.probability(rows, self.beta).reshape(score.shape)

    def words(self, blocks: Blocks, row: int, code: int, most: int = 5) -> list[tuple[str, float]]:
        """Return the words of a text that speak most for a code: weight × value, above nothing."""
        line = blocks.words[row]
        said = self.weights[0][line.indices, code] * line.data * self.beta[0]
        best = np.argsort(-said, kind="stable")[:most]
        terms = self.reader.terms
        return [(terms[line.indices[i]], float(said[i])) for i in best if said[i] > 0]

    def shared_words(
        self, blocks: Blocks, row: int, code: int, most: int = 5
    ) -> list[tuple[str, float]]:
        """Return the words that a text has in common with a code's name and definition."""
        shared = blocks.words[row].multiply(self.names.words[code]).tocsr()
        best = np.argsort(-shared.data, kind="stable")[:most]
        terms = self.reader.terms
        return [(terms[shared.indices[i]], float(shared.data[i])) for i in best]


def _merge(coded: Coded) -> dict[str, set[str]]:
    """Give a text that was coded twice all its codes, since leaving one out leaves the other."""
    merged: dict[str, set[str]] = {}
    for text, codes in sorted(coded, key=lambda pair: pair[0]):
        merged.setdefault(text, set()).update(codes)
    return merged


def _ridge(blocks: Blocks, truth: Array) -> tuple[Array, Array]:
    """Return a weight a text and code, and what each text is told by all the others."""
    if not len(truth):
        return truth, truth
    turned = np.linalg.inv(blocks.beside(blocks) + PENALTY * np.eye(len(truth)))
    dual = turned @ truth
    return dual, truth - dual / np.diag(turned)[:, None]
