"""The list of changes, filtered by the address, and one change with all its rows."""

from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from flask import current_app, render_template, request
from flask_login import current_user
from sqlite_utils import Database

from coding.errors import BadInput
from linkage import changes as log
from linkage.changed_rows import read_rows
from linkage.object_words import kind_word, names_of
from linkage.restoring import deletions
from linkage.snapshots import snapshots
from linkage.undo import offers

from ...arguments import whole_argument
from ...current import study
from .blueprint import pages

Row = dict[str, Any]

A_PAGE = 50
SHOWN = 6
ROWS_A_PAGE = 100
FILTERS = ("person", "kind", "id", "text", "from", "to")


@pages.get("/")
def index() -> str:
    return show_list()


def show_list(error: Exception | None = None) -> str:
    """Show the list; `error` is what went wrong with a form of it."""
    db, wanted = study().db, _wanted()
    rows = log.list_changes(db, wanted, whole_argument("before"), A_PAGE + 1)
    shown, names = rows[:A_PAGE], _user_names()
    _tell(db, shown)
    for row in shown:
        row["who"] = names.get(row["actor"], row["who"])
    return render_template(
        "history/index.html",
        days=[(day, list(them)) for day, them in groupby(shown, lambda row: row["at"][:10])],
        older=shown[-1]["id"] if len(rows) > A_PAGE else None,
        given={name: request.args[name] for name in FILTERS if request.args.get(name)},
        people=sorted(
            ((actor, names.get(actor, name)) for actor, name in log.people(db)), key=itemgetter(1)
        ),
        kinds=sorted((kind, kind_word(kind).capitalize()) for kind in log.kinds(db)),
        object_name=_object_name(db, wanted),
        offers=offers(db, current_user.guid),
        snapshots=snapshots(db),
        error=error,
        form=request.form,
    )


@pages.get("/<int:change_id>/")
def show(change_id: int) -> str:
    return show_change(change_id)


def show_change(change_id: int, error: Exception | None = None) -> str:
    """Show one change with all its rows, page by page."""
    db = study().db
    change = log.get_change(db, change_id)
    names = _user_names()
    change["who"] = names.get(change["actor"], change["who"])
    page = max(1, whole_argument("page") or 1)
    _tell(db, [change], ROWS_A_PAGE, (page - 1) * ROWS_A_PAGE)
    last = max(1, -(-change["count"] // ROWS_A_PAGE))
    return render_template("history/change.html", change=change, page=page, last=last, error=error)


def _tell(db: Database, rows: list[Row], each: int = SHOWN, skip: int = 0) -> None:
    """Add to each change what it did: in numbers, row by row, and what can be brought back."""
    ids = [row["id"] for row in rows]
    counts, details, gone = log.tally(db, ids), read_rows(db, ids, each, skip), deletions(db, ids)
    for row in rows:
        row["tally"] = [{**each, "kind": kind_word(each["object"])} for each in counts[row["id"]]]
        row["count"] = sum(each["rows"] for each in row["tally"])
        row["rows"] = details[row["id"]]
        row["deleted"] = gone.get(row["id"], [])


def _user_names() -> dict[str, str]:
    """Map accounts to names: a study knows only those who coded in it or wrote a message."""
    people = current_app.extensions["coproduce"].people
    return {user["guid"]: user["name"] for user in people.users()}


def _wanted() -> log.Wanted:
    kind, object_id = request.args.get("kind") or None, whole_argument("id")
    if object_id is not None and kind is None:
        raise BadInput("Say of which kind the object is, such as ?kind=code&id=3.")
    return log.Wanted(
        actor=request.args.get("person") or None,
        kind=kind,
        object_id=object_id,
        text=request.args.get("text", "").strip()[:200],
        since=_day("from"),
        until=_day("to"),
    )


def _day(name: str) -> date | None:
    given = request.args.get(name, "").strip()
    try:
        return date.fromisoformat(given) if given else None
    except ValueError as error:
        raise BadInput(f"“{given[:40]}” is not a date; write it as 2025-05-12.") from error


def _object_name(db: Database, wanted: log.Wanted) -> str:
    if wanted.kind is None or wanted.object_id is None:
        return ""
    key = (wanted.kind, wanted.object_id)
    return f"{kind_word(wanted.kind)} “{names_of(db, [key])[key]}”"
