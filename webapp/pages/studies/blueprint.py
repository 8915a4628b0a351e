"""What the rooms of this page group share."""

from flask import Blueprint, current_app
from flask_login import current_user

from ...current import OWNER
from ...instance import Instance

pages = Blueprint("studies", __name__)


def place() -> Instance:
    """Return the instance that is served."""
    found: Instance = current_app.extensions["coproduce"]
    return found


def make_owner(key: str) -> None:
    """Give a new study to the person who made it."""
    place().people.set_membership(current_user.id, key, OWNER)
