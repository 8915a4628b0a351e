"""Where codings stand when one counts in words instead of letters."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

import numpy as np
from sqlite_utils import Database

from ..transcripts import text
from ..turns import WORDS
from .corpus import Corpus

FARTHEST = 1000  # the most turns or words that are near
Spans = tuple[list[int], list[int]]


def word_places(db: Database, corpus: Corpus, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the first word of each wanted coding and the one after its last.

    Words are counted through the talk, names before a colon left out. How many a turn has is
    stored, so only the turns where a coding begins or ends are read. Codings that are not wanted,
    and those without a word, have both numbers the same.
    """
    first = np.zeros(len(corpus.codings), dtype=np.int64)
    last = first.copy()
    before = corpus.turns["words"].cumsum().to_numpy() - corpus.turns["words"].to_numpy()
    before = before + np.cumsum(_begins(corpus)) * (2 * FARTHEST + 2)
    rows = corpus.codings[wanted & (corpus.codings["last"] >= corpus.codings["first"])]
    for number, some in rows.groupby("transcript_id"):
        reader = _Reader(db, corpus, int(str(number)))
        columns = ("start", "end", "first", "last")
        for row, start, end, one, other in zip(
            some.index, *(some[name].tolist() for name in columns), strict=True
        ):
            first[row] = before[one] + bisect_right(reader.words(one)[1], start)
            last[row] = before[other] + bisect_left(reader.words(other)[0], end)
    return first, np.maximum(first, last)


def _begins(corpus: Corpus) -> np.ndarray:
    """Say of each turn whether it is the first of its transcript."""
    numbers = corpus.turns["transcript_id"].to_numpy()
    return np.r_[True, numbers[1:] != numbers[:-1]] if len(numbers) else np.zeros(0, bool)


class _Reader:
    """Reads the words of the turns of one transcript, each turn once."""

    def __init__(self, db: Database, corpus: Corpus, transcript_id: int) -> None:
        self._text, self._shift = text(db, transcript_id), corpus.shifts[transcript_id]
        self._starts, self._ends = (corpus.turns[n].to_numpy() for n in ("start", "end"))
        self._known: dict[int, Spans] = {}

    def words(self, turn: int) -> Spans:
        """Return where each word of a turn begins and ends, on the common axis."""
        if turn not in self._known:
            shift = self._shift
            place = int(self._starts[turn]) - shift, int(self._ends[turn]) - shift
            words = list(WORDS.finditer(self._text, *place))
            starts, ends = ([shift + m.start() for m in words], [shift + m.end() for m in words])
            self._known[turn] = starts, ends
        return self._known[turn]
