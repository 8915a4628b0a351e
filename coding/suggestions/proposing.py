"""Propose codes for what is not coded yet, each with the reasons that speak for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from sqlite_utils import Database

from ..checks import Row
from ..transcripts import list_transcripts
from . import keeping, quality
from .features import Array, Blocks, Talk
from .passages import Applied, Passage, codings_by_transcript, examples, spoken_passages
from .reasons import Reasons

NEAREST = 3
# Before anything is coded: so many passages a code, those likest to its name and definition.
FIRST = 20


class Proposer:
    """Learns from a study's codings once, and proposes codes transcript by transcript."""

    def __init__(self, db: Database, passages: Sequence[Passage] | None = None) -> None:
        self._db = db
        self.passages = examples(db) if passages is None else list(passages)
        self.code_texts = keeping.code_texts(db)
        self.codes = sorted(self.code_texts)
        self._codings = codings_by_transcript(db)
        self._decided = keeping.decided(db)
        self._decided_words = keeping.decided_words(db)
        counted = [sum(code in p.codes for p in self.passages) for code in self.codes]
        self.enough = np.array(counted, dtype=int) >= quality.LEAST
        self.from_names = not self.enough.any()
        self.talk: Talk | None = None
        if self.codes:
            self._learn()

    def _learn(self) -> None:
        learned = [] if self.from_names else self.passages
        said = [p.quote for p in self._everything()]
        self.talk = Talk.learn(said) if learned else None
        self._model = quality.learn(learned, self.codes, self.code_texts, said, self.talk)
        self._read = self._model.reader.read([p.quote for p in self.passages])

    def _everything(self) -> Iterator[Passage]:
        for row in list_transcripts(self._db):
            yield from spoken_passages(self._db, row["id"])

    def propose(self, tell: Callable[[int], object]) -> list[Row]:
        """Propose codes for all that participants said, transcript by transcript."""
        found: list[Row] = []
        for at, row in enumerate(list_transcripts(self._db)):
            tell(at)
            if self.codes:
                found += self._of(row["id"])
        return self._likest(found) if self.from_names else found

    def _of(self, transcript_id: int) -> Iterator[Row]:
        spoken = spoken_passages(self._db, transcript_id)
        if not spoken:
            return
        blocks = self._model.reader.read([p.quote for p in spoken])
        # Uncoded talk of this transcript may have been learned from, and would now tell itself.
        model = self._model.without(transcript_id)
        chances = model.rank(blocks)
        applied = Applied(self._codings.get(transcript_id, []))
        for row, column in np.argwhere(self._worth(blocks, chances)).tolist():
            passage, code = spoken[row], self.codes[column]
            place = (transcript_id, code, passage.start, passage.end)
            said = (transcript_id, code, passage.quote)
            gone = place in self._decided or said in self._decided_words
            if not gone and code not in applied.on(passage):
                reasons = self._reasons(Reasons(model, passage.quote), blocks.rows([row]), column)
                yield {
                    "transcript_id": transcript_id,
                    "code_id": code,
                    "start": passage.start,
                    "end": passage.end,
                    "probability": float(chances[row, column]),
                    "reasons": json.dumps(reasons, ensure_ascii=False),
                }

    def _worth(self, blocks: Blocks, chances: Array) -> Array:
        if not self.from_names:
            return quality.suggested(chances, self.enough)
        alike = blocks.beside(self._model.names)
        return np.asarray((alike > 0) & (alike >= alike.max(axis=1, keepdims=True)))

    def _likest(self, rows: list[Row]) -> list[Row]:
        taken: dict[int, int] = {}
        kept = []
        for row in sorted(rows, key=lambda r: -r["probability"]):
            taken[row["code_id"]] = taken.get(row["code_id"], 0) + 1
            if taken[row["code_id"]] <= FIRST:
                kept.append(row)
        return kept

    def _reasons(self, reasons: Reasons, block: Blocks, column: int) -> Row:
        if self.from_names:
            return {"words": reasons.shared(column), "nearest": [], "from": "name and definition"}
        nearest = self._nearest(block, self.codes[column])
        return {"words": reasons.learned(column), "nearest": nearest, "from": "coded passages"}

    def _nearest(self, one: Blocks, code: int) -> list[int]:
        bearing = [i for i, p in enumerate(self.passages) if code in p.codes]
        alike = one.beside(self._read.rows(bearing))[0]
        best = [i for i in np.argsort(-alike, kind="stable")[: 3 * NEAREST] if alike[i] > 0]
        found = [self._coding(self.passages[bearing[i]], code) for i in best]
        return list(dict.fromkeys(found))[:NEAREST]

    def _coding(self, passage: Passage, code: int) -> int:
        """Return the coding of a passage that bears the code, or else any that touches it."""
        here = self._codings[passage.transcript_id]
        near = [c for c in here if c.start < passage.end and c.end > passage.start]
        return min((c.code_id != code, c.id) for c in near)[1]
