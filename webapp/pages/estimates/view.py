"""What a person is looking at: one outcome, one contrast, one place, and every figure of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from coding.errors import BadInput
from linkage import areas
from linkage.survey.asked import POOLED, Asked, choose
from linkage.survey.further import figures
from linkage.waves import answered_waves

from ...display import measure
from ...numbers import plain_rows
from ...released import for_eyes
from .shapes import shape_of

Row = dict[str, Any]
UNITS = {
    "binary": "difference in share",
    "hours": "difference in hours",
    "ordinal": "difference in scale points",
    "count": "difference in number",
}


@dataclass(frozen=True)
class View:
    """A choice, and what was estimated of it as rows with plain values, by what they are."""

    asked: Asked
    waves: list[Row]
    issues: Mapping[str, str]
    place: str
    tables: dict[str, list[Row]] = field(repr=False)
    notes: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)  # why a table is empty

    @property
    def given(self) -> dict[str, str]:
        """The address that shows this view again."""
        return {
            "wave": self.asked.wave["key"],
            "outcome": self.asked.outcome.key,
            "contrast": self.asked.contrast.name,
            "area": self.place,
        }

    @property
    def unit(self) -> str:
        return UNITS.get(self.asked.outcome.scale, "difference")

    @property
    def place_name(self) -> str:
        return self.asked.places.get(self.place, self.place)

    @property
    def outcome_words(self) -> str:
        return named(self.asked.outcome, self.issues)

    @property
    def primary(self) -> Row:
        """The row that the effects page shows too."""
        rows = self.tables["sensitivity"]
        analysis = "unadjusted" if self.asked.design.cluster is None else "clusters (CR2)"
        return next(row for row in rows if row["analysis"] == analysis)


def named(outcome: Any, issues: Mapping[str, str]) -> str:
    """Write an outcome as people read it: Hours willing with others − alone, Health."""
    words = " − ".join(measure(part) for part in outcome.measure.split(" - "))
    issue = issues.get(outcome.issue, outcome.issue)
    return f"{words}, {issue}" if issue else words


def answered(db: Database) -> list[Row]:
    """List the waves with answers."""
    ids = answered_waves(db)
    return [wave for wave in areas.waves(db) if wave["id"] in ids]


def build_view(db: Database, given: Mapping[str, str]) -> View | None:
    """Choose what is asked for and estimate it; None without any answers."""
    waves = answered(db)
    if not waves and not given.get("wave"):
        return None
    asked = choose(db, *(given.get(name) or None for name in ("wave", "outcome", "contrast")))
    place = given.get("area") or next(iter(asked.places))
    if place not in asked.places:
        there = ", ".join(asked.places)
        raise BadInput(f"There is no area “{place[:80]}” here; there are: {there}.")
    notes: dict[str, None] = {}
    tables: dict[str, list[Row]] = {}
    refused: dict[str, str] = {}
    for what in kinds(asked):
        try:
            tables[what], said = table(asked, what, None if what == "balance-of-acting" else place)
            notes |= dict.fromkeys(said)
        except BadInput as error:
            if what == "sensitivity":
                raise
            tables[what], refused[what] = [], str(error)
    issues = {row["key"]: row["name"] for row in areas.issues(db)}
    return View(asked, waves, issues, place, tables, [*asked.held.notes, *notes], refused)


def table(asked: Asked, what: str, area: str | None) -> tuple[list[Row], list[str]]:
    """Estimate one table as this person may see it, and say what of it is suppressed."""
    found = figures(asked, what, area)
    controlled = for_eyes(found, shape_of(what, asked.design.arms, list(found.columns)))
    rows = plain_rows(controlled.frame)
    for row in rows:
        if row.get("suppressed") and "note" in row:
            row["note"] = f"suppressed: {row['suppressed']}"
    return rows, controlled.notes


def kinds(asked: Asked) -> list[str]:
    """Which tables speak of this outcome."""
    found = ["sensitivity", "means", "missing"]
    if asked.outcome.scale == "ordinal":
        found += ["shares", "ordinal"]
    if asked.outcome.scale == "hours" and " - " not in asked.outcome.key:
        found += ["hours", "hours-distribution"]
    if asked.pair:
        found.append("balance-of-acting")
    return found


def in_order(view: View, rows: list[Row]) -> list[Row]:
    """Rows of areas in the study's order, pooled last."""
    places = [*(key for key in view.asked.places if key != POOLED), POOLED]
    return sorted(rows, key=lambda row: places.index(row["area"]))
