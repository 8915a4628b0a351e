"""The places where coders who finished the same transcript differ, code by code."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from sqlite_utils import Database

from ..checks import Row

Span = tuple[int, int]


@dataclass(frozen=True)
class Place:
    """Words that hang together by the codings of one code; `spans` by coder, who may have none."""

    transcript_id: int
    code_id: int
    start: int
    end: int
    spans: dict[int, tuple[Span, ...]]
    seen_sha256: str = field(repr=False)

    @property
    def agreed(self) -> bool:
        """Whether all coders coded just the same words."""
        return len(set(self.spans.values())) == 1


def find_places(
    codings: Iterable[Row], finished: dict[int, list[int]], code_id: int | None = None
) -> list[Place]:
    """Find the places of transcripts that two or more coders finished, in order of the text.

    Codings of one code that overlap, whoever made them, are one place. Codings of coders who did
    not finish the transcript are passed over.
    """
    known = [
        row
        for row in codings
        if row["coder_id"] in (people := finished.get(row["transcript_id"], ()))
        and len(people) > 1
        and code_id in (None, row["code_id"])
    ]
    known.sort(key=lambda row: (row["transcript_id"], row["code_id"], row["start"], -row["end"]))
    places = [
        _place(part, finished[transcript_id])
        for (transcript_id, _), rows in groupby(known, lambda r: (r["transcript_id"], r["code_id"]))
        for part in _overlapping(list(rows))
    ]
    return sorted(places, key=lambda place: (place.transcript_id, place.start, place.code_id))


def _overlapping(rows: Sequence[Row]) -> list[list[Row]]:
    parts: list[list[Row]] = []
    reach = -1
    for row in rows:
        if row["start"] >= reach:
            parts.append([])
        parts[-1].append(row)
        reach = max(reach, row["end"])
    return parts


def _place(rows: Sequence[Row], people: Sequence[int]) -> Place:
    start, end = rows[0]["start"], max(row["end"] for row in rows)
    # Free of where the place stands: a correction further up in the text moves it unchanged.
    seen = sorted(
        (row["coder_id"], row["start"] - start, row["end"] - start, row["quote"]) for row in rows
    )
    digest = hashlib.sha256(json.dumps([sorted(people), seen]).encode()).hexdigest()
    spans = {
        coder: joined((row["start"], row["end"]) for row in rows if row["coder_id"] == coder)
        for coder in people
    }
    return Place(rows[0]["transcript_id"], rows[0]["code_id"], start, end, spans, digest)


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Join spans that overlap or touch, in order."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def read_codings(db: Database, transcript_id: int | None = None) -> list[Row]:
    """Read what places are found from."""
    return list(
        db.query(
            """SELECT transcript_id, code_id, coder_id, start, "end", quote FROM coding
               WHERE :id IS NULL OR transcript_id = :id""",
            {"id": transcript_id},
        )
    )
