"""What a person is looking at: how much time people give, by issue, way of giving and area."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coding.errors import BadInput
from linkage import areas
from linkage.survey import tables

from ...current import study
from ...display import number as told_number
from ...numbers import plain_rows
from ...released import for_eyes
from ..tables.view import answered

Row = dict[str, Any]
PERIODS = {"month": "a month", "week": "a week", "year": "a year"}
STATISTICS = {"mean": "Mean", "trimmed mean": "Trimmed mean", "median": "Median",
              "any": "Give any time"}  # fmt: skip
GIVEN = {"alone": "Alone", "with others": "With others",
         "alone and with others": "Alone and with others"}  # fmt: skip


@dataclass(frozen=True)
class View:
    """One choice and what was found."""

    wave: Row
    weighted: bool
    has_weight: bool
    period: str
    told: tables.Tabled

    @property
    def asked(self) -> dict[str, str]:
        """The address that shows this view again."""
        weighted = "yes" if self.weighted else "no"
        return {"wave": self.wave["key"], "weighted": weighted, "period": self.period}

    @property
    def words(self) -> str:
        heavy = "weighted" if self.weighted else "not weighted"
        return f"hours {PERIODS[self.period]}, {heavy}"


def build(asked: Mapping[str, str]) -> View | None:
    db = study().db
    if not answered(db) and not asked.get("wave"):
        return None
    data = tables.asked(db, asked.get("wave") or None)
    period = asked.get("period") or "month"
    if period not in PERIODS:
        raise BadInput(f"Time is given in a {', '.join(PERIODS)}; not “{period[:20]}”.")
    heavy = data.has_weight and asked.get("weighted") != "no"
    told = tables.time_given(db, data, heavy, period)
    return View(data.wave, heavy, data.has_weight, period, told)


def issues_of(view: View) -> list[tuple[str, str]]:
    """The issues that were asked about, in the study's order; no issue is named “none”."""
    found = set(view.told.frame["issue"])
    named = [(row["key"], row["name"]) for row in areas.issues(study().db) if row["key"] in found]
    return [*named, *([("", "About no issue")] if "" in found else [])]


def sections(view: View, issue: str | None = None) -> tuple[list[Row], list[str]]:
    """Lay the figures out, as the signed-in person may see them: issue, way, then areas."""
    db = study().db
    controlled = for_eyes(view.told.frame, tables.TIME)
    rows = plain_rows(controlled.frame)
    at = {(r["issue"], r["given"], r["area"], r["statistic"]): r for r in rows}
    issues = {row["key"]: row["name"] for row in areas.issues(db)}
    places = {row["key"]: row["name"] for row in areas.areas(db)} | {"all": "All areas"}
    known = dict.fromkeys(row["area"] for row in rows)
    ordered = [key for key in places if key in known]
    found = []
    for about, given in dict.fromkeys((r["issue"], r["given"]) for r in rows):
        if issue not in (None, about):
            continue
        lines = [
            {"area": area, "name": places[area],
             "cells": [at[about, given, area, statistic] for statistic in STATISTICS]}
            for area in ordered
        ]  # fmt: skip
        first = lines[0]["cells"][0]
        found.append({"issue": about, "given": given, "name": issues.get(about, about),
                      "way": GIVEN[given], "lines": lines, "items": first["items"],
                      "population": first["population"]})  # fmt: skip
    return found, controlled.notes


def words_of(row: Row) -> str:
    """Write a figure in hours with its interval: 2.4 (1.9 to 2.9)."""
    if row["estimate"] is None:
        return "suppressed" if row.get("suppressed") else "–"
    scale, digits, unit = (100, 0, " %") if row["statistic"] == "any" else (1, 2, "")
    figure = f"{told_number(scale * row['estimate'], digits)}{unit}"
    if row["ci_low"] is None:
        return figure
    ends = [told_number(scale * row[name], digits) for name in ("ci_low", "ci_high")]
    return f"{figure} ({ends[0]} to {ends[1]})"
