"""Passages that may tell a story, ranked for each area and issue, with the reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from coding.groups import get_group
from coding.language import Parsed, read
from coding.transcripts import list_transcripts

from . import story_cues
from .areas import areas, issues

if TYPE_CHECKING:
    import numpy as np

Row = dict[str, Any]
Progress = Callable[[int, int], object]
LONGEST = 200  # words of a candidate
SHORTEST = 15
LONG_TURN = 120  # words: a longer one may hold more than a story
PROMPT = 15  # words that a moderator may put into an exchange
ALIKE = 0.5  # share of content words above which two passages tell the same story
NEAR = 300  # characters between passages of one telling
AGAIN = 0.75  # what a passage counts for, once for each above it of the same speaker or group


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


def rank_stories(
    db: Database, *, area_id: int | None = None, issue_id: int | None = None, top: int = 10,
    weighing: np.ndarray | None = None, progress: Progress | None = None,
) -> list[Row]:  # fmt: skip
    """Rank candidates within each area and issue: one story once, speakers and groups mixed.

    Returns
    -------
    list of dict
        rank, area, issue, score, transcript_id, transcript, turn, start, end, quote, speaker,
        group, cues (name → its contribution to the score's logit), reasons.
    """
    found = find_candidates(db, weighing, progress)
    cells: dict[tuple[int, int], list[Candidate]] = {}
    for candidate in found:
        if candidate.issue_id is not None:
            cells.setdefault((candidate.area_id, candidate.issue_id), []).append(candidate)
    describe = _Describe(db, weighing)
    rows = []
    for area in areas(db):
        for issue in issues(db):
            if area_id not in (None, area["id"]) or issue_id not in (None, issue["id"]):
                continue
            chosen = diverse(cells.get((area["id"], issue["id"]), []), top)
            for rank, candidate in enumerate(chosen, 1):
                rows.append(describe(candidate, rank, area, issue))
    return rows


def diverse(candidates: Sequence[Candidate], top: int) -> list[Candidate]:
    """Choose the best, leaving out what was told above it, others' voices before the same's."""
    left = sorted(candidates, key=lambda c: -c.score)
    chosen: list[Candidate] = []
    while left and len(chosen) < top:
        best = max(left, key=lambda c: c.score * AGAIN ** _heard(c, chosen))
        left.remove(best)
        if not any(_same_story(best, other) for other in chosen):
            chosen.append(best)
    return chosen


def _heard(candidate: Candidate, chosen: Sequence[Candidate]) -> float:
    """How often the same voice stands above: a speaker counts whole, only the group a third."""
    speaker = candidate.speakers[:1]
    return sum(
        1.0 if c.speakers[:1] == speaker and c.transcript_id == candidate.transcript_id
        else (c.group_id == candidate.group_id) / 3
        for c in chosen
    )  # fmt: skip


def _same_story(one: Candidate, other: Candidate) -> bool:
    """Whether two passages stand close together in one exchange, or say much the same."""
    near = max(one.start, other.start) - min(one.end, other.end) < NEAR
    place = (one.transcript_id, one.exchange) == (other.transcript_id, other.exchange)
    return (place and near) or _alike(one, other) >= ALIKE


def _alike(one: Candidate, other: Candidate) -> float:
    shared = len(one.words & other.words)
    return shared / max(min(len(one.words), len(other.words)), 1)


class _Describe:
    """Writes candidates as rows, with quotes from the text as it stands."""

    def __init__(self, db: Database, weighing: np.ndarray | None) -> None:
        from coding.transcripts import text

        self._db, self._read = db, text
        self._texts: dict[int, str] = {}
        self._titles = {row["id"]: row["title"] for row in list_transcripts(db)}
        self._weighing = story_cues.weights() if weighing is None else weighing

    def __call__(self, candidate: Candidate, rank: int, area: Row, issue: Row) -> Row:
        number = candidate.transcript_id
        if number not in self._texts:
            self._texts[number] = self._read(self._db, number)
        text = self._texts[number]
        told = candidate.cues * self._weighing
        parts = dict(zip(story_cues.NAMES, (float(value) for value in told), strict=True))
        return {
            "rank": rank,
            "area": area["key"],
            "issue": issue["key"],
            "score": candidate.score,
            "transcript_id": number,
            "transcript": self._titles[number],
            "turn": candidate.sentences[0].turn["position"],
            "start": candidate.start,
            "end": candidate.end,
            "quote": text[candidate.start : candidate.end],
            "speaker": ", ".join(candidate.speakers),
            "group_id": candidate.group_id,
            "cues": parts,
            "reasons": reasons(parts),
        }


def reasons(parts: dict[str, float], most: int = 4) -> str:
    """Say what spoke most for a passage, and what against it."""
    ordered = sorted(parts, key=lambda name: -abs(parts[name]))
    told = [name for name in ordered if abs(parts[name]) >= 0.1][:most]
    return ", ".join(f"{name.replace('_', ' ')} {parts[name]:+.1f}" for name in told)
