"""Find topics as a piece of long work, and keep them in one change at the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlite_utils import Database

from coding.topics import Asked, keep
from coding.topics.finding import find_topics
from coding.topics.heard import heard_turns

from .history import check_not_archived
from .reading import read_transcripts
from .study import writing

Progress = Callable[[int, int], object]


def find_and_keep(
    db: Database, *, actor: str, asked: dict[str, Any], progress: Progress | None = None
) -> dict[str, Any]:
    """Find topics and keep them; transcripts not parsed yet are parsed and kept first.

    `asked` holds the fields of `coding.topics.Asked`. Returns the `key` under which the topics are
    kept, and how many `topics` there are. Who stops the work keeps no topics, only whole parses.
    """
    check_not_archived(db)
    question = Asked(**asked).checked()
    tell = progress or (lambda done, total: None)
    wanted = {turn["transcript_id"] for turn in heard_turns(db, question)}

    def parsing(done: int, total: int) -> None:
        tell(done * 60 // max(total, 1), 100)

    read_transcripts(db, actor=actor, transcript_ids=wanted, progress=parsing)
    found = find_topics(db, question, lambda done, total: tell(60 + done * 39 // total, 100))
    with writing(db, actor, "find topics"):
        key = keep(db, question, found)
    tell(100, 100)
    return {"key": key, "topics": len(found["topics"])}
