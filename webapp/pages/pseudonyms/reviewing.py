"""The list of names that were found: searched for, decided on, added to."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coding.errors import Conflict
from coding.language import installed_model
from coding.pseudonyms import key_file, reviewing
from coding.pseudonyms.kinds import KINDS
from coding.pseudonyms.remaining import remaining
from coding.pseudonyms.roster import LARGEST, read_roster
from linkage.erasing import is_due
from linkage.hiding_look import stays
from linkage.pseudonyms import leave_roster

from ...arguments import whole_argument
from ...current import study
from ...display import plural
from ...errors import BAD_INPUT
from ..jobs import running_job, start_job
from .blueprint import changing, key_path, pages, reading

Row = dict[str, Any]
A_PAGE = 40
SHOWN = {
    "open": "Not decided yet", "hide": "To hide", "keep": "Not identifying", "hidden": "Hidden",
    "all": "All",
}  # fmt: skip


@pages.get("/")
def index() -> ResponseReturnValue:
    """Show the names found and what is decided of each."""
    return _page()


def _page(
    error: Exception | None = None, form: Mapping[str, str] | None = None
) -> ResponseReturnValue:
    db = study().db
    with reading() as key:
        names = _names(key)
        told = {
            "style": key_file.style(key),
            "searched_at": key_file.setting(key, "searched_at"),
            "left": remaining(key),
            "unknown": _unknown(key),
            "stays": stays(db, key),
        }
    chosen = request.args.get("show", "open")
    chosen = chosen if chosen in SHOWN else "open"
    kind = request.args.get("kind", "")
    rows = [r for r in names if chosen in ("all", r["state"]) and kind in ("", r["kind"])]
    page = max(1, whole_argument("page") or 1)
    shown = render_template(
        "pseudonyms/index.html",
        rows=rows[(page - 1) * A_PAGE : page * A_PAGE], many=len(rows), page=page, each=A_PAGE,
        counts={state: sum(r["state"] == state for r in names) for state in SHOWN},
        names=names, shown=SHOWN, chosen=chosen, kind=kind, kinds=KINDS,
        styles=key_file.STYLES, model=installed_model(), due=is_due(db),
        running=running_job("search for names"), form=form or {}, error=error, **told,
    )  # fmt: skip
    return (shown, 409 if isinstance(error, Conflict) else 400) if error else shown


def _names(key: Any) -> list[Row]:
    rows = key_file.list_names(key)
    known = study().db.query("SELECT pseudonym FROM pseudonym")
    hidden = {row["pseudonym"].casefold() for row in known}
    for row in rows:
        applied = (row["pseudonym"] or "").casefold() in hidden
        row["applied"] = applied
        row["state"] = "hidden" if applied else row["decision"]
    order = list(KINDS)
    return sorted(rows, key=lambda row: order.index(row["kind"]) if row["kind"] in order else 99)


def _unknown(key: Any) -> int:
    """Count the pseudonyms of the study that the key does not know any more."""
    known = {row["pseudonym"].casefold() for row in key_file.hidden_rows(key, study().db)}
    rows = study().db.query("SELECT pseudonym FROM pseudonym")
    return sum(row["pseudonym"].casefold() not in known for row in rows)


def _back() -> ResponseReturnValue:
    sent = {name: request.args.get(name) for name in ("show", "kind", "page")}
    given: dict[str, Any] = {name: value for name, value in sent.items() if value}
    return redirect(url_for("pseudonyms.index", **given), 303)


@pages.post("/search")
def search() -> ResponseReturnValue:
    """Search the transcripts as a job; a roster is used for it and then forgotten."""
    try:
        file = request.files.get("roster")
        if file is not None and file.filename:
            leave_roster(key_path(), read_roster(file.filename, file.stream.read(LARGEST + 1)))
    except BAD_INPUT as error:
        return _page(error)
    job = running_job("search for names")
    job_id = job["id"] if job else start_job("search for names", {"key_path": str(key_path())})
    return redirect(url_for("jobs.show", job_id=job_id, next=url_for("pseudonyms.index")), 303)


@pages.post("/decide")
def decide() -> ResponseReturnValue:
    """Store what is decided of the names of a page, all or none."""
    made = 0
    try:
        with changing() as key:
            for row in _sent(key):
                reviewing.decide(key, study().db, row["id"], row["decision"], row["pseudonym"])
                made += 1
    except (*BAD_INPUT, Conflict) as error:
        return _page(error, request.form)
    flash(f"{plural(made, 'decision')} saved; nothing is replaced yet." if made else
          "Nothing was to be saved.")  # fmt: skip
    return _back()


def _sent(key: Any) -> list[Row]:
    """List the names of the page whose decision or pseudonym is another than it was."""
    known = {row["id"]: row for row in _names(key)}
    rest = request.form.get("rest", "")
    sent = []
    for name_id in request.form.getlist("name", type=int):
        row = known.get(name_id)
        if row is None or row["applied"]:
            continue
        decision = request.form.get(f"decision-{name_id}", "open")
        if decision == "open" and rest in ("hide", "keep"):
            decision = rest
        pseudonym = request.form.get(f"pseudonym-{name_id}", "").strip() or row["pseudonym"]
        if decision != row["decision"] or (decision == "hide" and pseudonym != row["pseudonym"]):
            sent.append({"id": name_id, "decision": decision, "pseudonym": pseudonym})
    return sent


@pages.post("/add")
def add() -> ResponseReturnValue:
    """Add what the search missed."""
    try:
        with changing() as key:
            kind, typed = request.form.get("kind", ""), request.form.get("name", "")
            name_id = reviewing.add(key, study().db, kind, typed)
    except BAD_INPUT as error:
        return _page(error, request.form)
    return redirect(url_for("pseudonyms.name", name_id=name_id), 303)


@pages.post("/style")
def style() -> ResponseReturnValue:
    """Choose how pseudonyms look."""
    try:
        with changing() as key:
            reviewing.set_style(key, study().db, request.form.get("style", ""))
    except BAD_INPUT as error:
        return _page(error)
    flash("Names that are not decided yet have a new pseudonym proposed.")
    return redirect(url_for("pseudonyms.index"), 303)
