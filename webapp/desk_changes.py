"""Which turns of a transcript look different since a change, so that only they are swapped."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from coding.codings import get_coding, list_marks
from coding.errors import NotFound

Row = dict[str, Any]

# A change of one of these alters the page beyond its turns; the column says which page.
BEYOND_TURNS = {"transcript": "id", "turn": "transcript_id", "speaker": "focus_group_id"}


@dataclass
class Touched:
    """What to draw anew on the page of one transcript."""

    spans: list[Row] = field(default_factory=list)
    coding_ids: set[int] = field(default_factory=set)
    code_ids: set[int] = field(default_factory=set)
    counts: bool = False
    reload: bool = False


def read_touched(transcript: Row, rows: Sequence[Row]) -> Touched:
    """Sort the rows of the feed by what they alter on the page."""
    places = {"transcript": transcript["id"], "turn": transcript["id"]}
    places["speaker"] = transcript["focus_group_id"]
    touched = Touched()
    for row in rows:
        kind = row["object"]
        if kind == "code":
            touched.code_ids.add(row["object_id"])
        elif kind == "pseudonymisation":  # the text and all that stands on it is another
            touched.reload = True
        for side in filter(None, (row["before"], row["after"])):
            if kind == "coding":
                touched.counts = True
                if side["transcript_id"] == transcript["id"]:
                    touched.spans.append(side)
            elif kind == "memo" and side["coding_id"]:
                touched.coding_ids.add(side["coding_id"])
            elif kind in BEYOND_TURNS and side[BEYOND_TURNS[kind]] == places[kind]:
                touched.reload = True
    return touched


def touched_spans(db: Database, transcript_id: int, touched: Touched) -> list[Row]:
    """List the passages of a transcript that look different since the changes."""
    spans = list(touched.spans)
    if touched.code_ids:
        spans += list_marks(db, transcript_id, codes=touched.code_ids)
    for coding_id in touched.coding_ids:
        with suppress(NotFound):  # it was removed, and its place is among the spans
            coding = get_coding(db, coding_id)
            spans += [coding] * (coding["transcript_id"] == transcript_id)
    return spans
