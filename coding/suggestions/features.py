"""What is told of a text to a model: its words, its letters, and what its words mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import embeddings, vectors

Array = np.ndarray[Any, Any]
WORD = r"(?u)\b\w[\w']*\b"
WORDS = {"token_pattern": WORD, "ngram_range": (1, 2)}
LETTERS = {"analyzer": "char_wb", "ngram_range": (3, 5)}
HASHED = 2**20
# Where the meaning of a text is from: the first that there is.
MEANINGS = (embeddings, vectors)
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
    """Reads texts with the rarity that words have in some texts; words not among them are rarest.

    Words and letters are hashed, so that a text's unknown words count towards its length: else a
    new text would seem to say more of what is known than those that were learned from.
    """

    def __init__(self, texts: Sequence[str], sources: Sequence[Any] = MEANINGS) -> None:
        self._sources = sources
        plain = [_plain(text) for text in texts]
        self._words, words = _Rarity.learn(plain, WORDS)
        self._letters, letters = _Rarity.learn(plain, LETTERS)
        meaning, share = self._meaning(plain)
        self.known = Blocks(words, letters, meaning, share)

    def read(self, texts: Sequence[str]) -> Blocks:
        """Turn texts into numbers."""
        plain = [_plain(text) for text in texts]
        meaning, share = self._meaning(plain)
        return Blocks(self._words.read(plain), self._letters.read(plain), meaning, share)

    def _meaning(self, texts: Sequence[str]) -> tuple[Array | None, float]:
        for source in self._sources:
            if source.available():
                return source.embed(texts), source.SHARE
        return None, 0.0

    def words(self, text: str) -> Any:
        """Return the row of a text's words alone."""
        return self._words.read([_plain(text)])

    def terms(self, text: str) -> dict[int, str]:
        """Name the columns of a text's words and pairs of words, those that are known."""
        return self._words.terms(_plain(text))


@dataclass(frozen=True)
class _Rarity:
    """TF-IDF of hashed pieces of text, cut to the columns that the known texts have."""

    pieces: Any
    weigh: Any
    columns: Array

    @classmethod
    def learn(cls, texts: Sequence[str], settings: dict[str, Any]) -> tuple[_Rarity, Any]:
        from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer

        pieces = HashingVectorizer(norm=None, alternate_sign=False, n_features=HASHED, **settings)
        counts = pieces.transform(texts) if texts else _empty()
        weigh = TfidfTransformer(sublinear_tf=True).fit(counts)
        columns = np.unique(counts.indices)
        return cls(pieces, weigh, columns), weigh.transform(counts)[:, columns]

    def read(self, texts: Sequence[str]) -> Any:
        counts = self.pieces.transform(texts) if texts else _empty()[:0]
        return self.weigh.transform(counts)[:, self.columns] if texts else counts[:, self.columns]

    def terms(self, text: str) -> dict[int, str]:
        names = sorted(set(self.pieces.build_analyzer()(text)))
        alone = self.pieces.__class__(
            analyzer=lambda term: [term], norm=None, alternate_sign=False, n_features=HASHED
        )
        if not names or not len(self.columns):
            return {}
        places = alone.transform(names).indices
        at = np.searchsorted(self.columns, places)
        known = self.columns[np.minimum(at, len(self.columns) - 1)] == places
        pairs = zip(at.tolist(), names, known.tolist(), strict=True)
        return {column: name for column, name, is_known in pairs if is_known}


def _empty() -> Any:
    from scipy.sparse import csr_matrix

    return csr_matrix((1, HASHED))


def _plain(text: str) -> str:
    return re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", " ", text).replace("’", "'")
