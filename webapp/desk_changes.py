"""Which turns of a transcript look different since a change, so that only they are swapped."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from .turn_text import codings_by_turn

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


def touched_positions(touched: Touched, turns: Sequence[Row], codings: Sequence[Row]) -> set[int]:
    """Name the turns that the changes touch."""
    named = [
        row
        for row in codings
        if row["id"] in touched.coding_ids or row["code_id"] in touched.code_ids
    ]
    return set(codings_by_turn(turns, [*touched.spans, *named]))
