"""Speakers: who they are, their part in the group, and what they allow done with their words."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlite_utils import Database

from coding import groups, speakers
from coding.attributes import list_attributes
from coding.consent import decisions
from coding.errors import BadInput
from coding.memos import list_memos
from coding.people import same_person

from ...current import study
from ...downloads import csv_file
from ...errors import BAD_INPUT
from .blueprint import pages

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
    held = decisions(db)
    rows = [{**row, "decided": held[row["id"]]} for row in speakers.list_speakers(db)]
    by_group = [
        (first, [first, *rest])
        for _, (first, *rest) in groupby(rows, lambda row: row["focus_group_id"])
    ]
    return render_template("speakers/index.html", by_group=by_group, total=len(rows), uses=USES)


@pages.get("/speakers.csv")
def download() -> Response:
    """Give a row per speaker with their attributes, such as the import of attributes takes."""
    people = speakers.list_speakers(study().db)
    names = sorted({name for row in people for name in row["attributes"]})
    defined = [row["name"] for row in list_attributes(study().db)]
    columns = [*defined, *(name for name in names if name not in defined)]
    rows = [
        {
            "area": row["area"],
            "group": row["group"],
            "speaker": row["name"],
            "role": row["role"],
            **{name: row["attributes"].get(name, "") for name in columns},
        }
        for row in people
    ]
    return csv_file(rows, f"{study().key}-speakers.csv")


@pages.get("/<int:speaker_id>/")
def show(speaker_id: int) -> str:
    return show_speaker(speaker_id)


def show_speaker(speaker_id: int, error: Exception | None = None) -> str:
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
        defined={row["name"]: row for row in list_attributes(db)},
        same=same_person(db, speaker_id),
        others=_others(everybody, listed),
        memos=list_memos(db, speaker_id=speaker_id),
        attribute_names=sorted({name for row in everybody for name in row["attributes"]}),
        consents=_shown_consents(db, speaker_id, error is not None),
        uses=USES,
        error=error,
    )


def _others(everybody: list[Row], speaker: Row) -> dict[str, list[tuple[int, str]]]:
    """List whom this speaker can be merged with, in the group, or linked with, in others."""
    person = speaker["person_id"]
    mergeable = [
        (row["id"], row["name"])
        for row in everybody
        if row["focus_group_id"] == speaker["focus_group_id"] and row["id"] != speaker["id"]
    ]
    linkable = [
        (row["id"], f"{row['name']} ({row['group']}, {row['area_name']})")
        for row in everybody
        if row["focus_group_id"] != speaker["focus_group_id"]
        and (person is None or row["person_id"] != person)
    ]
    alike = speaker["name"].casefold()
    linkable.sort(key=lambda pair: not pair[1].casefold().startswith(alike))
    return {"merge": mergeable, "link": linkable}


def _shown_attributes(speaker: Row, typed: bool) -> list[tuple[str, str]]:
    """List what is recorded, then the attributes that the study defines, then blank rows."""
    rows = _typed_attributes() if typed else list(speaker["attributes"].items())
    known = {name.casefold() for name, _ in rows}
    defined = [(row["name"], "") for row in list_attributes(study().db)]
    missing = [pair for pair in defined if pair[0].casefold() not in known]
    return [*rows, *missing, *[("", "")] * BLANK_ATTRIBUTES]


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
        return show_speaker(speaker_id, error), 400
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
