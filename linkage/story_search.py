"""The search for stories as a job: found, kept under a digest, and read back for a page."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from sqlite_utils import Database

from coding.checks import get, insert, now
from coding.codings import check_passage
from coding.language import installed_model

from . import story_cues
from .history import check_not_archived
from .passages import Passages
from .study import writing

Row = dict[str, Any]
TOP = 20
ACTION = "find stories"
_SEEN = """
    SELECT 'text', id, text_version, coalesce(issue_id, 0), 0 FROM transcript
    UNION ALL SELECT 'issue', id, issue_id, 0, 0 FROM turn WHERE issue_id IS NOT NULL
    UNION ALL SELECT 'story', transcript_id, start, "end", 0 FROM story_quote
    UNION ALL SELECT 'none', transcript_id, start, "end", 0 FROM story_rejection
    UNION ALL SELECT 'group', id, area_id, 0, phase FROM focus_group
    ORDER BY 1, 2, 3, 4
    """
_PLACES = 'SELECT transcript_id, start, "end" FROM story_quote'
_REJECTED = 'SELECT transcript_id, start, "end" FROM story_rejection'
_CANDIDATES = """
    SELECT c.*, g.area_id FROM story_candidate c JOIN transcript t ON t.id = c.transcript_id
    JOIN focus_group g ON g.id = t.focus_group_id ORDER BY g.area_id, c.issue_id, c.rank
    """


def key(db: Database) -> str:
    """Digest all that a search depends on; another digest means that it is stale."""
    seen = hashlib.sha256(f"{installed_model().label} {story_cues.CUES}".encode())
    for row in db.execute(_SEEN).fetchall():
        seen.update(json.dumps(row).encode())
    return seen.hexdigest()


def find_and_keep(
    db: Database, *, actor: str, progress: Callable[[int, int], object] | None = None
) -> dict[str, int]:
    """Find stories anew with weights learned from decisions, and keep the best of each cell."""
    import numpy as np

    from . import story_candidates, story_learning

    check_not_archived(db)
    of_now = key(db)
    candidates = story_candidates.find_candidates(db, progress=progress)
    kept, rejected = (db.execute(sql).fetchall() for sql in (_PLACES, _REJECTED))
    told = story_learning.decided(candidates, kept, rejected)
    cues = np.array([c.cues for c in candidates]).reshape(len(candidates), len(story_cues.NAMES))
    weighing, constant = story_learning.learn(cues, told)
    for candidate, score in zip(
        candidates, story_cues.scores(cues, weighing, constant), strict=True
    ):
        candidate.score = float(score)
    chosen = _chosen(candidates)
    measured = story_learning.quality(candidates, told)
    with writing(db, actor, ACTION, kind="fixed"):
        _keep(db, of_now, chosen, dict(zip(story_cues.NAMES, weighing.tolist(), strict=True)),
              measured)  # fmt: skip
    return {"passages": len(chosen)}


def _chosen(candidates: list[Any]) -> list[tuple[int, Any]]:
    from .story_finding import diverse

    cells: dict[tuple[int, int], list[Any]] = {}
    for candidate in candidates:
        if candidate.issue_id is not None:
            cells.setdefault((candidate.area_id, candidate.issue_id), []).append(candidate)
    return [pair for cell in cells.values() for pair in enumerate(diverse(cell, TOP), 1)]


def _keep(
    db: Database, of: str, chosen: list[tuple[int, Any]], weights: Row, measured: Row
) -> None:
    db.execute("DELETE FROM story_candidate")
    rows = [
        (c.transcript_id, c.start, c.end, c.issue_id, rank, c.score,
         json.dumps([round(float(v), 4) for v in c.cues]))
        for rank, c in chosen
    ]  # fmt: skip
    db.conn.executemany("INSERT INTO story_candidate VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    search = {
        "only": 1, "key_sha256": of, "model": installed_model().label,
        "weights": json.dumps(weights), "quality": json.dumps(measured), "found_at": now(),
    }  # fmt: skip
    db.table("story_search").insert(search, pk="only", replace=True)


def search(db: Database) -> Row | None:
    """Return the search that is kept: weights, quality, when, and whether it is `stale`."""
    row = next(iter(db.query("SELECT * FROM story_search")), None)
    if row is None:
        return None
    told = {name: json.loads(row[name]) for name in ("weights", "quality")}
    return {**row, **told, "stale": row["key_sha256"] != key(db)}


def open_candidates(
    db: Database, area_id: int | None = None, issue_id: int | None = None
) -> list[Row]:
    """List the passages found that are no story yet and were not rejected, with their reasons.

    Each has area_id, issue_id, rank, score, transcript_id, start, end, quote, cues (name to its
    part in the score), and who said it, where and with what consent (`Passages`).
    """
    from coding.transcripts import text

    found = search(db)
    if found is None:
        return []
    weights, passages = list(found["weights"].values()), Passages(db)
    taken = db.execute(_PLACES).fetchall() + db.execute(_REJECTED).fetchall()
    texts: dict[int, str] = {}
    rows = []
    for row in list(db.query(_CANDIDATES)):
        if area_id not in (None, row["area_id"]) or issue_id not in (None, row["issue_id"]):
            continue
        number, start, end = row["transcript_id"], row["start"], row["end"]
        if any(n == number and a < end and start < b for n, a, b in taken):
            continue
        if number not in texts:
            texts[number] = text(db, number)
        parts = [w * v for w, v in zip(weights, json.loads(row["cues"]), strict=True)]
        cues = dict(zip(story_cues.NAMES, parts, strict=True))
        said = passages.said(number, start, end).row
        rows.append({**said, **row, "quote": texts[number][start:end], "cues": cues})
    return rows


def reject(
    db: Database, coder_id: int, transcript_id: int, start: int, end: int, quote: str
) -> int:
    """Say that a passage tells no story; it is not shown again, and the weights learn from it."""
    get(db, "transcript", transcript_id, "transcript")
    check_passage(db, transcript_id, start, end, quote)
    place = [transcript_id, start, end]
    for row in list(db.table("story_rejection").rows_where(
        'transcript_id = ? AND start = ? AND "end" = ?', place)):  # fmt: skip
        return int(row["id"])
    row = {"transcript_id": transcript_id, "start": start, "end": end, "quote": quote}
    return insert(db, "story_rejection", {**row, "coder_id": coder_id, "rejected_at": now()})
