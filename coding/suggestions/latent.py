"""The meaning of a text by the company that its letters keep in the study's own talk.

Latent semantic analysis (Deerwester et al. 1990): TF-IDF of letters cut to its strongest
directions, learned from all that was said, coded or not. So a word that no coded passage holds
tells something too, where it stands beside the same words elsewhere; no model is needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
SHARE = 0.5
DIRECTIONS = 100
LEAST = 3 * DIRECTIONS  # texts; fewer have too little company to learn from
ROUNDS = 4  # of the randomised method; more change little
SEED = 0


@dataclass(frozen=True)
class Latent:
    """The directions of a study's talk: letters in rows."""

    directions: Array

    @classmethod
    def learn(cls, letters: Any) -> Latent | None:
        """Learn from texts × letters (TF-IDF, sparse); None of too few texts."""
        from sklearn.utils.extmath import randomized_svd

        if letters.shape[0] < LEAST:
            return None
        _, strength, directions = randomized_svd(
            letters, DIRECTIONS, n_iter=ROUNDS, random_state=SEED
        )
        return cls(directions.T[:, strength > 1e-9])

    def embed(self, letters: Any) -> Array:
        """Return a row of unit length for each text; zeros where nothing is known of it."""
        found = np.asarray(letters @ self.directions)
        length = np.linalg.norm(found, axis=1, keepdims=True)
        return found / np.where(length > 1e-9, length, 1)
