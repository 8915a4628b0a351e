"""A passage in an address or a form: which words, who says them, and where the desk shows them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from coding import transcripts
from coding.codings import check_passage
from coding.errors import BadInput
from linkage.passages import Passages
from linkage.stories import Quote

from .transcripts.place import number

Row = dict[str, Any]
NAMES = ("transcript", "start", "end")


def read_passage(db: Database, values: Mapping[str, str]) -> Row | None:
    """Return the passage asked for, with who says it and its place; None where none is asked."""
    if not any(values.get(name) for name in NAMES):
        return None
    transcript_id, start, end = _place(values)
    quote = transcripts.passage(db, transcript_id, start, end)
    check_passage(db, transcript_id, start, end, quote)
    passages = Passages(db)
    turns = passages.turns(transcript_id, start, end)
    return {
        **passages.said(transcript_id, start, end).row,
        "transcript_id": transcript_id,
        "start": start,
        "end": end,
        "quote": quote,
        "position": turns[0]["position"] if turns else None,
        "issue_id": next((turn["issue_id"] for turn in turns if turn["issue_id"]), None),
    }


def sent_quote(form: Mapping[str, str]) -> Quote:
    """Read the passage that a form sends back; browsers send its line breaks as CR LF."""
    return *_place(form), form.get("quote", "").replace("\r\n", "\n")


def with_positions(db: Database, quotes: Sequence[Row]) -> list[Row]:
    """Add to each quote the position of its first turn, where the desk opens."""
    passages = Passages(db)
    found = [passages.turns(q["transcript_id"], q["start"], q["end"]) for q in quotes]
    return [
        {**quote, "position": turns[0]["position"] if turns else None}
        for quote, turns in zip(quotes, found, strict=True)
    ]


def _place(values: Mapping[str, str]) -> tuple[int, int, int]:
    transcript_id, start, end = (number(values, name, f"The {name}") for name in NAMES)
    if transcript_id is None or start is None or end is None:
        raise BadInput("The passage is incomplete; select the words again on the coding desk.")
    return transcript_id, start, end
