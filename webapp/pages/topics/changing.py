"""What becomes of a topic, alike for the page and the JSON: a code, or a dismissal."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from coding.errors import BadInput, NotFound
from coding.topics import (
    Kept,
    bring_back,
    code_topic,
    dismiss,
    pick_quotes,
    topics_of_key,
    why_stale,
)
from coding.topics.dismissing import words_of

from ...current import as_coder, study

GONE = "These topics are not those of now; find topics again."
OTHERS = "These are not the quotes of now; look at them again and tick anew."


def kept_of(key: str) -> Kept:
    """Return the topics that a page was drawn from."""
    kept = topics_of_key(study().db, key)
    if kept is None:
        raise BadInput(GONE)
    return kept


def topic_of(kept: Kept, place: int | None) -> dict[str, Any]:
    """Return a topic by its number."""
    if place is None or not 1 <= place <= len(kept.topics):
        raise NotFound("There is no such topic among those found.")
    return kept.topics[place - 1]


def make_code(
    key: str, place: int | None, ticked: list[str], *, area_id: int | None = None, **code: Any
) -> int:
    """Make a code of a topic and put it on quotes, in one change; returns its number."""
    db, kept = study().db, kept_of(key)
    topic = topic_of(kept, place)
    if stale := why_stale(db, kept):
        raise BadInput(f"{stale} Find topics again before you code them.")
    offered = {quote["id"]: quote for quote in pick_quotes(db, kept.asked, [topic], area_id)[0]}
    if not set(ticked) <= offered.keys():
        raise BadInput(OTHERS)
    quotes = [offered[name] for name in dict.fromkeys(ticked)]

    def run(db: Database, coder_id: int) -> int:
        return code_topic(db, coder_id, quotes=quotes, **code)

    return int(study().change("make a code of a topic", as_coder(run)))


def dismiss_topic(key: str, place: int | None) -> int:
    """Dismiss a topic; returns the number of the dismissal."""
    kept = kept_of(key)
    words, area_id = words_of(topic_of(kept, place)), kept.asked.area_id

    def run(db: Database, coder_id: int) -> int:
        return dismiss(db, coder_id, words, area_id)

    return int(study().change("dismiss a topic", as_coder(run)))


def bring_topic_back(dismissal_id: int) -> None:
    """Take a dismissal back."""
    study().change("bring a topic back", lambda db: bring_back(db, dismissal_id))
