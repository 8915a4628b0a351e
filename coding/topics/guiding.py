"""The words of the codebook: what guided topics start from, and which code a topic is near.

Only what the codebook says is used, never what anybody coded, so that who codes blind may see it.
The rule when not to use a code is left out, since it tells what the code is not about.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sqlite_utils import Database

from ..checks import Row
from ..codebook import codebook
from ..language import installed_model, load
from .keeping import TEXTS
from .terms import Terms
from .weighing import Weighed

NEAR = 0.15  # cosine of a topic's and a code's words
MOST_SEEDED = 20
SHARED = 4  # words told


@dataclass(frozen=True)
class Guide:
    """The codes whose words are said: their numbers, own words and the words said along with."""

    code_ids: list[int]
    own: np.ndarray
    along: np.ndarray

    def seeds(self, themes: dict[int, int]) -> tuple[list[int], np.ndarray]:
        """Return themes, and a row for each to start a topic from: the mean of its codes."""
        order = list(dict.fromkeys(themes[code] for code in self.code_ids))[:MOST_SEEDED]
        rows = [
            self.along[[themes[code] == theme for code in self.code_ids]].mean(axis=0)
            for theme in order
        ]
        return order, np.array(rows).reshape(-1, self.along.shape[1])


def read_guide(db: Database, weighed: Weighed) -> Guide:
    """Weigh the words of every code by the terms of the talk; codes without any are left out."""
    codes = codebook(db)
    if not codes:
        nothing = np.zeros((0, len(weighed.terms)))
        return Guide([], nothing, nothing)
    terms = Terms((), model=installed_model().module is not None)
    own = weighed.weigh(_texts(codes, terms)).toarray()
    said = own.sum(axis=1) > 0
    own = own[said]
    along = np.asarray((weighed.matrix @ own.T).T @ weighed.matrix).reshape(own.shape)
    return Guide([c["id"] for c, is_said in zip(codes, said, strict=True) if is_said],
                 own, _unit_length(along + own))  # fmt: skip


def _texts(codes: list[Row], terms: Terms) -> list[list[str]]:
    texts = (". ".join(code[name] for name in TEXTS if code[name]) for code in codes)
    return [[term for held in terms.of(doc) for term in held] for doc in load().pipe(texts)]


def _unit_length(rows: np.ndarray) -> np.ndarray:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    found: np.ndarray = rows / np.where(length > 0, length, 1)
    return found


def near(guide: Guide, topics: np.ndarray, terms: np.ndarray) -> list[list[Row]]:
    """List for each topic the codes it is near, nearest first, and the words they share."""
    likeness = topics @ guide.own.T
    return [
        [
            _near(guide, int(place), float(row[place]), topic, terms)
            for place in np.argsort(-row, kind="stable")[:3]
            if row[place] >= NEAR
        ]
        for row, topic in zip(likeness, topics, strict=True)
    ]


def _near(guide: Guide, place: int, value: float, topic: np.ndarray, terms: np.ndarray) -> Row:
    shared = topic * guide.own[place]
    best = [i for i in np.argsort(-shared, kind="stable")[:SHARED] if shared[i] > 0]
    words = [str(terms[i]) for i in best]
    return {"code_id": guide.code_ids[place], "likeness": round(value, 4), "words": words}
