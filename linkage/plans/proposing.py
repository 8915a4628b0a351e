"""A draft to begin with: from the wave's answers or allocation, an earlier plan, or the study."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from coding.errors import BadInput

from ..areas import areas, issues, waves
from .stored import frozen_plan

if TYPE_CHECKING:
    from analysis.plan import Plan

ANSWERS, ALLOCATION, STUDY = "answers", "allocation", "study"
WORDS = {
    ANSWERS: "the outcomes that this wave asked",
    ALLOCATION: "the arms that this wave was allocated to, and the study’s areas and issues",
    STUDY: "the study’s areas and issues",
}


def sources(db: Database, wave_id: int) -> list[tuple[str, str]]:
    """List what a draft can be made from, the best first: a key, and in words."""
    from analysis.stored_design import asked_of

    asked = asked_of(db, wave_id)
    found = []
    if asked:
        key = ANSWERS if asked.outcomes else ALLOCATION
        found.append((key, WORDS[key]))
    found += [
        (f"wave:{wave['key']}", f"the plan of {wave['name']}") for wave in _planned(db, wave_id)
    ]
    return [*found, (STUDY, WORDS[STUDY])]


def _planned(db: Database, wave_id: int) -> list[dict[str, Any]]:
    return [wave for wave in waves(db) if wave["id"] != wave_id and frozen_plan(db, wave["id"])][
        ::-1
    ]


def propose(db: Database, wave_id: int, source: str | None = None) -> Plan:
    """Make a first draft; nothing is stored.

    Raises BadInput where the source is unknown, or the study has no area yet.
    """
    from analysis.plan.drafting import draft_plan
    from analysis.stored_design import asked_of

    there = sources(db, wave_id)
    source = source or there[0][0]
    if source not in dict(there):
        allowed = ", ".join(key for key, _ in there)
        raise BadInput(f"A draft cannot be made from “{source[:80]}”; choose: {allowed}.")
    keys = [row["key"] for row in areas(db)]
    if not keys:
        raise BadInput("This study has no area yet; add its areas first.")
    asked = asked_of(db, wave_id)
    more: dict[str, Any] = {}
    if source.startswith("wave:"):
        earlier = next(w for w in _planned(db, wave_id) if f"wave:{w['key']}" == source)
        stored = frozen_plan(db, earlier["id"])
        if not (asked and asked.outcomes):
            return stored["plan"]  # type: ignore[no-any-return, index]
        more["earlier"] = stored["plan"]  # type: ignore[index]
    if asked and source != STUDY:
        more |= {"outcomes": asked.outcomes, "arms": asked.arms, "covariates": asked.covariates}
    return draft_plan(keys, [row["key"] for row in issues(db)], **more)
