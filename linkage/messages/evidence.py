"""Which quotes may stand behind a message: its own area and issue, and not told too late."""

from collections.abc import Collection

from sqlite_utils import Database

from coding.checks import Row, get
from coding.errors import BadInput

from ..passages import Passages, Said


def check_evidence(
    db: Database, message: Row, quote_ids: Collection[int], allocated_on: str | None
) -> None:
    """Refuse a quote of another area or issue, or from a group after the wave's allocation."""
    passages = Passages(db)
    for quote_id in quote_ids:
        quote = get(db, "story_quote", quote_id, "quote")
        story = get(db, "story", quote["story_id"], "story")
        _check_same(db, message, story, "area")
        _check_same(db, message, story, "issue")
        said = passages.said(quote["transcript_id"], quote["start"], quote["end"])
        if reason := _too_late(said, message["wave_id"], allocated_on):
            when = f" on {said.held_on}" if said.held_on else ""
            raise BadInput(
                f"The story “{story['title']}” was told in {said.group}{when}, {reason}, "
                "so it cannot support a message of this wave."
            )


def _check_same(db: Database, message: Row, story: Row, what: str) -> None:
    wanted, found = message[f"{what}_id"], story[f"{what}_id"]
    if wanted != found:
        raise BadInput(
            f"The story “{story['title']}” is about {get(db, what, found, what)['name']}, "
            f"and this message about {get(db, what, wanted, what)['name']}; use a story of the "
            f"same {what}."
        )


def _too_late(said: Said, wave_id: int, allocated_on: str | None) -> str:
    if said.phase == "test" and said.group_wave_id in (None, wave_id):
        return "a group to which findings were shown"
    if allocated_on and said.held_on and said.held_on >= allocated_on:
        return f"and the wave was allocated on {allocated_on}"
    return ""
