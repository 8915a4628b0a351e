"""Weights of the cues, moved from those set by hand by what people kept and rejected.

A logistic regression whose prior is centred on the hand-set weights: with few decisions it stays
near them, with none it is them. Quality is measured by transcript: a transcript's passages are
judged by weights learned without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from . import story_cues

if TYPE_CHECKING:
    import numpy as np

    from .story_candidates import Candidate

Place = tuple[int, int, int]
SPREAD = 0.5  # standard deviation of a weight around the hand-set one, before any decision
LEAST = 5  # decisions of each kind before weights move


def decided(
    candidates: Sequence[Candidate], kept: Iterable[Place], rejected: Iterable[Place]
) -> np.ndarray:
    """Say of each candidate 1 where most of it is a story, 0 where rejected, NaN else."""
    import numpy as np

    told = np.full(len(candidates), np.nan)
    for value, places in ((0.0, list(rejected)), (1.0, list(kept))):
        for row, candidate in enumerate(candidates):
            if any(_shares(candidate, place) for place in places):
                told[row] = value
    return told


def _shares(candidate: Candidate, place: Place) -> bool:
    """Whether half of the shorter of two passages is in the other."""
    number, start, end = place
    shared = min(end, candidate.end) - max(start, candidate.start)
    shorter = min(end - start, candidate.end - candidate.start)
    return number == candidate.transcript_id and 2 * shared >= shorter


def learn(cues: np.ndarray, told: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights (cues,) and constant from decided passages; by hand where there are too few."""
    import numpy as np
    from scipy.optimize import minimize

    by_hand = np.append(story_cues.weights(), story_cues.CONSTANT)
    known = ~np.isnan(told)
    x, y = np.column_stack([cues[known], np.ones(known.sum())]), told[known]
    if min((y == 1).sum(), (y == 0).sum()) < LEAST:
        return by_hand[:-1], float(by_hand[-1])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ w
        away = w - by_hand
        value = float(np.logaddexp(0, z).sum() - y @ z + (away**2).sum() / (2 * SPREAD**2))
        return value, x.T @ (1 / (1 + np.exp(-z)) - y) + away / SPREAD**2

    found = minimize(loss, by_hand, jac=True, method="L-BFGS-B").x
    return found[:-1], float(found[-1])


def quality(candidates: Sequence[Candidate], told: np.ndarray) -> dict[str, Any]:
    """How well decided passages are told apart: AUC of each ranking, by transcript.

    Returns
    -------
    dict
        `kept`, `rejected`, and `auc` of cues by hand, cues as learned (judged by transcript),
        length only, and random (.5 by definition); `why` where nothing can be measured.
    """
    import numpy as np

    known = [row for row, value in enumerate(told) if not np.isnan(value)]
    y = told[known]
    counted: dict[str, Any] = {"kept": int((y == 1).sum()), "rejected": int((y == 0).sum())}
    if min(counted["kept"], counted["rejected"]) < LEAST:
        return counted | {
            "auc": {}, "why": f"Quality needs {LEAST} stories kept and {LEAST} passages rejected."
        }  # fmt: skip
    cues = np.array([candidates[row].cues for row in known])
    transcripts = np.array([candidates[row].transcript_id for row in known])
    learned = np.empty(len(known))
    for number in np.unique(transcripts):
        here = transcripts == number
        weighing, constant = learn(cues[~here], y[~here])
        learned[here] = story_cues.scores(cues[here], weighing, constant)
    length = np.array([candidates[row].length for row in known], dtype=np.float64)
    ranked = {"by hand": story_cues.scores(cues), "learned": learned, "length only": length}
    return counted | {"auc": {**{n: auc(s, y) for n, s in ranked.items()}, "random": 0.5}}


def auc(scores: np.ndarray, y: np.ndarray) -> float:
    """The chance that a kept passage stands above a rejected one, ties counting half."""
    from scipy.stats import rankdata

    ranks, kept = rankdata(scores), y == 1
    n, m = int(kept.sum()), int((~kept).sum())
    return float((ranks[kept].sum() - n * (n + 1) / 2) / (n * m))
