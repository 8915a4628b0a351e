"""Passages that may tell a story, ranked for each area and issue, with the reasons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from coding.transcripts import list_transcripts, text

from . import story_cues
from .areas import areas, issues
from .story_candidates import Candidate, Progress, find_candidates

if TYPE_CHECKING:
    import numpy as np

Row = dict[str, Any]
ALIKE = 0.5  # share of content words above which two passages tell the same story
NEAR = 300  # characters between passages of one telling
AGAIN = 0.75  # what a passage counts for, once for each above it of the same speaker or group


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
        self._db = db
        self._texts: dict[int, str] = {}
        self._titles = {row["id"]: row["title"] for row in list_transcripts(db)}
        self._weighing = story_cues.weights() if weighing is None else weighing

    def __call__(self, candidate: Candidate, rank: int, area: Row, issue: Row) -> Row:
        number = candidate.transcript_id
        if number not in self._texts:
            self._texts[number] = text(self._db, number)
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
            "quote": self._texts[number][candidate.start : candidate.end],
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
