"""Wave by wave: who was allocated where, in which batches, and what was made of it."""

from __future__ import annotations

from typing import Any

from flask import render_template
from sqlite_utils import Database

from linkage import areas

from ...current import study
from .blueprint import pages

Row = dict[str, Any]


@pages.get("/")
def index() -> str:
    return show_index()


def show_index(error: Exception | None = None, checked: Row | None = None) -> str:
    """Render the panel, with what a check of a receipt has found."""
    waves = [{**wave, **_told(study().db, wave["id"])} for wave in areas.waves(study().db)]
    return render_template("panel/index.html", waves=waves, error=error, checked=checked)


def _told(db: Database, wave_id: int) -> Row:
    from analysis.allocation.receipt import written_shares
    from analysis.responses import find_import
    from analysis.stored_allocation import arm_counts, find_receipts, receipts_with_balance

    receipts, kept = find_receipts(db, wave_id), receipts_with_balance(db, wave_id)
    for receipt in receipts:
        receipt["shares_told"] = written_shares(receipt["shares"], receipt["arms"])
        receipt["has_balance"] = receipt["id"] in kept
    return {
        "receipts": receipts,
        "answers": find_import(db, wave_id),
        "counts": _by_area(arm_counts(db, wave_id)),
    }


def _by_area(counts: list[Row]) -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = {}
    for row in counts:
        table.setdefault(row["area"] or "No area", {})[row["arm"]] = row["respondents"]
    return table
