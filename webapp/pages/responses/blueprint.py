"""The blueprint that the rooms of this folder share, and the uploads of the signed-in person."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app
from flask_login import current_user

from ... import uploads

if TYPE_CHECKING:
    from analysis.survey_files import SurveyFile

pages = Blueprint("responses", __name__, url_prefix="/studies/<study_key>/responses")


def keep(file: Any) -> str:
    """Keep an uploaded file for the pages that follow; returns its token."""
    instance = current_app.extensions["coproduce"]
    return uploads.keep(instance, current_user.guid, file.filename, file.stream)


def kept(token: str) -> Path:
    """Return where a kept file stands."""
    return uploads.kept(current_app.extensions["coproduce"], current_user.guid, token)


def read_kept(token: str) -> SurveyFile:
    """Read a kept survey file; the steps of its mapping need not wait for it again."""
    return _read(kept(token))


@lru_cache(maxsize=4)
def _read(path: Path) -> SurveyFile:
    from analysis.survey_files import read_survey

    return read_survey(path)


def person_names() -> dict[str, str]:
    """Map the guids of this server's people to their names."""
    rows = current_app.extensions["coproduce"].people.accounts()
    return {row["guid"]: row["name"] for row in rows}


def drop(token: str) -> None:
    """Remove a kept file, and what of it is in memory."""
    _read.cache_clear()
    uploads.drop(current_app.extensions["coproduce"], current_user.guid, token)
