"""What is told of a text to a model: its words, its letters, and what its words mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from . import embeddings, vectors
from .latent import SHARE, Latent

Array = np.ndarray[Any, Any]
WORD = r"(?u)\b\w[\w']*\b"
WORDS = {"token_pattern": WORD, "ngram_range": (1, 2)}
LETTERS = {"analyzer": "char_wb", "ngram_range": (3, 5)}
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
HASHED = 2**20
# Where the meaning of a text is from: the first that there is.
MEANINGS = (embeddings, vectors)
# Words and letters tell of the same thing, so each counts half.
HALF = 0.5
TALK = 4000  # texts from which it is learned what goes together


@dataclass(frozen=True)
class Blocks:
    """Texts as rows of unit length: TF-IDF of words and of letters, and what else there is.

    `meaning` is of a language model, `company` of what goes together in the study's own talk.
    """

    words: Any
    letters: Any
    meaning: Array | None
    share: float
    company: Array | None = None

    def __len__(self) -> int:
        return int(self.words.shape[0])

    def beside(self, other: Blocks) -> Array:
        """Return how alike each text is to each of the other: 0 to `most`."""
        spoken, meant = self.apart(other)
        alike = spoken + self.share * meant
        if self.company is not None and other.company is not None:
            alike = alike + SHARE * (self.company @ other.company.T)
        return alike

    @property
    def most(self) -> float:
        """How alike a text is to itself."""
        meant = 0 if self.meaning is None else self.share
        return 1 + meant + (0 if self.company is None else SHARE)

    def apart(self, other: Blocks) -> tuple[Array, Array]:
        """Return the cosines of words and letters, and those of meaning (zeros without)."""
        alike = (self.words @ other.words.T + self.letters @ other.letters.T).toarray() * HALF
        if self.meaning is None or other.meaning is None:
            return alike, np.zeros_like(alike)
        return alike, self.meaning @ other.meaning.T

    def weights(self, dual: Array) -> Weights:
        """Turn a weight a text into a weight a feature, codes in columns."""
        meaning = None if self.meaning is None else self.share * (self.meaning.T @ dual)
        company = None if self.company is None else SHARE * (self.company.T @ dual)
        return Weights(
            HALF * (self.words.T @ dual), HALF * (self.letters.T @ dual), meaning, company
        )

    def times(self, weights: Weights) -> Array:
        """Return the sum of each text's features by their weights, codes in columns."""
        found = self.words @ weights.words + self.letters @ weights.letters
        if self.meaning is not None and weights.meaning is not None:
            found = found + self.meaning @ weights.meaning
        if self.company is not None and weights.company is not None:
            found = found + self.company @ weights.company
        return np.asarray(found)

    def rows(self, chosen: Any) -> Blocks:
        """Return some of the texts."""
        meaning = None if self.meaning is None else self.meaning[chosen]
        company = None if self.company is None else self.company[chosen]
        return Blocks(self.words[chosen], self.letters[chosen], meaning, self.share, company)


class Weights(NamedTuple):
    """A weight a feature (rows) and code (columns), block by block."""

    words: Array
    letters: Array
    meaning: Array | None
    company: Array | None


class Reader:
    """Reads texts with the rarity that words have in some texts; words not among them are rarest.

    Words and letters are hashed, so that a text's unknown words count towards its length: else a
    new text would seem to say more of what is known than those that were learned from.
    """

    def __init__(
        self,
        texts: Sequence[str],
        sources: Sequence[Any] | None = None,
        talk: Talk | None = None,
    ) -> None:
        """Learn from texts; `talk` knows what goes together, from many more."""
        self._sources = MEANINGS if sources is None else sources
        plain_texts = plain(texts)
        self._words, words = _Rarity.learn(plain_texts, WORDS)
        self._letters, letters = _Rarity.learn(plain_texts, LETTERS)
        self._talk = talk
        self.known = self._blocks(plain_texts, words, letters)

    def read(self, texts: Sequence[str]) -> Blocks:
        """Turn texts into numbers."""
        plain_texts = plain(texts)
        words, letters = self._words.read(plain_texts), self._letters.read(plain_texts)
        return self._blocks(plain_texts, words, letters)

    def _blocks(self, texts: list[str], words: Any, letters: Any) -> Blocks:
        company = self._talk.embed(texts) if self._talk else None
        return Blocks(words, letters, *self._meaning(texts), company)

    def _meaning(self, texts: Sequence[str]) -> tuple[Array | None, float]:
        for source in self._sources:
            if source.available():
                return source.embed(texts), source.SHARE
        return None, 0.0

    def words(self, text: str) -> Any:
        """Return the row of a text's words alone."""
        return self._words.read(plain([text]))

    def terms(self, text: str) -> dict[int, str]:
        """Name the columns of a text's words and pairs of words, those that are known."""
        return self._words.terms(plain([text])[0])


@dataclass(frozen=True)
class _Rarity:
    """TF-IDF of hashed pieces of text, cut to the columns that the known texts have."""

    pieces: Any
    weigh: Any
    columns: Array

    @classmethod
    def learn(
        cls, texts: Sequence[str], settings: dict[str, Any], least: int = 1
    ) -> tuple[_Rarity, Any]:
        """Learn from texts; what fewer than `least` of them hold gets no column."""
        from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer

        pieces = HashingVectorizer(norm=None, alternate_sign=False, n_features=HASHED, **settings)
        counts = pieces.transform(texts) if texts else _empty()
        weigh = TfidfTransformer(sublinear_tf=True).fit(counts)
        columns, held_by = np.unique(counts.indices, return_counts=True)
        columns = columns[held_by >= least]
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


def plain(texts: Sequence[str]) -> list[str]:
    """Return texts without control characters, and with one kind of apostrophe."""
    return [_CONTROL.sub(" ", text).replace("’", "'") for text in texts]


@dataclass(frozen=True)
class Talk:
    """What goes together in a study's talk, coded or not: learned once, whatever is coded."""

    _letters: _Rarity
    _latent: Latent

    @classmethod
    def learn(cls, texts: Sequence[str]) -> Talk | None:
        """Learn from texts, evenly spaced where they are very many; None of too few."""
        known = sorted(set(texts))
        some = known[:: max(1, -(-len(known) // TALK))]
        letters, counted = _Rarity.learn(plain(some), LETTERS, least=2)
        latent = Latent.learn(counted)
        return None if latent is None else cls(letters, latent)

    def embed(self, plain_texts: Sequence[str]) -> Array:
        """Return a row of unit length for each text."""
        return self._latent.embed(self._letters.read(plain_texts))
