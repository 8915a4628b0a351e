"""The plan of a wave, as JSON."""

import json
from typing import Any

from coding.errors import BadInput
from linkage import areas, plans

from ...current import study
from ...openapi import described
from .blueprint import STUDY, pages

Row = dict[str, Any]
TOLD = ("version", "frozen_at", "plan_sha256", "reason", "answered_at", "results_seen_at")


@pages.get(f"{STUDY}/plan")
@described("Together", "PlanOfWave", asked="OfPlan")
def plan(asked: Row) -> Row:
    """Tell the plan of a wave in all its versions, and who saw results since when."""
    db = study().db
    waves = areas.waves(db)
    if asked["wave"] is None and not waves:
        raise BadInput("This study has no wave yet, so there is no plan.")
    wave = waves[-1] if asked["wave"] is None else areas.find_wave(db, asked["wave"])
    return {
        "wave": wave["key"],
        "versions": [_version(row) for row in plans.versions(db, wave["id"])],
        "seen": plans.who_saw(db, wave["id"]),
    }


def _version(row: Row) -> Row:
    told = {name: row[name] for name in TOLD}
    return {**told, "frozen_by": row["frozen_by_name"], "plan": json.loads(row["body"])}
