"""The chain walked both ways: from a figure back to the words, and from words to the figure."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from coding.codings import get_coding

from .messages import get_message, list_messages
from .passages import Passages
from .survey import answered_counts
from .waves import allocated_counts

Row = dict[str, Any]

_STORIES = """
    SELECT story.id, story.title, q.id AS quote_id, q.quote, q.altered_from
    FROM story_quote q JOIN story ON story.id = q.story_id
    WHERE q.transcript_id = :transcript AND q.start < :end AND q."end" > :start ORDER BY q.id
"""
_MESSAGES = """
    SELECT DISTINCT message.id, message.nudge, wave.key AS wave, area.name AS area_name,
           issue.name AS issue_name, v.version, s.id AS sentence_id, s.text AS sentence,
           v.version = (SELECT max(version) FROM message_version WHERE message_id = message.id)
               AS latest,
           EXISTS (SELECT 1 FROM message_shown WHERE message_version_id = v.id) AS shown
    FROM story_quote q JOIN sentence_evidence e ON e.story_quote_id = q.id
    JOIN message_sentence s ON s.id = e.sentence_id
    JOIN message_version v ON v.id = s.message_version_id JOIN message ON message.id = v.message_id
    JOIN wave ON wave.id = message.wave_id JOIN area ON area.id = message.area_id
    JOIN issue ON issue.id = message.issue_id
    WHERE q.transcript_id = :transcript AND q.start < :end AND q."end" > :start
    ORDER BY message.id, v.version, s.position
"""


def message_words(db: Database, message_id: int) -> Row:
    """Walk from a message back to the words: sentences, stories, quotes, turns, transcripts."""
    message = get_message(db, message_id)
    passages = Passages(db)
    for sentence in message["sentences"]:
        for quote in sentence["evidence"]:
            place = (quote["transcript_id"], quote["start"], quote["end"])
            quote["turns"] = [
                {name: turn[name] for name in ("id", "position", "speaker", "role", "time")}
                for turn in passages.turns(*place)
            ]
    return message


def coding_uses(db: Database, coding_id: int) -> Row:
    """Walk from a coding's words to the stories and messages that use any of them."""
    coding = get_coding(db, coding_id)
    return passage_uses(db, coding["transcript_id"], coding["start"], coding["end"])


def passage_uses(db: Database, transcript_id: int, start: int, end: int) -> Row:
    """Walk from a passage's words to the stories and messages that use any of them."""
    passage = {"transcript": transcript_id, "start": start, "end": end}
    messages = list(db.query(_MESSAGES, passage))
    for message in messages:
        message["latest"] = bool(message["latest"])
        message["shown"] = bool(message["shown"])
    return {"stories": list(db.query(_STORIES, passage)), "messages": messages}


def effect_sources(db: Database, wave_id: int, area_id: int, issue_id: int | None) -> list[Row]:
    """Walk from an effect to its arms: who was allocated and answered, and what they were shown.

    Where no allocation is stored, what the messages of the wave say now stands for what was shown.
    """
    allocated = allocated_counts(db, wave_id).get(area_id, {})
    answered = answered_counts(db, wave_id).get(area_id, {})
    messages = [
        message_words(db, message["id"])
        for message in list_messages(db, wave_id)
        if message["area_id"] == area_id
        and issue_id in (None, message["issue_id"])
        and message["version_id"]
        and (message["shown"] or not allocated)
    ]
    return [
        {
            "arm": arm,
            "allocated": allocated.get(arm),
            "answered": answered.get(arm, 0),
            "messages": [message for message in messages if message["nudge"] in arm.split("+")],
        }
        for arm in dict.fromkeys([*allocated, *answered])
    ]
