"""Merge speakers of a group, and say which speakers of several groups are the same person."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from coding import people, speakers
from coding.errors import BadInput

from ...current import study
from ...display import plural
from ...errors import BAD_INPUT
from ..transcripts.place import number
from .blueprint import pages
from .listing import Row, show_speaker


@pages.post("/<int:speaker_id>/merge")
def merge(speaker_id: int) -> ResponseReturnValue:
    """Give this speaker the turns of another of the same group, who is then gone."""
    try:
        kept, other = _two(speaker_id)
        turns = study().change(
            f"merge the speaker “{other['name']}” into “{kept['name']}”",
            lambda db: people.merge_speakers(db, speaker_id, other["id"]),
        )
    except BAD_INPUT as error:
        return show_speaker(speaker_id, error), 400
    flash(f"“{other['name']}” is now “{kept['name']}”: {plural(turns, 'turn')} moved.")
    return redirect(url_for("speakers.show", speaker_id=speaker_id), 303)


@pages.post("/<int:speaker_id>/link")
def link(speaker_id: int) -> ResponseReturnValue:
    """Say that a speaker of another group is this person."""
    try:
        one, other = _two(speaker_id)
        study().change(
            f"link “{one['name']}” and “{other['name']}” as one person",
            lambda db: people.link_speakers(db, [speaker_id, other["id"]]),
        )
    except BAD_INPUT as error:
        return show_speaker(speaker_id, error), 400
    flash(f"“{one['name']}” and “{other['name']}” now count as one person.")
    return redirect(url_for("speakers.show", speaker_id=speaker_id), 303)


def _two(speaker_id: int) -> tuple[Row, Row]:
    chosen, db = number(request.form, "other", "The other speaker"), study().db
    if chosen is None:
        raise BadInput("Choose the other speaker.")
    return speakers.get_speaker(db, speaker_id), speakers.get_speaker(db, chosen)


@pages.post("/<int:speaker_id>/unlink")
def unlink(speaker_id: int) -> ResponseReturnValue:
    """Say that a speaker is a person of their own after all."""
    name = speakers.get_speaker(study().db, speaker_id)["name"]
    try:
        study().change(
            f"unlink “{name}” from the same person in other groups",
            lambda db: people.unlink_speaker(db, speaker_id),
        )
    except BAD_INPUT as error:
        return show_speaker(speaker_id, error), 400
    flash(f"“{name}” counts as a person of their own.")
    return redirect(url_for("speakers.show", speaker_id=speaker_id), 303)
