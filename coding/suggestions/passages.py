"""What is learned from and what is suggested for: coded passages, and participants' turns.

All coders' codings teach. Codings that cover mostly the same words are one passage with all their
codes; a passage also has the code of any coding that holds most of its words. A coding that was
accepted from a suggestion teaches like any other, since a person decided it, but the passage is
not used to measure the suggestions: that would measure them by themselves.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlite_utils import Database

from ..finishing import finished_by
from ..sentences import sentences
from ..transcripts import list_turns, text

Span = tuple[int, int]
LONG = 80  # words; a longer turn is cut into runs of sentences
MOST = 4000  # coded passages that are learned from: the time grows with the cube
UNCODED = 500
FEW = 3
SHORT = 4  # words; a shorter turn says too little to code
CODINGS = """
    SELECT c.id, c.transcript_id, c.start, c."end" AS stop, c.code_id, EXISTS (
        SELECT 1 FROM suggestion_decision d
        WHERE d.coding_id = c.id AND d.decision = 'accepted') AS suggested
    FROM coding c ORDER BY c.transcript_id, c.start, c."end", c.code_id, c.id
    """


@dataclass(frozen=True)
class Passage:
    """Words of a transcript; `codes` it bears, and the codings that it was made of."""

    transcript_id: int
    start: int
    end: int
    quote: str
    turn: int = 0
    codes: frozenset[int] = frozenset()
    codings: tuple[int, ...] = ()
    suggested: bool = False
    weight: float = 1.0


@dataclass(frozen=True)
class Coding:
    """A coding as far as it teaches."""

    id: int
    transcript_id: int
    start: int
    end: int
    code_id: int
    suggested: int


def codings_by_transcript(db: Database) -> dict[int, list[Coding]]:
    """Map each transcript that is coded to its codings, in the order of the text."""
    found: dict[int, list[Coding]] = {}
    for row in db.execute(CODINGS).fetchall():
        found.setdefault(row[1], []).append(Coding(*row))
    return found


def coded_passages(db: Database) -> list[Passage]:
    """List the passages that are coded, in the order of transcripts and of their text."""
    return [
        passage
        for transcript_id, codings in codings_by_transcript(db).items()
        for passage in _of(text(db, transcript_id), codings)
    ]


def _of(words: str, codings: list[Coding]) -> Iterator[Passage]:
    for group in _alike(codings):
        start, end = min(c.start for c in group), max(c.end for c in group)
        near = [c for c in codings if c.start < end and c.end > start]
        bearing = [c for c in near if _shared(c, (start, end)) * 2 >= end - start]
        yield Passage(
            group[0].transcript_id,
            start,
            end,
            words[start:end],
            codes=frozenset(c.code_id for c in bearing) | {c.code_id for c in group},
            codings=tuple(sorted(c.id for c in group)),
            suggested=any(c.suggested for c in group),
        )


def _alike(codings: list[Coding]) -> list[list[Coding]]:
    """Group codings of which each shares most of its words, and of the first one's, with it."""
    groups: list[list[Coding]] = []
    for coding in codings:
        for group in reversed(groups[-8:]):
            first = group[0]
            longer = max(first.end - first.start, coding.end - coding.start)
            if _shared(coding, (first.start, first.end)) * 2 > longer:
                group.append(coding)
                break
        else:
            groups.append([coding])
    return groups


def _shared(coding: Coding, span: Span) -> int:
    return min(coding.end, span[1]) - max(coding.start, span[0])


def spoken_passages(db: Database, transcript_id: int) -> list[Passage]:
    """Cut what participants said in a transcript into passages of at most some 80 words.

    Turns, or runs of sentences where a turn is longer; the moderator and unknown voices without
    a role are told apart by the role: only the moderator is left out.
    """
    words = text(db, transcript_id)
    return [
        Passage(transcript_id, start, end, words[start:end], turn["position"])
        for turn in list_turns(db, transcript_id)
        if turn["role"] != "moderator" and turn["words"] >= SHORT
        for start, end in _runs(words, turn["speech_start"], turn["end"], turn["words"])
    ]


def _runs(words: str, start: int, end: int, count: int) -> Iterator[Span]:
    if count <= LONG:
        trimmed = words[start:end]
        first = start + len(trimmed) - len(trimmed.lstrip())
        yield first, start + len(trimmed.rstrip())
        return
    low, said, high = -1, 0, -1
    for first, last in sentences(words, start, end):
        more = len(words[first:last].split())
        if low >= 0 and said + more > LONG:
            yield low, high
            low, said = -1, 0
        low, high, said = (first if low < 0 else low), last, said + more
    if low >= 0:
        yield low, high


def examples(db: Database) -> list[Passage]:
    """List what is learned from: coded passages, and of finished transcripts uncoded ones too.

    Only where somebody marked a transcript as finished does an uncoded passage mean that no code
    fits; elsewhere nobody may have looked. Of many, some evenly spaced ones stand for all. With
    fewer than three coded transcripts they are left out: each must be told by the others.
    """
    coded = coded_passages(db)
    if len({p.transcript_id for p in coded}) < FEW:
        return coded
    return _spread(coded, MOST) + _spread(list(_uncoded(db)), UNCODED)


def _uncoded(db: Database) -> Iterator[Passage]:
    codings = codings_by_transcript(db)
    for transcript_id in sorted(finished_by(db)):
        applied = Applied(codings.get(transcript_id, []))
        yield from (p for p in spoken_passages(db, transcript_id) if not applied.on(p))


def _spread(passages: list[Passage], most: int) -> list[Passage]:
    weight = len(passages) / most
    if weight <= 1:
        return passages
    return [replace(passages[int(at * weight)], weight=weight) for at in range(most)]


class Applied:
    """Which codes stand on any of a passage's words already, whoever put them there."""

    def __init__(self, codings: list[Coding]) -> None:
        self._codings = sorted(codings, key=lambda c: c.start)
        self._starts = [c.start for c in self._codings]

    def on(self, passage: Passage) -> set[int]:
        """Return the codes that touch a passage."""
        before = self._codings[: bisect_right(self._starts, passage.end - 1)]
        return {c.code_id for c in before if c.end > passage.start}
