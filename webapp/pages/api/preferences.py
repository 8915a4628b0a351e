"""A person's own way of working on the desk as JSON."""

from typing import Any

from flask import current_app
from flask_login import current_user

from ...current import study
from ...openapi import described
from ...people.preferences import Preferences
from .blueprint import STUDY, pages

Row = dict[str, Any]
UNSET: Row = {"favourites": {}, "keys": {}, "snapping": "exactly", "single_keys": True,
               "suggestions": False}  # fmt: skip


@pages.app_template_global()
def preferences() -> Row:
    """Return the signed-in person's preferences in this study."""
    return UNSET | _people().preferences(current_user.id, study().key)


@pages.get(f"{STUDY}/preferences")
@described("Words", "Preferences")
def list_preferences() -> Row:
    """List one's own favourite codes, keys, snapping, and whether suggestions are shown."""
    return preferences()


@pages.patch(f"{STUDY}/preferences")
@described("Words", "Preferences", sent="PreferencesChange")
def change_preferences(sent: Row) -> Row:
    """Change one's own way of working on the desk; what is left out stays."""
    return UNSET | _people().set_preferences(current_user.id, study().key, sent)


def _people() -> Preferences:
    people: Preferences = current_app.extensions["coproduce"].people
    return people
