"""Effects as JSON, every row of the tidy frame."""

from typing import Any

from flask import Blueprint, request

from coding.errors import BadInput
from linkage import areas
from linkage.waves import find_wave_id

from ..current import study
from ..numbers import plain_rows

pages = Blueprint("effects_api", __name__, url_prefix="/api/studies/<study_key>")


@pages.get("/effects")
def effects() -> dict[str, Any]:
    """Answer with `effects`: the columns of the tidy effects frame; absent numbers are null."""
    from linkage.survey import effects as estimate

    db = study().db
    wave, outcome, contrast, by = (
        request.args.get(name) for name in ("wave", "outcome", "contrast", "by")
    )
    wave_id = find_wave_id(db, wave)
    key = next(row["key"] for row in areas.waves(db) if row["id"] == wave_id)
    frame = estimate(db, key, outcome, by)
    if contrast is not None:
        names = list(frame["contrast"].unique())
        if contrast not in names:
            raise BadInput(
                f"There is no contrast “{contrast[:80]}” here; there are: {', '.join(names)}."
            )
        frame = frame[frame["contrast"] == contrast]
    return {"wave": key, "effects": plain_rows(frame)}
