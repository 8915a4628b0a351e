"""Passages that may tell a story: runs of turns, or of sentences of a long turn, with cues."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from coding.groups import get_group
from coding.language import Parsed, read
from coding.transcripts import list_transcripts

from . import story_cues

if TYPE_CHECKING:
    import numpy as np

Row = dict[str, Any]
Progress = Callable[[int, int], object]
LONGEST = 200  # words of a candidate
SHORTEST = 15
LONG_TURN = 120  # words: a longer one may hold more than a story
PROMPT = 15  # words that a moderator may put into an exchange


@dataclass(frozen=True)
class Sentence:
    """A participant's sentence: its place in the transcript, what it counts, and its words."""

    start: int
    end: int
    turn: Row
    counts: list[float]
    words: frozenset[str]


@dataclass
class Candidate:
    """A run of whole sentences of one exchange."""

    transcript_id: int
    area_id: int
    group_id: int
    exchange: int  # which of its transcript's
    sentences: Sequence[Sentence]
    cues: np.ndarray
    score: float
    words: frozenset[str] = field(default_factory=frozenset)

    @property
    def start(self) -> int:
        return self.sentences[0].start

    @property
    def end(self) -> int:
        return self.sentences[-1].end

    @property
    def length(self) -> int:
        """In characters."""
        return self.end - self.start

    @property
    def issue_id(self) -> int | None:
        """The issue that most of its sentences are about."""
        held = [sentence.turn["issue_id"] for sentence in self.sentences]
        return max(held, key=held.count) if held else None

    @property
    def speakers(self) -> list[str]:
        names = [sentence.turn["speaker"] for sentence in self.sentences]
        return list(dict.fromkeys(name for name in names if name))


def find_candidates(
    db: Database, weighing: np.ndarray | None = None, progress: Progress | None = None,
    transcript_ids: Iterable[int] | None = None,
) -> list[Candidate]:  # fmt: skip
    """Find the passages of source-phase talk that tell most of a story, none overlapping another.

    The best window of sentences first, then the best that does not touch it, and so on: one
    passage a story and place. `progress(done, total)` counts transcripts.
    """
    chosen = None if transcript_ids is None else set(transcript_ids)
    rows = [row for row in list_transcripts(db) if chosen is None or row["id"] in chosen]
    groups = {row["id"]: get_group(db, row["focus_group_id"]) for row in rows}
    heard = [row["id"] for row in rows if groups[row["id"]]["phase"] == "source"]
    found: list[Candidate] = []
    for done, parsed in enumerate(read(db, heard), 1):
        found += _of_transcript(parsed, groups[parsed.transcript_id], weighing)
        if progress:
            progress(done, len(heard))
    return found


def _of_transcript(parsed: Parsed, group: Row, weighing: Any) -> list[Candidate]:
    import numpy as np

    told = [exchange for exchange in exchanges(parsed) if exchange]
    windows = [(number, *ends) for number, e in enumerate(told) for ends in _windows(e)]
    if not windows:
        return []
    sums = np.vstack([_sums(exchange) for exchange in told])
    cues = story_cues.passage_cues(sums)
    scores = story_cues.scores(cues, weighing)
    taken: list[tuple[int, int]] = []
    found = []
    for place in np.argsort(-scores, kind="stable"):
        number, first, last = windows[place]
        exchange = told[number]
        start, end = exchange[first].start, exchange[last].end
        if any(start < b and a < end for a, b in taken):
            continue
        taken.append((start, end))
        window = exchange[first : last + 1]
        words = frozenset().union(*(s.words for s in window))
        place_of = (parsed.transcript_id, group["area_id"], group["id"], number)
        found.append(Candidate(*place_of, window, cues[place], float(scores[place]), words))
    return found


def exchanges(parsed: Parsed) -> Iterator[list[Sentence]]:
    """Cut a transcript where the moderator says more than a prompt, or the issue changes."""
    held: list[Sentence] = []
    for turn, doc in zip(parsed.turns, parsed.docs, strict=True):
        if turn["role"] == "moderator":
            if int(str(turn["words"])) > PROMPT:
                yield held
                held = []
            continue
        if held and held[-1].turn["issue_id"] != turn["issue_id"]:
            yield held
            held = []
        held += _sentences(turn, doc)
    yield held


def _sentences(turn: Row, doc: Any) -> Iterator[Sentence]:
    shift = int(turn["speech_start"])
    for span in story_cues.sentences(doc):
        text = span.text
        start = span.start_char + len(text) - len(text.lstrip())
        end = span.start_char + len(text.rstrip())
        if end > start:
            content = frozenset(
                t.lemma_.lower() or t.lower_ for t in span if t.is_alpha and not t.is_stop
            )
            counted = story_cues.counts([span])
            yield Sentence(shift + start, shift + end, turn, counted, content)


def _windows(exchange: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """The first and the last sentence of every run that is neither too short nor too long."""
    size, starts, stops = len(story_cues.CUES), *_edges(exchange)
    for first in starts:
        words = 0.0
        for last in range(first, len(exchange)):
            words += exchange[last].counts[size]
            if words > LONGEST and last > first:
                break
            if words >= SHORTEST and last in stops:
                yield first, last


def _edges(exchange: Sequence[Sentence]) -> tuple[list[int], set[int]]:
    """Where a passage may begin and end: with a turn, within a long one with any sentence."""
    turns = [sentence.turn["id"] for sentence in exchange]
    long = [int(sentence.turn["words"]) > LONG_TURN for sentence in exchange]
    last = len(exchange) - 1
    starts = [i for i in range(len(exchange)) if long[i] or i == 0 or turns[i] != turns[i - 1]]
    stops = {i for i in range(len(exchange)) if long[i] or i == last or turns[i] != turns[i + 1]}
    return starts, stops


def _sums(exchange: Sequence[Sentence]) -> np.ndarray:
    """What each window of an exchange counts, (windows, counts), in their order."""
    import numpy as np

    ends = np.array(list(_windows(exchange)), dtype=np.intp).reshape(-1, 2)
    added = np.cumsum([np.zeros_like(exchange[0].counts), *(s.counts for s in exchange)], axis=0)
    return np.asarray(added[ends[:, 1] + 1] - added[ends[:, 0]])
