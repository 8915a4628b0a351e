"""The study at a glance: for each area and issue, how far the evidence chain has come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlite_utils import Database

from coding.queries import coded_turns, spoken_turns

from .areas import areas, issues, waves
from .waves import allocated_counts, answered_waves, find_wave_id

Row = dict[str, Any]
Cell = tuple[int, int | None]


def chain(db: Database) -> list[Row]:
    """List areas × issues, each with its talk, stories, messages, survey, effect and what is next.

    The survey's columns are those of the latest wave with answers, or else of the latest.
    """
    wave_id = find_wave_id(db, None) if waves(db) else None
    talk, stories = _talk(db), _stories(db)
    messages = _messages(db, wave_id)
    survey = _survey(db, wave_id)
    return [
        _with_next(
            {
                "area_id": area["id"],
                "area": area["key"],
                "area_name": area["name"],
                "issue_id": issue["id"],
                "issue": issue["key"],
                "issue_name": issue["name"],
                "wave_id": wave_id,
                **talk.get((area["id"], issue["id"]), NO_TALK),
                "stories": stories.get((area["id"], issue["id"]), 0),
                "messages": messages.get((area["id"], issue["id"]), []),
                "allocated": survey["allocated"].get(area["id"], {}),
                "respondents": survey["respondents"].get(area["id"], 0),
                "answered": survey["answered"].get((area["id"], issue["key"]), 0),
                "effect": survey["effects"].get((area["key"], issue["key"])),
            }
        )
        for area in areas(db)
        for issue in issues(db)
    ]


NO_TALK: Row = {"transcripts": 0, "turns": 0, "share_coded": None}
STEPS: list[tuple[Callable[[Row], bool], str]] = [
    (
        lambda r: not r["turns"],
        "No talk about this yet: import a transcript, or mark the turns about it.",
    ),
    (lambda r: not r["share_coded"], "Nothing coded yet: open the transcript on the coding desk."),
    (lambda r: not r["stories"], "No story yet: mark one on the coding desk."),
    (lambda r: not r["messages"], "No message yet: write one from the story."),
    (
        lambda r: not r["allocated"] and not r["respondents"],
        "Not allocated yet: upload the sampling frame.",
    ),
    (lambda r: not r["respondents"], "No answers yet: import the survey file."),
    (lambda r: not r["answered"], "No answers on this issue: has the survey an outcome for it?"),
    (lambda r: not r["effect"], "No effect on this issue: the effects page says why."),
]
DONE = "The chain is whole: look at the effect beside the themes."


def _with_next(row: Row) -> Row:
    said = next((sentence for lacks, sentence in STEPS if lacks(row)), DONE)
    return {**row, "next": said}


def _talk(db: Database) -> dict[Cell, Row]:
    """Count transcripts, participants' turns and the share of them that a coding touches."""
    coded = {row["turn_id"] for row in coded_turns(db)}
    cells: dict[Cell, list[Row]] = {}
    for turn in spoken_turns(db, None):
        if turn["role"] == "participant":
            cells.setdefault((turn["area_id"], turn["issue_id"]), []).append(turn)
    return {
        cell: {
            "transcripts": len({turn["transcript_id"] for turn in turns}),
            "turns": len(turns),
            "share_coded": sum(turn["id"] in coded for turn in turns) / len(turns),
        }
        for cell, turns in cells.items()
    }


def turns_without_issue(db: Database) -> dict[int, int]:
    """Count by area the participants' turns that no issue is set for, which no cell can show."""
    cells = _talk(db)
    return {area: talk["turns"] for (area, issue), talk in cells.items() if issue is None}


def _stories(db: Database) -> dict[Cell, int]:
    rows = db.execute("SELECT area_id, issue_id, count(*) FROM story GROUP BY 1, 2").fetchall()
    return {(area, issue): count for area, issue, count in rows}


_MESSAGES = """
    SELECT area_id, issue_id, message.id, nudge, state, max(version) AS version
    FROM message JOIN message_version v ON v.message_id = message.id
    WHERE wave_id = ? GROUP BY message.id ORDER BY nudge
"""


def _messages(db: Database, wave_id: int | None) -> dict[Cell, list[Row]]:
    """List the messages that have a text, by area and issue."""
    found: dict[Cell, list[Row]] = {}
    for row in list(db.query(_MESSAGES, [wave_id])):
        found.setdefault((row.pop("area_id"), row.pop("issue_id")), []).append(row)
    return found


def _survey(db: Database, wave_id: int | None) -> Row:
    """Return allocated and respondents by area, answered and effects by area and issue."""
    none: Row = {"allocated": {}, "respondents": {}, "answered": {}, "effects": {}}
    if wave_id is None:
        return none
    none["allocated"] = allocated_counts(db, wave_id)
    if wave_id not in answered_waves(db):
        return none
    from .survey import first_effects

    return none | first_effects(db, wave_id)
