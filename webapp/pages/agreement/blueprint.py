"""The blueprint that the rooms of this folder share, and who codes blind."""

from flask import Blueprint, current_app

from ...current import study
from ...people import People

pages = Blueprint("agreement", __name__, url_prefix="/studies/<study_key>/agreement")


def blind_people() -> set[str]:
    """Name by GUID the members who code blind."""
    people: People = current_app.extensions["coproduce"].people
    return {row["guid"] for row in people.members(study().key) if row["blind"]}


def is_blind() -> bool:
    """Whether the signed-in person codes blind, so that others' codings are not theirs to see."""
    return study().member.blind
