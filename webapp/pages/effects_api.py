"""Effects as JSON, every row of the tidy frame."""

from typing import Any

from flask import Blueprint, request

from ..current import study
from ..numbers import plain_rows

pages = Blueprint("effects_api", __name__, url_prefix="/api/studies/<study_key>")


@pages.get("/effects")
def effects() -> dict[str, Any]:
    """Answer with `effects`: the columns of the tidy effects frame; absent numbers are null."""
    from linkage.survey import effects as estimate

    wave, outcome, by = (request.args.get(name) for name in ("wave", "outcome", "by"))
    return {"effects": plain_rows(estimate(study().db, wave, outcome, by))}
