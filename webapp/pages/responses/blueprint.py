"""The blueprint that the rooms of this folder share, and the uploads of the signed-in person."""

from pathlib import Path
from typing import Any

from flask import Blueprint, current_app
from flask_login import current_user

from ... import uploads

pages = Blueprint("responses", __name__, url_prefix="/studies/<study_key>/responses")


def keep(file: Any) -> str:
    """Keep an uploaded file for the pages that follow; returns its token."""
    instance = current_app.extensions["coproduce"]
    return uploads.keep(instance, current_user.guid, file.filename, file.stream)


def kept(token: str) -> Path:
    """Return where a kept file stands."""
    return uploads.kept(current_app.extensions["coproduce"], current_user.guid, token)


def drop(token: str) -> None:
    """Remove a kept file."""
    uploads.drop(current_app.extensions["coproduce"], current_user.guid, token)
