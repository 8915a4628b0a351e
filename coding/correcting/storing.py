"""Store a planned correction: the new text, its turns, and every coding at its place."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import astuple

from sqlite_utils import Database

from ..checks import Row, get, insert, now
from ..errors import Conflict
from ..migrations import pieces
from ..parsed import forget
from ..transcripts import list_turns
from .asked import PlannedTurn
from .planning import Plan

KEEP = """
    INSERT INTO earlier_turn (transcript_id, version, turn_number, position, start, speech_start,
        "end", speaker_id, issue_id, time)
    SELECT transcript_id, ?, id, position, start, speech_start, "end", speaker_id, issue_id, time
    FROM turn WHERE transcript_id = ?
    """
PLACE_CODING = 'UPDATE coding SET start = ?, "end" = ?, quote = ? WHERE id = ?'
PLACE_TURN = """
    UPDATE turn SET position = ?, start = ?, speech_start = ?, "end" = ?, words = ?,
        speaker_id = ?, issue_id = ?, time = ? WHERE id = ?
    """


def store_correction(db: Database, plan: Plan, coder_id: int) -> int:
    """Store the plan as the next version of the text; returns its number."""
    version = plan.asked.version + 1
    where = {"transcript_id": plan.transcript_id, "version": version}
    with db.atomic():
        db.execute(KEEP, [plan.asked.version, plan.transcript_id])
        db.table("transcript_text").insert_all(
            {**where, "start": start, "text": piece} for start, piece in pieces(plan.asked.new)
        )
        db.table("transcript").update(plan.transcript_id, {"text_version": version})
        forget(db, plan.transcript_id)
        _place_codings(db, plan)
        _place_turns(db, plan)
        changed = len(plan.of("changed")) + len(plan.of("unsure"))
        counts = {"same": len(plan.of("same")), "changed": changed, "lost": len(plan.of("lost"))}
        insert(db, "correction", {**where, "coder_id": coder_id, **counts, "made_at": now()})
    return version


def free_order(places: Mapping[int, Hashable], then: Mapping[int, Hashable]) -> Iterator[int]:
    """Put moves into an order in which no two are ever at one place."""
    held = set(places.values())
    waiting = [number for number, place in then.items() if place != places[number]]
    while waiting:
        later = []
        for number in waiting:
            if then[number] in held:
                later.append(number)
            else:
                held.remove(places[number])
                held.add(then[number])
                yield number
        if len(later) == len(waiting):
            raise Conflict("This correction would put two codings in each other's place.")
        waiting = later[::-1]


def _place_codings(db: Database, plan: Plan) -> None:
    for one in plan.of("lost"):
        db.execute("DELETE FROM coding WHERE id = ?", [one.row["id"]])
    held = {one.row["id"]: one for one in plan.codings if one.now}
    places: dict[int, Hashable] = {}
    then: dict[int, Hashable] = {}
    for number, one in held.items():
        assert one.now  # held has the others only
        by = (one.row["code_id"], one.row["coder_id"])
        places[number] = (one.row["start"], one.row["end"], *by)
        then[number] = (one.now.start, one.now.end, *by)
    for number in free_order(places, then):
        spot = held[number].now
        assert spot
        db.execute(PLACE_CODING, [spot.start, spot.end, spot.quote, number])
    for number, one in held.items():
        # Other words of the same length at the same place.
        if one.now and places[number] == then[number] and one.now.quote != one.row["quote"]:
            db.execute(PLACE_CODING, [one.now.start, one.now.end, one.now.quote, number])


def _place_turns(db: Database, plan: Plan) -> None:
    before = {turn["id"]: turn for turn in list_turns(db, plan.transcript_id)}
    speakers = _speakers(db, plan)
    rows = {
        position: _row(turn, position, speakers)
        for position, turn in enumerate(plan.asked.turns, 1)
    }
    stay = {turn.id: position for position, turn in enumerate(plan.asked.turns, 1) if turn.id}
    for number in before.keys() - stay.keys():
        db.execute("DELETE FROM turn WHERE id = ?", [number])
    places = {number: before[number]["position"] for number in stay}
    moves = list(free_order(places, stay))
    for number in [*moves, *(number for number in stay if stay[number] == places[number])]:
        values = rows[stay[number]]
        if any(_now(before[number], name) != value for name, value in values.items()):
            db.execute(PLACE_TURN, [*values.values(), number])
    for turn, values in zip(plan.asked.turns, rows.values(), strict=True):
        if turn.id is None:
            insert(db, "turn", {"transcript_id": plan.transcript_id, **values})


def _row(turn: PlannedTurn, position: int, speakers: Mapping[str, int]) -> Row:
    _, start, speech_start, end, words, speaker, issue_id, time = astuple(turn)
    return {
        "position": position, "start": start, "speech_start": speech_start, "end": end,
        "words": words, "speaker_id": speakers[speaker] if speaker else None,
        "issue_id": issue_id, "time": time,
    }  # fmt: skip


def _now(turn: Row, name: str) -> object:
    return turn["own_issue_id" if name == "issue_id" else name]


def _speakers(db: Database, plan: Plan) -> dict[str, int]:
    """Find the speakers by name; one that the focus group does not know yet is a participant."""
    group = get(db, "transcript", plan.transcript_id, "transcript")["focus_group_id"]
    known = list(db.table("speaker").rows_where("focus_group_id = ?", [group]))
    ids = {str(row["name"]): int(row["id"]) for row in known}
    for turn in plan.asked.turns:
        if turn.speaker and turn.speaker not in ids:
            row = {"focus_group_id": group, "name": turn.speaker, "role": "participant"}
            ids[turn.speaker] = insert(db, "speaker", row)
    return ids
