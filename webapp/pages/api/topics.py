"""Topics as JSON; they are found from the page and the command line."""

from typing import Any

from flask.typing import ResponseReturnValue
from sqlite_utils import Database

from coding.language import installed_model
from coding.topics import Asked, Kept, kept_topics, last_asked, why_stale
from linkage import areas

from ...current import study
from ...numbers import plain_rows
from ...openapi import described
from ..topics import changing
from ..topics.cards import Card, draw_cards
from .blueprint import STUDY, pages

Row = dict[str, Any]
DISMISSALS = f"{STUDY}/topics/dismissals"
QUOTE = (
    "id", "transcript_id", "transcript", "turn", "start", "end", "quote", "speaker", "area", "group"
)  # fmt: skip


@pages.get(f"{STUDY}/topics")
@described("Words", "Topics", asked="OfArea")
def list_topics(asked: Row) -> Row:
    """Answer the topics found last, of all areas together or of one."""
    db = study().db
    area_id = areas.find_area(db, asked["area"])["id"] if asked["area"] else None
    question = last_asked(db, area_id)
    kept = kept_topics(db, question) if question else None
    return _told(db, kept) if kept else _nothing(question or Asked())


def _nothing(asked: Asked) -> Row:
    return {
        "key": None, "model": installed_model().label, "unit": asked.unit, "seed": asked.seed,
        "guided": asked.guided, "found_at": "", "stale": "", "proposed": 0, "curve": [],
        "topics": [],
    }  # fmt: skip


def _told(db: Database, kept: Kept) -> Row:
    from coding.topics.frames import topics_frame

    stale = why_stale(db, kept)
    counts = plain_rows(topics_frame(db, kept.asked, kept.found))
    cards = draw_cards(db, kept, None, stale=bool(stale))
    curve = [{"topics": number, "stability": value} for number, value in kept.found["curve"]]
    return {
        **_nothing(kept.asked),
        "key": kept.key_sha256,
        "model": kept.model,
        "found_at": kept.found_at,
        "stale": stale,
        "proposed": kept.found["proposed"],
        "curve": curve,
        "topics": [_topic(row, card) for row, card in zip(counts, cards, strict=True)],
    }


def _topic(row: Row, card: Card) -> Row:
    return {
        **row,
        "words": card.words,
        "near": card.near,
        "quotes": [{name: quote[name] for name in QUOTE} for quote in card.quotes],
        "dismissal_id": card.dismissal["id"] if card.dismissal else None,
    }


@pages.post(f"{STUDY}/topics/codes")
@described("Words", "Made", 201, sent="CodeOfTopic")
def code_topic(sent: Row) -> ResponseReturnValue:
    """Make a code of a topic and put it on some of its quotes, in one change."""
    key, topic, quotes = sent.pop("key"), sent.pop("topic"), sent.pop("quotes")
    return {"id": changing.make_code(key, topic, quotes, **sent)}, 201


@pages.post(DISMISSALS)
@described("Words", "Made", 201, sent="TopicNamed")
def dismiss_topic(sent: Row) -> ResponseReturnValue:
    """Dismiss a topic, in later runs too."""
    return {"id": changing.dismiss_topic(sent["key"], sent["topic"])}, 201


@pages.delete(f"{DISMISSALS}/<int:dismissal_id>")
@described("Words", None, 204)
def bring_topic_back(dismissal_id: int) -> ResponseReturnValue:
    """Take a dismissal back."""
    changing.bring_topic_back(dismissal_id)
    return "", 204
