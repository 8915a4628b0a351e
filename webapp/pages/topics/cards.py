"""A card a topic: its words, its spread with denominators, its quotes, and codes it is near."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from coding.codebook import codebook
from coding.topics import Coverage, Kept, cover, mark_dismissed, pick_quotes
from linkage import areas

Row = dict[str, Any]
NAMED_BY = 2  # words
WEIGHED = 10


@dataclass(frozen=True)
class Card:
    """What a page shows of one topic."""

    number: int
    topic: Row
    spread: Coverage
    quotes: list[Row]
    near: list[Row]
    started_from: str
    coded_as: list[tuple[str, int]]
    dismissal: Row | None

    @property
    def words(self) -> list[Row]:
        """Its strongest words, and their weights as shares of the strongest one's."""
        return self.topic["words"][:WEIGHED]  # type: ignore[no-any-return]

    @property
    def title(self) -> str:
        """What it is called as long as it has no name: its strongest words."""
        return ", ".join(word for word, _ in self.topic["words"][:3])

    @property
    def name(self) -> str:
        """A name to start from."""
        return " and ".join(word for word, _ in self.topic["words"][:NAMED_BY]).capitalize()


def draw_cards(db: Database, kept: Kept, area_id: int | None, *, stale: bool) -> list[Card]:
    """Make the cards of what was found; of stale topics without quotes, whose places moved."""
    topics, paths = kept.topics, {code["id"]: code["path"] for code in codebook(db)}
    covered = cover(db, kept.asked, topics, area_id)
    quotes = [[] for _ in topics] if stale else pick_quotes(db, kept.asked, topics, area_id)
    hidden = mark_dismissed(db, topics, kept.asked.area_id)
    return [
        Card(
            number, topic, spread, said,
            [{**near, "path": paths[near["code_id"]]} for near in topic["near"]
             if near["code_id"] in paths],
            paths.get(topic["theme_id"], ""),
            [(paths[code], turns) for code, turns in spread.codes],
            gone,
        )
        for number, (topic, spread, said, gone) in enumerate(
            zip(topics, covered, quotes, hidden, strict=True), 1
        )
    ]  # fmt: skip


def area_rows(db: Database, card: Card) -> list[Row]:
    """List where a topic is spoken of: by area, how many of how many."""
    names = {row["id"]: row["name"] for row in areas.areas(db)}
    return [
        {"name": names[number], "part": part, "whole": whole}
        for number, (part, whole) in card.spread.by_area.items()
        if number in names
    ]
