"""The page of topics and its files."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlite_utils import Database

from coding.checks import get
from coding.codebook import codebook
from coding.language import installed_model
from coding.sifting import sift_passages
from coding.topics import LEAST_UNITS, Asked, Kept, why_stale
from coding.topics.asking import RUNS
from coding.topics.heard import heard_turns
from linkage import areas
from linkage.undo import offers

from ...arguments import whole_argument
from ...current import study
from ...downloads import csv_file
from ...drawn import Drawn
from ...errors import BAD_INPUT
from ...kept import kept as remembered
from ...numbers import plain_rows
from ...permissions import may_open
from ..jobs import running_job
from .asking import address, current_topics, options
from .blueprint import pages
from .cards import Card, area_rows, draw_cards

Row = dict[str, Any]
TASK = "find topics"
UNDONE = frozenset({"coding", "code", "coder", "topic_dismissal"})
KEY_WORDS = 8
QUOTE_COLUMNS = (
    "topic", "words", "quote", "speaker", "area", "group", "transcript", "turn", "start", "end",
    "consent",
)  # fmt: skip


@pages.get("/")
def index() -> ResponseReturnValue:
    try:
        return show()
    except BAD_INPUT as error:
        return show({}, error), 400


def show(args: Any = None, error: Exception | None = None) -> str:
    """Draw the topics that the address asks for, or those found last."""
    db, args = study().db, request.args if args is None else args
    asked, kept = current_topics(db, args)
    area_id = _area(db) if error is None else None
    stale = why_stale(db, kept) if kept else ""
    cards = draw_cards(db, kept, area_id, stale=bool(stale)) if kept else []
    return render_template(
        "topics/index.html",
        asked=asked,
        address=address(asked),
        kept=kept,
        stale=stale,
        cards=[card for card in cards if not card.dismissal],
        dismissed=[card for card in cards if card.dismissal],
        rows={card.number: area_rows(db, card) for card in cards},
        options=options(db),
        area_id=area_id,
        parents=_parents(db),
        heard=0 if kept else len(heard_turns(db, asked)),
        least=LEAST_UNITS,
        runs=RUNS,
        model=installed_model(),
        keyness=_keyness(db, asked) if kept else [],
        curve=_curve(kept) if kept else {},
        running=running_job(TASK) if may_open("topics.find") else None,
        undoes=offers(db, current_user.guid, UNDONE).get("undo")
        if may_open("topics.undo")
        else None,
        error=error,
    )


def _parents(db: Database) -> list[tuple[Any, str]]:
    codes = [(code["id"], "\u2003" * code["depth"] + code["name"]) for code in codebook(db)]
    return [("", "None: a theme of its own"), *codes]


def _area(db: Database) -> int | None:
    number = whole_argument("area")
    return None if number is None else int(get(db, "area", number, "area")["id"])


def _curve(kept: Kept) -> dict[str, Drawn]:
    from linkage.pictures import draw_stability, page_svg

    points = [(int(n), float(value)) for n, value in kept.found["curve"]]
    chosen = kept.found["number"]
    return {
        kind: Drawn(page_svg(draw_stability(points, chosen, width=width)))
        for kind, width in (("wide", 560), ("narrow", 330))
    }


def _keyness(db: Database, asked: Asked) -> list[Row]:
    """List the words that set each area apart from the others, where there are others."""
    from coding.retrieval import keyness, word_counts

    counts = remembered(
        db,
        ("topic words", study().eyes, asked.groups),
        lambda: word_counts(db, phase=asked.groups),
    )
    talked = set(counts["area_id"])
    known = [row for row in areas.areas(db) if row["id"] in talked]
    if len(known) < 2:
        return []
    found = []
    for row in known:
        words = keyness(counts, row["id"])
        found.append({**row, "words": plain_rows(words[words["z"] > 0].head(KEY_WORDS))})
    return found


@pages.get("/topics.csv")
def download() -> Response:
    """Give the topics with their counts."""
    from coding.topics.frames import topics_frame

    db = study().db
    asked, kept = current_topics(db, request.args)
    rows = plain_rows(topics_frame(db, asked, kept.found)) if kept else []
    return csv_file(rows, f"{study().key}-topics.csv")


@pages.get("/quotes.csv")
def download_quotes() -> Response:
    """Give the quotes of the topics, as consent lets them go."""
    db = study().db
    _, kept = current_topics(db, request.args)
    cards: list[Card] = []
    if kept and not why_stale(db, kept):
        cards = draw_cards(db, kept, _area(db), stale=False)
    rows = [
        {**quote, "topic": card.number, "words": card.title}
        for card in cards
        for quote in card.quotes
    ]
    sifted = sift_passages(db, rows, "publication")
    kept_rows = [{name: row[name] for name in QUOTE_COLUMNS} for row in sifted.rows]
    return csv_file(kept_rows, f"{study().key}-topic-quotes.csv")
