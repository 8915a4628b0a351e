"""Quotes: what was coded, who said it, and how many people and groups that is."""

from dataclasses import dataclass

from sqlite_utils import Database

from .checks import Row
from .codings import list_codings
from .queries import coded_turns, spoken_turns


@dataclass(frozen=True)
class Quotes:
    """Codings with their counts; `speakers` counts participants, people before quotes."""

    rows: list[Row]
    speakers: int
    groups: int
    heard: dict[int, set[int | None]]  # the participants of each coding, for consent


def find_quotes(
    db: Database,
    *,
    code_id: int | None = None,
    area_id: int | None = None,
    issue_id: int | None = None,
    speaker_id: int | None = None,
    coder_id: int | None = None,
    phase: str | None = None,
) -> Quotes:
    """Find quotes; `code_id` takes in the codes nested under it.

    A quote over several turns belongs to each speaker and issue of the turns it touches.
    """
    spoken = {turn["id"]: turn for turn in spoken_turns(db, phase)}
    heard: dict[int, list[Row]] = {}
    for pair in coded_turns(db, phase):
        heard.setdefault(pair["coding_id"], []).append(spoken[pair["turn_id"]])
    wanted = {"issue_id": issue_id, "speaker_id": speaker_id}
    rows = [
        row
        for row in list_codings(db, code_id=code_id, area_id=area_id, coder_id=coder_id)
        if (phase is None or row["phase"] == phase) and _any(heard.get(row["id"], []), wanted)
    ]
    people = {
        turn["person"]
        for row in rows
        for turn in heard.get(row["id"], [])
        if turn["role"] == "participant" and speaker_id in (None, turn["speaker_id"])
    }
    said = {
        row["id"]: {t["speaker_id"] for t in heard.get(row["id"], []) if t["role"] != "moderator"}
        for row in rows
    }
    return Quotes(rows, len(people), len({row["focus_group_id"] for row in rows}), said)


def _any(turns: list[Row], wanted: dict[str, int | None]) -> bool:
    asked = {name: value for name, value in wanted.items() if value is not None}
    return not asked or any(
        all(turn[name] == value for name, value in asked.items()) for turn in turns
    )
