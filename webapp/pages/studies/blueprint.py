"""What the rooms of this page group share."""

from flask import Blueprint, current_app

from ...instance import Instance

pages = Blueprint("studies", __name__)


def place() -> Instance:
    """Return the instance that is served."""
    found: Instance = current_app.extensions["coproduce"]
    return found
