"""Survey tables and what goes with acting, as JSON."""

from typing import Any

from linkage.survey import tables

from ...current import study
from ...numbers import plain_rows
from ...openapi import described
from ...released import for_eyes
from .blueprint import STUDY, pages

Row = dict[str, Any]


@pages.get(f"{STUDY}/tables")
@described("Together", "SurveyTable", asked="OfItem")
def survey_table(asked: Row) -> Row:
    """Tabulate an item, asked before or after the nudge, by area, issue, arm or a covariate.

    Who only views gets small cells suppressed, as a file has them.
    """
    chosen = (asked["wave"], asked["item"], asked["by"], asked["weighted"])
    told = tables.survey_table(study().db, *chosen)
    return {"wave": told.wave["key"], **_controlled(told, tables.TABLE, "table")}


@pages.get(f"{STUDY}/association")
@described("Together", "Associations", asked="OfActing")
def association(asked: Row) -> Row:
    """Say who acts neither way, alone, in groups or both, and what goes with it.

    Association, not effect: nobody was assigned to the conditions.
    """
    data = tables.asked(study().db, asked["wave"])
    shares = tables.acting_shares(data, asked["issue"], asked["by"], asked["weighted"])
    models = tables.association(data, asked["issue"], None, asked["weighted"])
    found = _controlled(models, tables.MODELS, "models")
    shown = _controlled(shares, tables.ACTING, "shares")
    notes = list(dict.fromkeys([*found["notes"], *shown["notes"]]))
    return {"wave": data.wave["key"], **shown, **found, "notes": notes}


def _controlled(told: tables.Tabled, shape: Any, name: str) -> Row:
    controlled = for_eyes(told.frame, shape)
    return {name: plain_rows(controlled.frame), "notes": [*told.notes, *controlled.notes]}
