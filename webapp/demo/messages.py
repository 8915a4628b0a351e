"""The demonstration's stories, and the Nudge A messages written from them."""

import tomllib
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from linkage import areas
from linkage.messages import start_message, write_version
from linkage.stories import add_story, get_story

from .talk import find_quote

Row = dict[str, Any]


def add_stories(
    db: Database, folder: Path, files: dict[str, int], area_id: int
) -> dict[str, dict[str, int]]:
    """Mark an area's stories; returns by title the number of each quote."""
    coder_id = areas.ensure_coder(db, "Priya Nair")
    book = tomllib.loads((folder / "stories.toml").read_text("utf-8"))
    quotes: dict[str, dict[str, int]] = {}
    for story in book["story"]:
        story_id = add_story(
            db,
            area_id=area_id,
            issue_id=areas.find_issue(db, story["issue"])["id"],
            title=story["title"],
            coder_id=coder_id,
            quotes=[find_quote(db, files[q["file"]], q["quote"]) for q in story["quotes"]],
            summary=story["summary"],
            actors=story["actors"],
            place=story["place"],
            what_changed=story["what_changed"],
            happened=story["when"],
            framing=story["framing"],
        )
        told = get_story(db, story_id)["quotes"]
        quotes[story["title"]] = {quote["quote"]: quote["id"] for quote in told}
    return quotes


def add_messages(
    db: Database, folder: Path, stories: dict[str, dict[str, int]], area_id: int, wave_id: int
) -> None:
    """Write an area's messages, one an issue, each sentence linked to its quotes."""
    coder_id = areas.ensure_coder(db, "Tom Ellis")
    book = tomllib.loads((folder / "messages.toml").read_text("utf-8"))
    for message in book["message"]:
        issue_id = areas.find_issue(db, message["issue"])["id"]
        message_id = start_message(db, "A", wave_id, area_id, issue_id)
        quotes = stories[message["story"]]
        sentences = [
            (sentence["text"], [quotes[quote] for quote in sentence["evidence"]])
            for sentence in message["sentences"]
        ]
        write_version(db, message_id, 1, sentences, coder_id)
