"""How much time people give, as JSON."""

from typing import Any

from linkage.survey import tables

from ...current import study
from ...numbers import plain_rows
from ...openapi import described
from ...released import for_eyes
from .blueprint import STUDY, pages

Row = dict[str, Any]


@pages.get(f"{STUDY}/time-use")
@described("Together", "TimeUse", asked="OfTime")
def time_use(asked: Row) -> Row:
    """Estimate how much time untreated people give, by issue and area: what Nudge B tells.

    Hours given only, never hours people are willing to give. Who only views gets small cells
    suppressed, as a file has them.
    """
    told = tables.time_use(study().db, asked["wave"], asked["weighted"], asked["period"])
    controlled = for_eyes(told.frame, tables.TIME)
    notes = [*told.notes, *controlled.notes]
    return {"wave": told.wave["key"], "figures": plain_rows(controlled.frame), "notes": notes}
