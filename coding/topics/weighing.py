"""TF-IDF: how much each term tells of a unit and of what is said just before and after it.

People stay with a subject for a while, and a turn in a group is short, so a unit takes half the
weight of the units beside it. On meetings cut into topics by hand this brings topics much nearer
to those cuts (tests/benchmarks/topics.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

LEAST_UNITS_OF_A_TERM = 2
LARGEST_SHARE = 0.5  # what more than half of the units say sets none apart
MOST_TERMS = 6000
NEIGHBOURS = 0.5


def as_they_are(terms: list[str]) -> list[str]:
    """Return the terms: they are taken out of the text already."""
    return terms


@dataclass(frozen=True)
class Weighed:
    """`matrix` has a row a unit, of length 1, and a column a term."""

    matrix: csr_matrix
    terms: np.ndarray
    vectorizer: Any

    def weigh(self, texts: Iterable[list[str]]) -> csr_matrix:
        """Weigh other texts, such as those of codes, by the same terms."""
        found: csr_matrix = self.vectorizer.transform(texts)
        return found


def weigh(
    units: list[list[str]], transcripts: list[int], neighbours: float = NEIGHBOURS
) -> Weighed | None:
    """Weigh the terms of units, each of a transcript; None where no term is said in two units."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(
        analyzer=as_they_are,
        min_df=LEAST_UNITS_OF_A_TERM,
        max_df=LARGEST_SHARE,
        max_features=MOST_TERMS,
        sublinear_tf=True,
        dtype=np.float64,
    )
    try:
        matrix = vectorizer.fit_transform(units)
    except ValueError:  # its way to say that no term is left
        return None
    matrix = _beside(matrix, np.array(transcripts), neighbours)
    return Weighed(matrix, vectorizer.get_feature_names_out(), vectorizer)


def _beside(matrix: csr_matrix, transcripts: np.ndarray, share: float) -> csr_matrix:
    """Add to each row a share of the rows before and after it in its transcript."""
    from scipy.sparse import diags
    from sklearn.preprocessing import normalize

    same = share * (transcripts[1:] == transcripts[:-1])
    ones = np.ones(len(transcripts))
    found: csr_matrix = normalize(diags([same, ones, same], [-1, 0, 1]) @ matrix).tocsr()
    return found
