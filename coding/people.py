"""One person behind several speakers: merged within a focus group, linked across groups."""

from collections.abc import Sequence

from sqlite_utils import Database

from .checks import Row, get, insert
from .errors import BadInput
from .framework import move_summaries


def merge_speakers(db: Database, kept_id: int, merged_id: int) -> int:
    """Make two speakers of a focus group one; returns how many turns moved.

    The kept one has the other's turns, memos, and attributes it lacks. Of two decisions on a use,
    the less willing one stays.
    """
    kept, merged = (get(db, "speaker", number, "speaker") for number in (kept_id, merged_id))
    if kept_id == merged_id:
        raise BadInput("Choose two different speakers to merge.")
    if kept["focus_group_id"] != merged["focus_group_id"]:
        raise BadInput(
            f"“{kept['name']}” and “{merged['name']}” sat in different groups; "
            "link them as the same person instead."
        )
    with db.atomic():
        turns = _move(db, "turn", kept_id, merged_id)
        for table in ("memo", "earlier_turn"):
            _move(db, table, kept_id, merged_id)
        move_summaries(db, "speaker_id", merged_id, kept_id)
        _join_attributes(db, kept_id, merged_id)
        _join_consents(db, kept_id, merged_id)
        if merged["person_id"]:
            _join_persons(db, kept, merged)
        db.table("speaker").delete(merged_id)
    return turns


def link_speakers(db: Database, speaker_ids: Sequence[int]) -> None:
    """Say that speakers of different groups are the same person, who then counts once."""
    rows = [get(db, "speaker", number, "speaker") for number in sorted(set(speaker_ids))]
    if len(rows) < 2:
        raise BadInput("Choose another speaker who is the same person.")
    first, *others = rows
    with db.atomic():
        for other in others:
            _join_persons(db, first, other)
            first = get(db, "speaker", first["id"], "speaker")
    together = list(db.table("speaker").rows_where("person_id = ?", [first["person_id"]]))
    for group in {row["focus_group_id"] for row in together}:
        names = [row["name"] for row in together if row["focus_group_id"] == group]
        if len(names) > 1:
            raise BadInput(
                f"“{names[0]}” and “{names[1]}” sat in the same group; merge them instead, "
                "or leave them two people."
            )


def unlink_speaker(db: Database, speaker_id: int) -> None:
    """Say that a speaker is somebody else after all."""
    speaker = get(db, "speaker", speaker_id, "speaker")
    if speaker["person_id"] is None:
        raise BadInput(f"“{speaker['name']}” is not linked to anybody.")
    db.table("speaker").update(speaker_id, {"person_id": None})


def same_person(db: Database, speaker_id: int) -> list[Row]:
    """List the other speakers who are this person, with their groups."""
    return list(
        db.query(
            """SELECT o.id, o.name, g.name AS "group", g.held_on, a.name AS area_name
               FROM speaker s JOIN speaker o ON o.person_id = s.person_id AND o.id <> s.id
               JOIN focus_group g ON g.id = o.focus_group_id JOIN area a ON a.id = g.area_id
               WHERE s.id = ? ORDER BY g.held_on, g.name""",
            [speaker_id],
        )
    )


def person_keys(db: Database) -> dict[int, int]:
    """Return for each speaker a number that all speakers who are the same person share."""
    rows = db.execute("SELECT id, coalesce(-person_id, id) FROM speaker").fetchall()
    return {int(speaker): int(person) for speaker, person in rows}


def _join_persons(db: Database, one: Row, other: Row) -> None:
    person = one["person_id"] or other["person_id"] or insert(db, "person", {"id": None})
    gone = other["person_id"] if one["person_id"] else None
    moved = [one["id"], other["id"]]
    if gone:
        moved += [
            row["id"] for row in list(db.table("speaker").rows_where("person_id = ?", [gone]))
        ]
    for number in dict.fromkeys(moved):
        if db.table("speaker").count_where("id = ? AND person_id IS NOT ?", [number, person]):
            db.table("speaker").update(number, {"person_id": person})


def _move(db: Database, table: str, kept_id: int, merged_id: int) -> int:
    rows = list(db.table(table).rows_where("speaker_id = ?", [merged_id]))
    for row in rows:
        db.table(table).update(row["id"], {"speaker_id": kept_id})
    return len(rows)


def _join_attributes(db: Database, kept_id: int, merged_id: int) -> None:
    held = db.table("speaker_attribute")
    known = {row["name"] for row in list(held.rows_where("speaker_id = ?", [kept_id]))}
    for row in list(held.rows_where("speaker_id = ?", [merged_id])):
        if row["name"] not in known:
            held.update(row["id"], {"speaker_id": kept_id})


def _join_consents(db: Database, kept_id: int, merged_id: int) -> None:
    held = db.table("consent")
    known = {row["use"]: row for row in list(held.rows_where("speaker_id = ?", [kept_id]))}
    for row in list(held.rows_where("speaker_id = ?", [merged_id])):
        mine = known.get(row["use"])
        if mine and _willing(mine) and not _willing(row):
            held.delete(mine["id"])
        if mine is None or (_willing(mine) and not _willing(row)):
            held.update(row["id"], {"speaker_id": kept_id})


def _willing(consent: Row) -> bool:
    return bool(consent["given"]) and consent["withdrawn_on"] is None
