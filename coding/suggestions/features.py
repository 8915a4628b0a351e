"""What is told of a text to a model: its words, its letters, and what its words mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import embeddings, vectors

Array = np.ndarray[Any, Any]
WORD = r"(?u)\b\w[\w’']*\b"
# Words and letters tell of the same thing, so each counts half.
HALF = 0.5


@dataclass(frozen=True)
class Blocks:
    """Texts as rows of unit length: TF-IDF of words, of letters, and, if there is one, meaning."""

    words: Any
    letters: Any
    meaning: Array | None
    share: float

    def __len__(self) -> int:
        return int(self.words.shape[0])

    def beside(self, other: Blocks) -> Array:
        """Return how alike each text is to each of the other: 0 to 1, and to 1 + `share`."""
        alike = (self.words @ other.words.T + self.letters @ other.letters.T).toarray() * HALF
        if self.meaning is not None and other.meaning is not None:
            alike = alike + self.share * (self.meaning @ other.meaning.T)
        return np.asarray(alike)

    def weights(self, dual: Array) -> tuple[Array, Array, Array | None]:
        """Turn a weight a text into a weight a feature, codes in columns."""
        meaning = None if self.meaning is None else self.share * (self.meaning.T @ dual)
        return HALF * (self.words.T @ dual), HALF * (self.letters.T @ dual), meaning

    def times(self, weights: tuple[Array, Array, Array | None]) -> Array:
        """Return the sum of each text's features by their weights, codes in columns."""
        found = self.words @ weights[0] + self.letters @ weights[1]
        if self.meaning is not None and weights[2] is not None:
            found = found + self.meaning @ weights[2]
        return np.asarray(found)

    def rows(self, chosen: Any) -> Blocks:
        """Return some of the texts."""
        meaning = None if self.meaning is None else self.meaning[chosen]
        return Blocks(self.words[chosen], self.letters[chosen], meaning, self.share)


class Reader:
    """Reads texts as the words of some texts teach it: which words there are, and how rare."""

    def __init__(self, texts: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        known = [_plain(text) for text in texts]
        self._words = TfidfVectorizer(
            token_pattern=WORD, ngram_range=(1, 2), sublinear_tf=True, dtype=np.float64
        )
        self._letters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, dtype=np.float64
        )
        # A text without a single word or letter leaves nothing to learn words from.
        known.append("word")
        self._words.fit(known)
        self._letters.fit(known)

    @property
    def terms(self) -> list[str]:
        """The words and pairs of words, in the order of the block's columns."""
        return list(self._words.get_feature_names_out())

    def read(self, texts: Sequence[str]) -> Blocks:
        """Turn texts into numbers."""
        plain = [_plain(text) for text in texts]
        meaning, share = _meaning(plain)
        if not plain:
            plain, meaning = [""], None if meaning is None else np.zeros((1, meaning.shape[1]))
        found = Blocks(
            self._words.transform(plain).tocsr(),
            self._letters.transform(plain).tocsr(),
            meaning,
            share,
        )
        return found if texts else found.rows(slice(0, 0))


def _meaning(texts: Sequence[str]) -> tuple[Array | None, float]:
    for source in (embeddings, vectors):
        if source.available():
            return source.embed(texts), source.SHARE
    return None, 0.0


def _plain(text: str) -> str:
    return re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", " ", text).replace("’", "'")
