"""The meaning of a text by the vectors of its words, where the language model has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from .. import language

Array = np.ndarray[Any, Any]
# Means of vectors tell passages apart less well than their words do.
SHARE = 0.5
KEPT = 50_000
_WORD = re.compile(r"\w\w+")


def available() -> bool:
    """Say whether the language model has vectors."""
    return language.installed_model().vectors


def embed(texts: Sequence[str]) -> Array:
    """Return the mean vector of each text's words, of unit length; zeros without a known word."""
    width = language.load().vocab.vectors.shape[1]
    found = np.zeros((len(texts), width))
    for row, text in enumerate(texts):
        known = [v for word in _WORD.findall(text.lower()) if (v := _vector(word)) is not None]
        if known:
            found[row] = np.sum(known, axis=0)
    length = np.linalg.norm(found, axis=1, keepdims=True)
    return np.asarray(found / np.where(length > 0, length, 1))


@lru_cache(maxsize=KEPT)
def _vector(word: str) -> Array | None:
    """Return a word's vector, of unit length; none of a word that is everywhere or not known."""
    vocabulary = language.load().vocab
    if not vocabulary.has_vector(word) or vocabulary[word].is_stop:
        return None
    vector = np.asarray(vocabulary.get_vector(word), dtype=float)
    length = float(np.linalg.norm(vector))
    return vector / length if length else None
