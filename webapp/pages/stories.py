"""Stories: the board of areas and issues, a story from a passage, and what is told of it."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlite_utils import Database

from coding.errors import BadInput, Conflict, NotFound
from linkage import areas, stories
from linkage.correcting import accept_altered
from linkage.messages import get_message
from linkage.recent import as_it_was

from ..conflict import bring_together, compare
from ..current import as_coder, study
from ..errors import BAD_INPUT
from ..rows import ROW
from .here import who_saved
from .passages import read_passage, sent_quote, with_positions
from .transcripts.place import number

pages = Blueprint("stories", __name__, url_prefix="/studies/<study_key>/stories")
Row = dict[str, Any]
TOLD = ("title", "summary", "actors", "place", "what_changed", "happened", "framing")
LABELS = {
    "title": "Title",
    "issue_id": "Issue",
    "summary": "In one line",
    "actors": "Who did it",
    "place": "Where",
    "what_changed": "What changed",
    "happened": "When",
    "framing": "Told as",
}


@pages.get("/")
def index() -> str:
    db = study().db
    board: dict[tuple[int, int], list[Row]] = {}
    for story in stories.list_stories(db):
        board.setdefault((story["area_id"], story["issue_id"]), []).append(story)
    places, issues = areas.areas(db), areas.issues(db)
    return render_template(
        "stories/index.html",
        areas=places,
        issues=issues,
        board=board,
        told=sum(len(cell) for cell in board.values()),
        gaps=len(places) * len(issues) - len(board),
    )


@pages.get("/new")
def new() -> ResponseReturnValue:
    return _new()


def _new(error: Exception | None = None) -> str:
    db = study().db
    passage = read_passage(db, request.values)
    there = stories.list_stories(db, passage["area_id"]) if passage else []
    return render_template(
        "stories/new.html",
        passage=passage,
        form=request.values,
        issues=areas.issues(db),
        stories=there,
        error=error,
    )


def _told(form: Mapping[str, str]) -> Row:
    told: Row = {name: form[name] for name in TOLD if name in form}
    told["issue_id"] = number(form, "issue_id", "The issue")
    if told["issue_id"] is None:
        raise BadInput("Choose the issue that the story is about.")
    return told


@pages.post("/")
def create() -> ResponseReturnValue:
    form = request.form.to_dict()
    try:
        quote, told = sent_quote(form), {"title": "", **_told(form)}
        passage = read_passage(study().db, form) or {}

        def run(db: Database, coder_id: int) -> int:
            place = {"area_id": passage["area_id"], "coder_id": coder_id}
            return stories.add_story(db, **place, **told, quotes=[quote])

        story_id = study().change(f"mark the story “{told['title']}”", as_coder(run))
    except BAD_INPUT as error:
        return _new(error), 400
    return redirect(url_for("stories.show", story_id=story_id), 303)


@pages.get(f"/<{ROW}:story_id>/")
def show(story_id: int) -> str:
    return _show(story_id)


def _show(story_id: int, error: Exception | None = None, **more: Any) -> str:
    db = study().db
    story = stories.get_story(db, story_id)
    return render_template(
        "stories/show.html",
        story=story,
        quotes=with_positions(db, story["quotes"]),
        messages=[get_message(db, message_id) for message_id in story["messages"]],
        issues=areas.issues(db),
        error=error,
        **{"form": {**story, **(request.form.to_dict() if error else {})}, **more},
    )


@pages.post(f"/<{ROW}:story_id>/")
def update(story_id: int) -> ResponseReturnValue:
    # Browsers send line ends their own way, and the page compares texts.
    form = {name: text.replace("\r\n", "\n") for name, text in request.form.items()}
    try:
        told, revision = _told(form), number(form, "revision", "The revision") or 0
        study().change(
            f"edit the story “{form.get('title', '')}”",
            lambda db: stories.update_story(db, story_id, revision, **told),
        )
    except Conflict:
        return _conflict(story_id, form, revision), 409
    except NotFound as error:
        return _gone(error, form), 404
    except BAD_INPUT as error:
        return _show(story_id, error), 400
    flash("The story is saved.")
    return redirect(url_for("stories.show", story_id=story_id), 303)


def _conflict(story_id: int, form: Row, revision: int) -> str:
    db = study().db
    now, names = stories.get_story(db, story_id), _issue_names(db)
    base = as_it_was(db, "story", story_id, revision)
    found = compare(
        LABELS, base, now, form, lambda field, v: names.get(v, v) if field == "issue_id" else v
    )
    together = bring_together(found, now, form)
    return _show(story_id, form=together, differences=found, saved=who_saved("story", story_id))


def _issue_names(db: Database) -> dict[str, str]:
    return {str(row["id"]): row["name"] for row in areas.issues(db)}


def _gone(error: NotFound, form: Mapping[str, str]) -> str:
    """Give back what was typed of a story that was deleted meanwhile."""
    return render_template(
        "gone.html",
        sentence=f"{error} Copy from here what you still need.",
        typed=[(LABELS[name], form[name]) for name in TOLD if name in form],
        back=url_for("stories.index"),
        back_name="Stories",
    )


@pages.post("/quotes")
def add_to_story() -> ResponseReturnValue:
    """Add the passage to the story chosen on the form."""
    form = request.form.to_dict()
    try:
        quote, story_id = sent_quote(form), number(form, "story", "The story")
        if story_id is None:
            raise BadInput("Choose the story that the passage belongs to.")
        title = stories.get_story(study().db, story_id)["title"]
        study().change(
            f"add a quote to the story “{title}”",
            lambda db: stories.add_quote(db, story_id, *quote),
        )
    except BAD_INPUT as error:
        return _new(error), 400
    return redirect(url_for("stories.show", story_id=story_id), 303)


@pages.post(f"/<{ROW}:story_id>/quotes/<{ROW}:quote_id>/remove")
def remove_quote(story_id: int, quote_id: int) -> ResponseReturnValue:
    story = stories.get_story(study().db, story_id)
    if quote_id not in {quote["id"] for quote in story["quotes"]}:
        raise NotFound(f"The story “{story['title']}” has no quote {quote_id}.")
    try:
        study().change(
            f"take a quote out of the story “{story['title']}”",
            lambda db: stories.remove_quote(db, quote_id),
        )
    except BAD_INPUT as error:
        return _show(story_id, error), 400
    flash("The quote is taken out of the story.")
    return redirect(url_for("stories.show", story_id=story_id), 303)


@pages.post(f"/<{ROW}:story_id>/quotes/<{ROW}:quote_id>/accept")
def accept_quote(story_id: int, quote_id: int) -> ResponseReturnValue:
    story = stories.get_story(study().db, story_id)
    if quote_id not in {quote["id"] for quote in story["quotes"]}:
        raise NotFound(f"The story “{story['title']}” has no quote {quote_id}.")
    study().change(
        f"accept an altered quote of the story “{story['title']}”",
        lambda db: accept_altered(db, quote_id),
    )
    flash("The words as corrected tell the story now.")
    return redirect(url_for("stories.show", story_id=story_id), 303)


@pages.post(f"/<{ROW}:story_id>/delete")
def delete(story_id: int) -> ResponseReturnValue:
    title = stories.get_story(study().db, story_id)["title"]
    try:
        study().change(f"delete the story “{title}”", lambda db: stories.delete_story(db, story_id))
    except BAD_INPUT as error:
        return _show(story_id, error), 400
    flash(f"The story “{title}” is deleted. The history can bring it back.")
    return redirect(url_for("stories.index"), 303)
