"""Speakers: who they are, their part in the group, and what they allow done with their words."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlite_utils import Database

from coding import groups, speakers
from coding.errors import BadInput

from ..current import study
from ..errors import BAD_INPUT

pages = Blueprint("speakers", __name__, url_prefix="/studies/<study_key>/speakers")
Row = dict[str, Any]
USES = {
    "analysis": "Analysis: reading and coding their words",
    "publication": "Publication: quoting them in reports and papers",
    "message": "Message: telling their story to survey respondents",
    "archive": "Archive: keeping their words for other researchers",
}
BLANK_ATTRIBUTES = 2


@pages.get("/")
def index() -> str:
    db = study().db
    rows = [{**row, "decided": _decided(db, row["id"])} for row in speakers.list_speakers(db)]
    by_group = [
        (first, [first, *rest])
        for _, (first, *rest) in groupby(rows, lambda row: row["focus_group_id"])
    ]
    return render_template("speakers/index.html", by_group=by_group, total=len(rows), uses=USES)


def _decided(db: Database, speaker_id: int) -> dict[str, str]:
    """Say for each use: yes, no or withdrawn; a use that is missing was not recorded."""
    return {row["use"]: _word(row) for row in speakers.consents(db, speaker_id)}


def _word(consent: Row) -> str:
    if not consent["given"]:
        return "no"
    return "withdrawn" if consent["withdrawn_on"] else "yes"


@pages.get("/<int:speaker_id>/")
def show(speaker_id: int) -> str:
    return _show(speaker_id)


def _show(speaker_id: int, error: Exception | None = None) -> str:
    db = study().db
    speaker = speakers.get_speaker(db, speaker_id)
    group = groups.get_group(db, speaker["focus_group_id"])
    everybody = speakers.list_speakers(db)
    (listed,) = [row for row in everybody if row["id"] == speaker_id]
    return render_template(
        "speakers/show.html",
        speaker=listed,
        group=group,
        form=request.form if error else listed,
        attributes=_shown_attributes(listed, error is not None),
        attribute_names=sorted({name for row in everybody for name in row["attributes"]}),
        consents=_shown_consents(db, speaker_id, error is not None),
        uses=USES,
        error=error,
    )


def _shown_attributes(speaker: Row, typed: bool) -> list[tuple[str, str]]:
    rows = _typed_attributes() if typed else list(speaker["attributes"].items())
    return [*rows, *[("", "")] * BLANK_ATTRIBUTES]


def _typed_attributes() -> list[tuple[str, str]]:
    names, values = request.form.getlist("attribute"), request.form.getlist("value")
    pairs = zip(names, values, strict=False)
    return [(name.strip(), value.strip()) for name, value in pairs if (name + value).strip()]


def _shown_consents(db: Database, speaker_id: int, typed: bool) -> dict[str, Row]:
    known = {row["use"]: row for row in speakers.consents(db, speaker_id)}
    if typed:
        return {use: {**_typed_consent(use), "known": use in known} for use in USES}
    return {
        use: {**known[use], "given": "yes" if known[use]["given"] else "no", "known": True}
        if use in known
        else {"given": "", "known": False}
        for use in USES
    }


def _typed_consent(use: str) -> Row:
    fields = ("given", "form_version", "decided_on", "withdrawn_on")
    return {name: request.form.get(f"{use}-{name}", "").strip() for name in fields}


@pages.post("/<int:speaker_id>/")
def save(speaker_id: int) -> ResponseReturnValue:
    form = request.form
    name, role = form.get("name", ""), form.get("role", "")
    try:
        attributes = _checked_attributes(_typed_attributes())
        consents = {use: _checked_consent(use, _typed_consent(use)) for use in USES}

        def run(db: Database) -> None:
            speakers.rename_speaker(db, speaker_id, name)
            if role != speakers.get_speaker(db, speaker_id)["role"]:
                speakers.set_role(db, speaker_id, role)
            speakers.set_attributes(db, speaker_id, attributes)
            _set_consents(db, speaker_id, consents)

        study().change(f"change what is said of the speaker “{name.strip()[:80]}”", run)
    except BAD_INPUT as error:
        return _show(speaker_id, error), 400
    flash(f"Saved “{name.strip()}”.")
    return redirect(url_for("speakers.index"), 303)


def _set_consents(db: Database, speaker_id: int, decisions: Mapping[str, Row | None]) -> None:
    """Store the decisions that differ from what is recorded, so that history shows only those."""
    known = {row["use"]: row for row in speakers.consents(db, speaker_id)}
    for use, decided in decisions.items():
        blank_is_none = {name: value or None for name, value in (decided or {}).items()}
        before = {name: known.get(use, {}).get(name) or None for name in blank_is_none}
        if decided and (use not in known or before != blank_is_none):
            speakers.set_consent(db, speaker_id, use, **decided)


def _checked_attributes(pairs: list[tuple[str, str]]) -> Mapping[str, str]:
    nameless = [value for name, value in pairs if value and not name]
    if nameless:
        raise BadInput(f"Say what “{nameless[0][:40]}” is: the attribute beside it has no name.")
    names = [name for name, _ in pairs]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise BadInput(f"The attribute “{min(twice)[:40]}” stands there twice; keep one of them.")
    return dict(pairs)


def _checked_consent(use: str, typed: Row) -> Row | None:
    """Return the decision as it is stored, or nothing where none was recorded."""
    if typed["given"] == "yes":
        return {**typed, "given": True}
    if typed["withdrawn_on"]:
        raise BadInput(
            f"Consent to {use} has a date of withdrawal but was not given; "
            "choose yes, or remove the date."
        )
    if typed["given"] == "no":
        return {**typed, "given": False}
    if typed["form_version"] or typed["decided_on"]:
        raise BadInput(f"Say whether consent to {use} was given: yes or no.")
    return None
