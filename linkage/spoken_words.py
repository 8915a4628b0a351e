"""Count the words inside codings, each word once a theme however many codings lie over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sqlite_utils import Database

from coding.transcripts import text
from coding.turns import WORDS

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]


def count_coded_words(db: Database, turns: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """Count coded words of `turns`: columns theme_id, value (of the turns) and words.

    Transcripts are laid end to end, so that one sorted array of words serves every look-up, and a
    theme's codings become +1 where they begin and −1 where they end.
    """
    import pandas as pd

    base, starts, ends, places = _words(db, turns, set(codings["transcript_id"]))
    values, code = np.unique(turns["value"].to_numpy()[places], return_inverse=True)
    codings = codings[codings["transcript_id"].isin(base)]
    shift = codings["transcript_id"].map(base).to_numpy(dtype=np.int64)
    first = np.searchsorted(ends, codings["start"].to_numpy(dtype=np.int64) + shift, "right")
    last = np.searchsorted(starts, codings["end"].to_numpy(dtype=np.int64) + shift, "left")
    counts = []
    for theme, rows in codings.groupby("theme_id").indices.items():
        steps = np.zeros(len(starts) + 1, dtype=np.int64)
        np.add.at(steps, first[rows], 1)
        np.add.at(steps, last[rows], -1)
        found = np.bincount(code[np.cumsum(steps[:-1]) > 0], minlength=len(values))
        counts += [(theme, value, words) for value, words in zip(values, found, strict=True)]
    return pd.DataFrame(counts, columns=["theme_id", "value", "words"]).astype("int64")


def _words(
    db: Database, turns: pd.DataFrame, transcripts: set[int]
) -> tuple[dict[int, int], Integers, Integers, Integers]:
    """Return where each transcript begins, and start, end and turn of every word spoken in it."""
    base: dict[int, int] = {}
    spans: list[tuple[int, int, int]] = []
    length = 0
    for transcript, rows in turns.groupby("transcript_id").indices.items():
        if transcript in transcripts:
            whole = text(db, int(transcript))
            base[int(transcript)] = length
            for row, begin, end in zip(rows, *_bounds(turns, np.asarray(rows)), strict=True):
                found = WORDS.finditer(whole, begin, end)
                spans += [(length + w.start(), length + w.end(), int(row)) for w in found]
            length += len(whole)
    array = np.array(sorted(spans), dtype=np.int64).reshape(-1, 3)
    return base, array[:, 0], array[:, 1], array[:, 2]


def _bounds(turns: pd.DataFrame, rows: Integers) -> tuple[list[int], list[int]]:
    chosen = turns.iloc[rows]
    return chosen["speech_start"].to_list(), chosen["end"].to_list()
