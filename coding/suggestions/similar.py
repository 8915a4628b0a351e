"""Find more like a passage, in all that participants said."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock

import numpy as np
from sqlite_utils import Database

from ..checks import Row
from ..errors import BadInput
from ..transcripts import list_transcripts, passage
from . import vectors
from .features import Array, Blocks, Reader
from .passages import Passage, spoken_passages

KEPT = 2  # studies, or what different people may see of one


@dataclass(frozen=True)
class _Index:
    spoken: list[Passage]
    reader: Reader


_kept: OrderedDict[str, _Index] = OrderedDict()
_lock = Lock()


def more_like(
    db: Database, transcript_id: int, start: int, end: int, *, top: int = 20
) -> list[Row]:
    """List what participants said that is likest to a passage, the likest first.

    Rows transcript_id, start, end, quote, turn and similarity (the cosine of TF-IDF of words and
    letters, and of meaning where the language model has vectors; 0 to 1). What overlaps the
    passage is left out, as is what has nothing in common with it. Raises BadInput where the
    passage is not in the text.
    """
    words = passage(db, transcript_id, start, end) if 0 <= start < end else ""
    if not words.strip():
        raise BadInput("That passage is not in the transcript; select the words again.")
    index = _index_of([p for row in list_transcripts(db) for p in spoken_passages(db, row["id"])])
    alike = _cosine(index.reader, words)
    here = (transcript_id, start, end)
    best = [i for i in np.argsort(-alike, kind="stable") if alike[i] > 0]
    apart = [i for i in best[: top + 200] if not _overlaps(index.spoken[i], here)]
    return [_row(index.spoken[i], float(alike[i])) for i in apart[: max(top, 0)]]


def _cosine(reader: Reader, words: str) -> Array:
    read: Blocks = reader.read([words])
    return np.asarray(np.clip(read.beside(reader.known)[0] / read.most, 0, 1))


def _index_of(spoken: list[Passage]) -> _Index:
    """Return the index of these very words, made once; another person's may hold other words."""
    key = sha256(repr([(p.transcript_id, p.start, p.quote) for p in spoken]).encode()).hexdigest()
    with _lock:
        if key not in _kept:
            _kept[key] = _Index(spoken, Reader([p.quote for p in spoken], (vectors,)))
        _kept.move_to_end(key)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
        return _kept[key]


def _overlaps(spoken: Passage, here: tuple[int, int, int]) -> bool:
    transcript_id, start, end = here
    return spoken.transcript_id == transcript_id and spoken.start < end and spoken.end > start


def _row(spoken: Passage, similarity: float) -> Row:
    return {
        "transcript_id": spoken.transcript_id,
        "start": spoken.start,
        "end": spoken.end,
        "quote": spoken.quote,
        "turn": spoken.turn,
        "similarity": similarity,
    }
