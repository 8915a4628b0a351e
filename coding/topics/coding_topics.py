"""Turn a topic into a code: its quotes, one a speaker, and the code with those that are ticked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlite_utils import Database

from ..checks import Row
from ..codebook import add_code
from ..codings import add_coding
from ..errors import BadInput
from ..transcripts import passage
from .asking import Asked
from .heard import heard_turns

SHOWN = 6
SHORTEST = 15  # code points
Place = tuple[int, int, int]


def pick_quotes(
    db: Database, asked: Asked, topics: list[dict[str, Any]], area_id: int | None = None
) -> list[list[Row]]:
    """Pick for each topic its best quotes, each of another speaker; with `area_id`, of that area.

    Rows have `transcript_id, turn_id, start, end, quote, speaker, area_name, group, transcript`,
    `turn` and `speaker_id`. Talk of nobody known comes once a group.
    """
    turns = {t["id"]: t for t in heard_turns(db, asked) if area_id in (None, t["area_id"])}
    names = {row["id"]: row for row in list(db.query(NAMES))}
    chosen = [_one_a_speaker(topic["quotes"], turns) for topic in topics]
    return [[_row(db, place, turns, names) for place in places] for places in chosen]


NAMES = """
    SELECT u.id, s.name AS speaker, a.name AS area_name, a.key AS area, g.name AS "group",
        t.title AS transcript
    FROM turn u JOIN transcript t ON t.id = u.transcript_id
    JOIN focus_group g ON g.id = t.focus_group_id JOIN area a ON a.id = g.area_id
    LEFT JOIN speaker s ON s.id = u.speaker_id
    """


def _one_a_speaker(places: list[list[int]], turns: dict[int, Row]) -> list[list[int]]:
    found: dict[Any, list[int]] = {}
    for place in places:
        turn = turns.get(place[1])
        if turn is not None and place[3] - place[2] >= SHORTEST:
            whose = turn["person"] or f"nobody in {turn['focus_group_id']}"
            found.setdefault(whose, place)
    return list(found.values())[:SHOWN]


def _row(db: Database, place: list[int], turns: dict[int, Row], names: dict[int, Row]) -> Row:
    transcript_id, turn_id, start, end = place
    turn = turns[turn_id]
    return {
        **names[turn_id],
        "id": f"{transcript_id}-{start}-{end}",
        "transcript_id": transcript_id,
        "turn_id": turn_id,
        "turn": turn["position"],
        "start": start,
        "end": end,
        "quote": passage(db, transcript_id, start, end),
        "speaker_id": turn["speaker_id"],
        "area_id": turn["area_id"],
    }


def code_topic(
    db: Database,
    coder_id: int,
    name: str,
    quotes: Iterable[Row],
    *,
    parent_id: int | None = None,
    definition: str = "",
) -> int:
    """Add a code and put it on quotes, as codings of a coder; returns the code's number.

    Raises BadInput where no quote is given: a code made of a topic starts from words.
    """
    chosen = list(quotes)
    if not chosen:
        raise BadInput("Tick at least one quote that the code is about.")
    code_id = add_code(db, name, parent_id, definition=definition)
    for row in chosen:
        add_coding(db, row["transcript_id"], code_id, coder_id, row["start"], row["end"],
                   row["quote"])  # fmt: skip
    return code_id
