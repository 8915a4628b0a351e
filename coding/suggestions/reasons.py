"""Which words of a text speak for a code: the strongest first, and only such as mean something.

Pairs of words and runs of letters count too, but tell a reader nothing that their words do not.
"""

from __future__ import annotations

import numpy as np

from .features import Array
from .ranking import Model

MOST = 5
LITTLE = 0.005


class Reasons:
    """The words of one text, and what each says for each code."""

    def __init__(self, model: Model, text: str) -> None:
        self._model = model
        self._line = model.reader.words(text)
        self._terms = model.reader.terms(text)

    def learned(self, code: int) -> list[tuple[str, float]]:
        """Weigh words by what was learned: weight × value, in log odds."""
        model = self._model
        score, with_examples = model.calibration.weights[:2]
        trust = score + with_examples * np.log1p(model.examples_of[code])
        return self._best(trust * self._line.data * model.weights[0][self._line.indices, code])

    def shared(self, code: int) -> list[tuple[str, float]]:
        """Weigh the words that stand in the code's name or definition too."""
        name = self._model.names.words[code].toarray().ravel()
        trust = self._model.calibration.weights[3]
        return self._best(trust * self._line.data * name[self._line.indices])

    def _best(self, said: Array) -> list[tuple[str, float]]:
        from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

        found: list[tuple[str, float]] = []
        for place in (-said).argsort(kind="stable"):
            if said[place] < LITTLE or len(found) == MOST:
                break
            word = self._terms.get(int(self._line.indices[place]), "")
            if word.replace("'", "").isalpha() and word.split("'")[0] not in ENGLISH_STOP_WORDS:
                found.append((word, round(float(said[place]), 4)))
        return found
