"""Where codings stand when one counts in words instead of letters."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sqlite_utils import Database

from ..transcripts import text
from ..turns import WORDS
from .corpus import Corpus

FARTHEST = 1000  # the most turns or words that are near


def word_places(db: Database, corpus: Corpus) -> tuple[np.ndarray, np.ndarray]:
    """Return the first word of each coding and the one after its last, counted in the talk.

    Only words that somebody speaks are counted, not names before a colon. A coding without a
    whole or part of a word stands between two, with both numbers the same.
    """
    codings = corpus.codings
    first = np.zeros(len(codings), dtype=np.int64)
    last, before = first.copy(), 0
    for transcript_id, rows in codings.groupby("transcript_id").indices.items():
        starts, ends = _spoken(db, corpus, int(transcript_id))
        first[rows] = before + np.searchsorted(ends, codings["start"].to_numpy()[rows], "right")
        last[rows] = before + np.searchsorted(starts, codings["end"].to_numpy()[rows], "left")
        before += len(starts) + 2 * FARTHEST + 2
    return first, np.maximum(first, last)


def _spoken(db: Database, corpus: Corpus, transcript_id: int) -> tuple[np.ndarray, np.ndarray]:
    turns: pd.DataFrame = corpus.turns[corpus.turns["transcript_id"] == transcript_id]
    shift = corpus.shifts[transcript_id]
    spans = [word.span() for word in WORDS.finditer(text(db, transcript_id))]
    places = np.array(spans, dtype=np.int64).reshape(-1, 2) + shift
    turn = np.searchsorted(turns["start"], places[:, 0], "right") - 1
    spoken = (turn >= 0) & (places[:, 0] < turns["end"].to_numpy()[np.maximum(turn, 0)])
    return places[spoken, 0], places[spoken, 1]
