"""How good the suggestions are: measured by transcript, and what people made of them."""

from typing import Any

from flask import render_template

from coding.suggestions.acceptance import (
    acceptance_by_code,
    acceptance_by_probability,
    acceptance_by_week,
)

from ...current import study
from ...drawn import Drawn
from .blueprint import pages
from .reviewing import common

Row = dict[str, Any]
WIDE, NARROW = 560, 320


@pages.get("/quality")
def quality() -> str:
    """Show precision, recall and calibration by code and overall, and the share accepted."""
    db, held = study().db, common()
    measured = held["fit"]["quality"] if held["fit"] else {}
    accepted = {row["code_id"]: row for row in acceptance_by_code(db)}
    rows = quality_rows(measured, held["codes"], accepted)
    return render_template(
        "suggestions/quality.html",
        overall=measured.get("overall") or {},
        why=measured.get("why"),
        least=measured.get("least"),
        rows=[row for row in rows if row["support"] or row["decided"]],
        uncoded=[row["code"] for row in rows if not (row["support"] or row["decided"])],
        calibration=measured.get("calibration") or [],
        charts=_draw(measured.get("calibration") or []),
        weeks=acceptance_by_week(db),
        told=acceptance_by_probability(db),
        total=_total(accepted),
        **held,
    )


def quality_rows(measured: Row, codes: list[Row], accepted: dict[int, Row]) -> list[Row]:
    """Put what was measured of each code beside what people decided, by name."""
    told = {row["code_id"]: row for row in measured.get("codes", [])}
    nothing = {"accepted": 0, "decided": 0, "rate": None}
    rows = [
        {**told[code["id"]], "code": code["name"], **(accepted.get(code["id"]) or nothing)}
        for code in codes
        if code["id"] in told
    ]
    return sorted(rows, key=lambda row: (not row["enough"], row["code"].casefold()))


def _total(accepted: dict[int, Row]) -> Row:
    decided = sum(row["decided"] for row in accepted.values())
    taken = sum(row["accepted"] for row in accepted.values())
    return {"accepted": taken, "decided": decided, "rate": taken / decided if decided else None}


def _draw(bins: list[Row]) -> Row | None:
    if not any(row["n"] for row in bins):
        return None
    from linkage.pictures import page_svg
    from linkage.pictures.calibration import draw_calibration

    said = "How often suggestions were right, by how likely they were said to be"
    return {
        name: Drawn(page_svg(draw_calibration(bins, said, width=width)))
        for name, width in (("wide", WIDE), ("narrow", NARROW))
    }
