"""Suggest codes anew: learn from all codings, measure, and replace what was suggested before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlite_utils import Database

from coding.suggestions import keeping
from coding.suggestions.keeping import is_stale

from .history import check_not_archived
from .study import writing

__all__ = ["is_stale", "refit"]
ACTION = "suggest codes"


def refit(
    db: Database, *, actor: str, progress: Callable[[int, int], object] | None = None
) -> dict[str, int]:
    """Make the study's open suggestions anew; returns how many there are, and of how many codes.

    All is worked out before anything is written, so a cancelled job leaves the former ones whole.
    They are nobody's work, so the history holds no change of it.
    """
    from coding.suggestions.proposing import Proposer
    from coding.suggestions.quality import FOLDS, measure

    check_not_archived(db)
    tell = progress or (lambda done, total: None)
    of_now, texts = keeping.digest(db), keeping.transcripts(db)
    proposer = Proposer(db)
    total = FOLDS + len(texts)
    quality: dict[str, Any] = measure(
        proposer.passages, proposer.code_texts, lambda done: tell(done, total), proposer.talk
    )
    found = proposer.propose(lambda done: tell(FOLDS + done, total))
    with writing(db, actor, ACTION, kind="fixed"):
        if keeping.digest(db) != of_now:
            found = _still_open(db, found, texts)
        number = keeping.keep(db, of_now, quality, found)
    return {"suggestions": number, "codes": len({row["code_id"] for row in found})}


def _still_open(
    db: Database, found: list[dict[str, Any]], then: dict[int, int]
) -> list[dict[str, Any]]:
    """Leave out what was decided, and what lost its words or its code, in the meantime."""
    gone = keeping.decided(db)
    codes, texts = keeping.code_texts(db), keeping.transcripts(db)
    return [
        row
        for row in found
        if (row["transcript_id"], row["code_id"], row["start"], row["end"]) not in gone
        and row["code_id"] in codes
        and texts.get(row["transcript_id"]) == then[row["transcript_id"]]
    ]
