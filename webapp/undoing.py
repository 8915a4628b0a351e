"""Undo from a page: the signed-in person's last change to that page's own kinds of object."""

from flask import request
from flask_login import current_user

from linkage import undo

from .current import study


def undo_own(kinds: frozenset[str]) -> str:
    """Undo the last change that the form names; returns what it was called.

    Raises BadInput where there is none, Conflict where others have built on it since.
    """
    guid, expected = current_user.guid, request.form.get("change", type=int)
    told: str = study().change("undo", lambda db: undo.undo(db, guid, expected, kinds), kind="do")
    return told
