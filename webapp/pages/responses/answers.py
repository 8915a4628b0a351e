"""One outcome counted by area and arm; never a single person's answers."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from coding.errors import BadInput
from linkage import areas

from ...current import study
from ..effects.blueprint import source_address
from .blueprint import pages


@pages.get("/<wave>/table")
def table(wave: str) -> ResponseReturnValue:
    """Show how many were asked, answered and did not, with mean and spread."""
    from analysis.describe import describe_outcome
    from analysis.responses import load_responses

    db = study().db
    row = areas.find_wave(db, wave)
    frame, design = load_responses(db, row["id"])
    outcomes = {outcome.key: outcome for outcome in design.outcomes}
    key = request.args.get("outcome") or next(iter(outcomes))
    if key not in outcomes:
        raise BadInput(f"There is no outcome “{key[:80]}”; there are: {', '.join(outcomes)}.")
    area = request.args.get("area") or None
    if area:
        area = areas.find_area(db, area)["key"]
    counted = describe_outcome(frame, design, outcomes[key], area).to_dict("records")
    used = {line["area"] for line in counted}
    return render_template(
        "responses/table.html",
        wave=row,
        outcomes=list(outcomes.values()),
        issues={issue["key"]: issue["name"] for issue in areas.issues(db)},
        chosen=outcomes[key],
        area=area,
        areas=areas.areas(db),
        blocks=[
            (place, [line for line in counted if line["area"] == place["key"]])
            for place in areas.areas(db)
            if place["key"] in used
        ],
        source=source_address,
        unallocated=int(frame["arm"].isna().sum()),
    )
