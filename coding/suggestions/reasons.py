"""Which words of a text speak for a code: the strongest first, and only such as mean something.

Pairs of words and runs of letters count too, but tell a reader nothing that their words do not.
"""

from __future__ import annotations

from .features import Array, Blocks, Reader

MOST = 5


class Reasons:
    """The words of one text, and what each says for each code."""

    def __init__(
        self, reader: Reader, weights: Array, beta: Array, names: Blocks, text: str
    ) -> None:
        self._line = reader.words(text)
        self._terms = reader.terms(text)
        self._weights, self._beta, self._names = weights, beta, names

    def learned(self, code: int) -> list[tuple[str, float]]:
        """Weigh words by what was learned: weight × value, as it adds to the log odds."""
        columns = self._line.indices
        return self._best(self._line.data * self._weights[columns, code] * self._beta[0])

    def shared(self, code: int) -> list[tuple[str, float]]:
        """Weigh the words that stand in the code's name or definition too."""
        name = self._names.words[code].toarray().ravel()
        return self._best(self._line.data * name[self._line.indices] * self._beta[2])

    def _best(self, said: Array) -> list[tuple[str, float]]:
        from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

        found: list[tuple[str, float]] = []
        for place in (-said).argsort(kind="stable"):
            if said[place] <= 0 or len(found) == MOST:
                break
            word = self._terms.get(int(self._line.indices[place]), "")
            if word.replace("'", "").isalpha() and word not in ENGLISH_STOP_WORDS:
                found.append((word, round(float(said[place]), 4)))
        return found
