"""One outcome counted by area and arm; never a single person's answers."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from coding.errors import BadInput
from linkage import areas
from linkage.releasing import Shape

from ...current import study
from ...numbers import plain_rows
from ...released import for_eyes
from ..effects.blueprint import source_address
from .blueprint import pages

COUNTED = Shape("answers", ("area", "arm"), ("respondents", "answered"), ("missing", "mean", "sd"))


@pages.get("/<wave>/table")
def table(wave: str) -> ResponseReturnValue:
    """Show how many were asked, answered and did not, with mean and spread."""
    from analysis.describe import describe_outcome
    from analysis.responses import load_responses, value_labels

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
    seen = for_eyes(describe_outcome(frame, design, outcomes[key], area), COUNTED)
    counted = plain_rows(seen.frame)
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
        labels=value_labels(db, row["id"]).get(key, {}),
        notes=seen.notes,
        unallocated=int(frame["arm"].isna().sum()),
    )
