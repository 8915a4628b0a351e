"""What the rooms of this page group share."""

from typing import Any

from flask import Blueprint, current_app
from flask_login import current_user

from ...current import OWNER
from ...instance import Instance

pages = Blueprint("studies", __name__)


def place() -> Instance:
    """Return the instance that is served."""
    found: Instance = current_app.extensions["coproduce"]
    return found


def own_studies() -> list[dict[str, Any]]:
    """List the studies that the signed-in person is in; an administrator is in all."""
    listed = place().catalogue.studies()
    if not current_user.administrator:
        keys = place().people.study_keys(current_user.id)
        listed = [row for row in listed if row["key"] in keys]
    token_study = current_user.token_study
    return [row for row in listed if token_study in (None, row["key"])]


def make_owner(key: str) -> None:
    """Give a new study to the person who made it."""
    place().people.set_membership(current_user.id, key, OWNER)
