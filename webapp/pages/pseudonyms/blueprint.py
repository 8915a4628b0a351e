"""The blueprint of these pages, and the key of the current study."""

from contextlib import AbstractContextManager
from pathlib import Path

from flask import Blueprint, current_app
from sqlite_utils import Database

from linkage.pseudonyms import changing_key, opened_key

from ...current import study
from ...instance import Instance

pages = Blueprint("pseudonyms", __name__, url_prefix="/studies/<study_key>/pseudonyms")


def place() -> Instance:
    """Return the instance that the current study is in."""
    found: Instance = current_app.extensions["coproduce"]
    return found


def key_path() -> Path:
    """Return where the key of the current study is kept."""
    return place().key_path(study().key)


def reading() -> AbstractContextManager[Database]:
    """Open the current study's key to read from."""
    return opened_key(key_path())


def changing() -> AbstractContextManager[Database]:
    """Open the current study's key for one change."""
    return changing_key(key_path())
