"""Respondents who sat in a focus group: a list for those who run the survey."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlite_utils import Database

from coding.errors import BadInput
from linkage.history import check_not_archived

from ...current import study
from ...display import plural
from ...errors import BAD_INPUT
from .blueprint import pages, person_names

LARGEST = 4 * 2**20


@pages.get("/members")
def members() -> ResponseReturnValue:
    return _show()


def _show(error: Exception | None = None, typed: str = "") -> ResponseReturnValue:
    """Show who is on the list and who was, and how many of each wave's answers that concerns."""
    from analysis.group_members import list_members
    from linkage.survey.panel import members_by_wave

    db = study().db
    names = person_names()
    rows = [{**row, "who": names.get(row["added_by"], row["added_by"])} for row in list_members(db)]
    page = render_template(
        "responses/members.html",
        listed=[row for row in rows if not row["removed_at"]],
        removed=[row for row in rows if row["removed_at"]],
        waves=members_by_wave(db),
        typed=typed,
        error=error,
    )
    return page, 400 if error else 200


@pages.post("/members")
def add_members() -> ResponseReturnValue:
    """Put ids on the list, typed or from a file."""
    from analysis.group_members import add_members as add
    from analysis.group_members import read_ids

    typed = request.form.get("ids", "")
    try:
        ids = read_ids(f"{typed}\n{_file()}")
        guid = current_user.guid
        new = _change(f"list {plural(len(ids), 'group member')}", lambda db: add(db, ids, guid))
    except BAD_INPUT as error:
        return _show(error, typed)
    there = len(ids) - new
    flash(f"{plural(new, 'respondent')} added{f', {there:,} listed already' if there else ''}.")
    return _back()


@pages.post("/members/remove")
def remove_members() -> ResponseReturnValue:
    """Take the ticked respondents off the list."""
    from analysis.group_members import remove_members as remove

    ids = request.form.getlist("respondent")
    if not ids:
        return _show(BadInput("Tick whom to take off the list."))
    gone = _change("take group members off the list", lambda db: remove(db, ids))
    flash(f"{plural(gone, 'respondent')} taken off; they can be brought back below.")
    return _back()


@pages.post("/members/return")
def return_members() -> ResponseReturnValue:
    """Bring the ticked respondents back."""
    from analysis.group_members import add_members as add

    guid, ids = current_user.guid, request.form.getlist("respondent")
    if not ids:
        return _show(BadInput("Tick whom to bring back."))
    back = _change("bring group members back to the list", lambda db: add(db, ids, guid))
    flash(f"{plural(back, 'respondent')} brought back.")
    return _back()


def _change(action: str, run: Any) -> int:
    """Change the list, which itself says what was done, when and by whom: no history holds it."""

    def unless_archived(db: Database) -> Any:
        check_not_archived(db)
        return run(db)

    count: int = study().change(action, unless_archived, kind="fixed")
    return count


def _file() -> str:
    file = request.files.get("file")
    if file is None or not file.filename:
        return ""
    content = file.stream.read(LARGEST + 1)
    try:
        if len(content) > LARGEST:
            raise BadInput("The file is too large for a list of ids; it may have 4 MB.")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput("The file is not UTF-8 text; save the ids as text, one a line.") from None


def _back() -> ResponseReturnValue:
    return redirect(url_for("responses.members"), 303)
