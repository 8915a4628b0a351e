"""Allocations and their balance, as JSON."""

from typing import Any

from coding.errors import NotFound
from linkage import areas

from ...current import study
from ...numbers import plain_rows
from ...openapi import described
from .blueprint import STUDY, pages

Row = dict[str, Any]


@pages.get(f"{STUDY}/allocation")
@described("Survey", "Allocation", asked="OfOneWave")
def allocation(asked: Row) -> Row:
    """Tell how a wave was allocated: the receipt of each batch, and counts by area and arm."""
    from analysis.stored_allocation import arm_counts, find_receipts

    db = study().db
    wave = _wave(asked["wave"])
    return {
        "wave": wave["key"],
        "batches": find_receipts(db, wave["id"]),
        "counts": arm_counts(db, wave["id"]),
    }


@pages.get(f"{STUDY}/balance")
@described("Survey", "Balance", asked="OfBalance")
def balance(asked: Row) -> Row:
    """Compare the arms before the nudge, area by area and pooled.

    From the sampling frame as kept when it was allocated, or from the answers.
    """
    from ..balance.viewing import find_view

    told = {name: asked[name] or "" for name in ("wave", "basis")}
    view = find_view(study().db, told, study().eyes)
    if view is None:
        raise NotFound("There is no balance to look at yet.")
    return {
        "wave": view.wave["key"],
        "basis": view.basis,
        "notes": view.notes,
        "tests": plain_rows(view.tests),
        "balance": plain_rows(view.table),
    }


def _wave(key: str | None) -> Row:
    db = study().db
    if key is not None:
        return areas.find_wave(db, key)
    known = areas.waves(db)
    if not known:
        raise NotFound("This study has no wave yet.")
    return known[-1]
