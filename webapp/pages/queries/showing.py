"""The pages of the queries and their files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, render_template, request, url_for
from sqlite_utils import Database

from coding.errors import NotFound
from linkage.areas import study_row

from ...current import study
from ...downloads import attachment, csv_file, xlsx_file
from . import course, meeting, people, quotes, words
from .blueprint import pages
from .choices import asked, attribute_asked, options
from .view import NARROW, WIDE, View

TABS = {
    "queries.quotes": (
        "Quotes",
        "Quotes of several codes together: and, or, not, near, overlapping, within.",
    ),
    "queries.cooccurrence": (
        "Codes together",
        "Which codes meet on the same words, in a turn or nearby.",
    ),
    "queries.table": (
        "Who speaks of what",
        "Codes by area, issue, group or attribute, people first.",
    ),
    "queries.words": ("Words", "Which words set an area apart."),
    "queries.saturation": ("Saturation", "How many new codes each further transcript brought."),
    "queries.transcript": ("One transcript", "Its portrait, and which code stands where."),
}
VIEWS: dict[str, Callable[[Database], View]] = {
    "quotes": quotes.view_quotes,
    "cooccurrence": meeting.view_heat,
    "network": meeting.view_network,
    "table": people.view_table,
    "words": words.view_words,
    "saturation": course.view_saturation,
    "lines": course.view_lines,
    "portrait": course.view_portrait,
}
KINDS = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
NOT_IN_FILES = ("href", "colour")


@pages.get("/")
def index() -> str:
    return render_template("queries/index.html", tabs=TABS)


@pages.get("/quotes", endpoint="quotes")
def quotes_page() -> str:
    db = study().db
    view = quotes.view_quotes(db)
    return _page("quotes", [view], rows=quotes.given_rows(), speakers=quotes.speakers(),
                 hows=_hows(), attributes=_attributes(db), chosen=attribute_asked(),
                 left_out=quotes.left_out(db, view))  # fmt: skip


@pages.get("/cooccurrence")
def cooccurrence() -> str:
    db = study().db
    views = meeting.view_both(db)
    return _page("cooccurrence", list(views), choose=meeting.options_of_meeting())


@pages.get("/table")
def table() -> str:
    db = study().db
    return _page("table", [people.view_table(db)], choose=people.options_of_table(db))


@pages.get("/words", endpoint="words")
def words_page() -> str:
    more = {"ticked": words.checked(), "stop_words": words.every_stop_word()}
    return _page("words", [words.view_words(study().db)], **more)


@pages.get("/saturation")
def saturation() -> str:
    from coding.retrieval import LEVELS

    return _page("saturation", [course.view_saturation(study().db)], levels=list(LEVELS.items()))


@pages.get("/transcript")
def transcript() -> str:
    from coding.retrieval import LEVELS

    db = study().db
    views = [course.view_portrait(db), course.view_lines(db)]
    listed = course.transcripts_for_form(db)
    return _page("transcript", views, transcripts=listed, levels=list(LEVELS.items()))


def _page(name: str, views: list[View], **more: Any) -> str:
    return render_template(
        f"queries/{name}.html", view=views[0], views=views, tabs=TABS, given=asked(),
        options=options(study().db), **more,
    )  # fmt: skip


@pages.get(f"/<any({', '.join(VIEWS)}):query>.<any(csv, xlsx, svg, png, pdf):form>")
def download(query: str, form: str) -> Response:
    """Give the rows of a query in full, or its picture with title, filters, date and version."""
    db = study().db
    view = VIEWS[query](db)
    name, title = f"{study().key}-{query}.{form}", f"{study_row(db)['name']}: {view.title}"
    if form in KINDS:
        if view.draw is None:
            raise NotFound("There is no picture of this: nothing fits the query.")
        from linkage.pictures import file_bytes

        width = NARROW if request.args.get("narrow") else WIDE
        lines = (view.said, view.caption)
        return attachment(file_bytes(view.draw(width), form, title, lines), KINDS[form], name)
    rows, about = view.rows, [title, view.said, view.caption]
    if query == "quotes":
        sifted = quotes.rows_of_file(db, view)
        rows, about = sifted.rows, [*about, sifted.sentence]
    # No other file holds what anybody said: codes are counted, and words stand alone.
    kept = [{k: v for k, v in row.items() if k not in NOT_IN_FILES} for row in rows]
    if form == "csv":
        return csv_file(kept, name)
    same: Any = asked()
    address = url_for("queries.download", query=query, form=form, **same)
    return xlsx_file(kept, name, [*about, address])


def _hows() -> list[tuple[str, str]]:
    from coding.retrieval import HOWS

    return [(key, words.rstrip(",")) for key, words in HOWS.items()]


def _attributes(db: Database) -> list[tuple[str, str]]:
    from coding.retrieval import attribute_levels

    from ...permissions import may

    if not may("see people"):
        return []
    return [(f"{name}={value}", f"{name}: {value}") for name, value in attribute_levels(db)]
