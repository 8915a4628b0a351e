"""The transcripts of a study as texts to compare coders on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sqlite_utils import Database

from . import transcripts
from .checks import Row
from .codebook import codebook
from .sentences import sentences

if TYPE_CHECKING:
    from .agreement import Text


def read_texts(
    db: Database, unit: str, by: str, compared: Sequence[Row], there: Mapping[int, set[int]]
) -> list[Text]:
    """Read the transcripts as texts with their units and codings, by code or by theme."""
    from .agreement import Text

    label = {row["id"]: row["id" if by == "code" else "theme_id"] for row in codebook(db)}
    applied: dict[int, list[tuple[int, int, int, int]]] = {row["id"]: [] for row in compared}
    query = 'SELECT transcript_id, coder_id, code_id, start, "end" FROM coding'
    for transcript_id, coder, code, start, end in db.execute(query).fetchall():
        if coder in there.get(transcript_id, ()) and transcript_id in applied:
            applied[transcript_id].append((coder, label[code], start, end))
    found = []
    for row in compared:
        words = transcripts.text(db, row["id"])
        codings = applied[row["id"]]
        found.append(
            Text(codings, len(words), _units(db, row["id"], words, unit), there[row["id"]])
        )
    return found


def _units(db: Database, transcript_id: int, words: str, unit: str) -> list[tuple[int, int]]:
    turns = transcripts.list_turns(db, transcript_id)
    spans = [(t["speech_start"], t["end"]) for t in turns if t["end"] > t["speech_start"]]
    if unit != "sentence":
        return spans
    return [part for start, end in spans for part in sentences(words, start, end)]
