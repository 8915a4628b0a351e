"""Read the transcripts with the language model: parse what changed, and keep it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlite_utils import Database

from coding import language

from .history import check_not_archived
from .study import writing

Progress = Callable[[int, int], object]
ACTION = "read the transcripts with the language model"


def read_transcripts(
    db: Database,
    *,
    actor: str,
    transcript_ids: Iterable[int] | None = None,
    progress: Progress | None = None,
) -> dict[str, int]:
    """Parse and keep the transcripts that are not kept as they stand; returns how many.

    Each is kept in a change of its own, so that others wait for moments only, and whoever stops
    the work keeps whole transcripts. `progress(done, total)` counts transcripts. Raises BadInput
    in an archived study.
    """
    check_not_archived(db)
    with writing(db, actor, ACTION):
        language.drop_stale(db)
    wanted = None if transcript_ids is None else set(transcript_ids)
    waiting = [number for number in language.unparsed(db) if wanted is None or number in wanted]
    tell = progress or (lambda done, total: None)
    tell(0, len(waiting))
    for done, transcript_id in enumerate(waiting, 1):
        docs = language.parse(db, transcript_id)
        with writing(db, actor, ACTION):
            language.keep(db, transcript_id, docs)
        tell(done, len(waiting))
    return {"transcripts": len(waiting)}
