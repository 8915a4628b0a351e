"""Messages: what each nudge says in an area on an issue, written beside its evidence."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlite_utils import Database

from coding.errors import Conflict, NotFound
from linkage import areas, messages, stories
from linkage.messages.figures import figure_of, unsaid

from ..conflict import compare
from ..current import as_coder, study
from ..errors import BAD_INPUT
from ..figure_form import chosen_again, named, read_figures, unpack
from ..message_form import EMPTY_ROWS, read_rows, stored_rows
from ..permissions import NotAllowed, may
from ..rows import ROW
from ..word_diff import word_diff
from .here import who_saved
from .passages import with_positions
from .transcripts.place import number

pages = Blueprint("messages", __name__, url_prefix="/studies/<study_key>/messages")
Row = dict[str, Any]
NUDGES = ("A", "B")
PLACE = ("wave", "area", "issue")
LABELS = {"text": "The text", "quotes": "How many quotes each sentence rests on"}


@pages.get("/")
def index() -> ResponseReturnValue:
    return _index()


def _index(error: Exception | None = None) -> str:
    db = study().db
    waves = areas.waves(db)
    asked = request.values.get("wave")
    wave = areas.find_wave(db, asked) if asked else waves[-1] if waves else None
    listed = messages.list_messages(db, wave["id"]) if wave else []
    marked = stories.list_stories(db)
    return render_template(
        "messages/index.html",
        wave=wave,
        waves=waves,
        areas=areas.areas(db),
        issues=areas.issues(db),
        nudges=NUDGES,
        found={(row["area_id"], row["issue_id"], row["nudge"]): row for row in listed},
        stories={(row["area_id"], row["issue_id"]) for row in marked},
        written=sum(bool(row["version_id"]) for row in listed),
        error=error,
    )


@pages.post("/")
def start() -> ResponseReturnValue:
    form = request.form
    try:
        wave_id, area_id, issue_id = (number(form, f"{w}_id", w) or 0 for w in PLACE)
        message_id = study().change(
            "start a message",
            lambda db: messages.start_message(
                db, form.get("nudge", ""), wave_id, area_id, issue_id
            ),
        )
    except BAD_INPUT as error:
        return _index(error), 400
    chosen: Row = {"figure": form["figure"]} if form.get("figure") else {}
    return redirect(url_for("messages.show", message_id=message_id, **chosen), 303)


@pages.get(f"/<{ROW}:message_id>/")
def show(message_id: int) -> ResponseReturnValue:
    """Show a message; with `figure`, a figure of time that it is to use, saved with the next."""
    message = messages.get_message(study().db, message_id)
    rows = stored_rows(message["sentences"])
    specs = request.args.getlist("figure")
    if not specs:
        return _editor(message, rows)
    if not may("see results"):
        raise NotAllowed("Figures of time are results, which are hidden from you.")
    try:
        chosen = [figure_of(study().db, message, unpack(spec)) for spec in specs]
    except BAD_INPUT as error:
        return _editor(message, rows, error), 400
    return _editor(message, rows, chosen=named(chosen), specs=specs)


def _editor(message: Row, rows: list[Row], error: Exception | None = None, **more: Any) -> str:
    db = study().db
    told = stories.list_stories(db, message["area_id"], message["issue_id"])
    for story in told if message["nudge"] == "A" else []:
        story["quotes"] = with_positions(db, story["quotes"])
    quotes = [quote for story in told for quote in story["quotes"]]
    return render_template(
        "messages/show.html",
        message=message,
        rows=rows,
        empty_rows=range(EMPTY_ROWS),
        stories=told if message["nudge"] == "A" else [],
        quotes=quotes if message["nudge"] == "A" else [],
        others=_other_areas(db, message),
        versions=messages.list_versions(db, message["id"])[::-1],
        lacks=messages.lacking_consent(message),
        unsaid=unsaid(message),
        error=error,
        **more,
    )


def _other_areas(db: Database, message: Row) -> list[int]:
    """Return how many words the same message has in the other areas."""
    return sorted(
        row["words"]
        for row in messages.list_messages(db, message["wave_id"])
        if row["version_id"]
        and row["id"] != message["id"]
        and all(row[what] == message[what] for what in ("nudge", "issue_id"))
    )


@pages.post(f"/<{ROW}:message_id>/")
def write(message_id: int) -> ResponseReturnValue:
    before = messages.get_message(study().db, message_id)
    rows: list[Row] = []
    try:
        rows = read_rows(request.form)
        revision = number(request.form, "revision", "The revision") or 0
        figures = read_figures(study().db, before, request.form)
        version_id = _write(before, revision, rows, figures)
    except Conflict:
        now = messages.get_message(study().db, message_id)
        found = compare(LABELS, None, _as_read(stored_rows(now["sentences"])), _as_read(rows))
        saved = who_saved("message", message_id)
        return _editor(now, rows, differences=found, saved=saved, **chosen_again(now)), 409
    except BAD_INPUT as error:
        return _editor(before, rows, error, **chosen_again(before)), 400
    _say(before, version_id)
    return redirect(url_for("messages.show", message_id=message_id), 303)


def _as_read(rows: list[Row]) -> dict[str, str]:
    """Write a message as two texts: what is read, and which sentence rests on which quotes."""
    rest = [f"Sentence {n} on {len(row['quotes'])}." for n, row in enumerate(rows, 1)]
    return {"text": " ".join(row["text"] for row in rows), "quotes": " ".join(rest)}


def _write(message: Row, revision: int, rows: list[Row], figures: list[Row] | None = None) -> int:
    sentences = [(row["text"], row["quotes"]) for row in rows]

    def run(db: Database, coder_id: int) -> int:
        return messages.write_version(db, message["id"], revision, sentences, coder_id, figures)

    version_id: int = study().change(
        f"write the {message['nudge']} message for {_place(message)}", as_coder(run)
    )
    return version_id


def _say(before: Row, version_id: int) -> None:
    if version_id == before["version_id"]:
        flash("Nothing changed, so there is no new version.")
    else:
        flash(f"Version {(before['version'] or 0) + 1} is saved.")


@pages.post(f"/<{ROW}:message_id>/approve")
def approve(message_id: int) -> ResponseReturnValue:
    """Approve the version that was read."""
    message = messages.get_message(study().db, message_id)
    try:
        version = number(request.form, "version", "The version") or 0

        def run(db: Database, coder_id: int) -> None:
            messages.approve(db, message_id, version, coder_id)

        study().change(f"approve the message for {_place(message)}", as_coder(run))
    except (Conflict, *BAD_INPUT) as error:
        status = 409 if isinstance(error, Conflict) else 400
        message = messages.get_message(study().db, message_id)
        return _editor(message, stored_rows(message["sentences"]), error), status
    flash(f"Version {version} is approved.")
    return redirect(url_for("messages.show", message_id=message_id), 303)


@pages.post(f"/<{ROW}:message_id>/approve/back")
def take_approval_back(message_id: int) -> ResponseReturnValue:
    message = messages.get_message(study().db, message_id)
    try:
        study().change(
            f"take back the approval for {_place(message)}",
            lambda db: messages.take_approval_back(db, message_id),
        )
    except BAD_INPUT as error:
        return _editor(message, stored_rows(message["sentences"]), error), 400
    flash("The approval is taken back.")
    return redirect(url_for("messages.show", message_id=message_id), 303)


def _place(message: Row) -> str:
    return f"{message['area_name']}, {message['issue_name']}"


@pages.get(f"/<{ROW}:message_id>/versions/<{ROW}:number>")
def version(message_id: int, number: int) -> str:
    """Show a version, and what it changed against another: the one before where none is asked."""
    chosen, others = _version(message_id, number)
    asked = request.args.get("against", "")
    before = next((row for row in others if str(row["version"]) == asked), None)
    if before is None:
        before = next((row for row in others if row["version"] == number - 1), None)
    return render_template(
        "messages/version.html",
        message=messages.get_message(study().db, message_id),
        version=chosen,
        others=others,
        before=before,
        diff=word_diff(before["text"], chosen["text"]) if before else [],
    )


def _version(message_id: int, number: int) -> tuple[Row, list[Row]]:
    listed = messages.list_versions(study().db, message_id)
    chosen = next((row for row in listed if row["version"] == number), None)
    if chosen is None:
        raise NotFound(f"This message has no version {number}.")
    return chosen, [row for row in listed if row is not chosen]


@pages.post(f"/<{ROW}:message_id>/versions/<{ROW}:number>/restore")
def restore(message_id: int, number: int) -> ResponseReturnValue:
    """Write an older version anew as the latest; what came between stays."""
    chosen, _ = _version(message_id, number)
    message = messages.get_message(study().db, message_id)
    rows = stored_rows(chosen["sentences"])
    try:
        _say(message, _write(message, message["revision"], rows, chosen["figures"]))
    except BAD_INPUT as error:
        return _editor(message, stored_rows(message["sentences"]), error), 400
    return redirect(url_for("messages.show", message_id=message_id), 303)
