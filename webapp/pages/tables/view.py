"""What a person is looking at: a wave's item by something, laid out as rows and columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlite_utils import Database

from coding.errors import BadInput
from linkage import areas
from linkage.areas import waves
from linkage.releasing import Shape
from linkage.survey import tables
from linkage.waves import answered_waves

from ...current import study
from ...display import arm, measure
from ...display import number as told_number
from ...numbers import plain_rows
from ...released import for_eyes

Row = dict[str, Any]
WORDS = {"all": "All", "not stated": "Not stated", "answered": "Answered"}


@dataclass(frozen=True)
class Line:
    """A row of a table: its name, what it is a figure of, and a cell a group."""

    name: str
    statistic: str
    cells: list[Row]


@dataclass(frozen=True)
class Grid:
    """A table laid out: groups across, categories and figures down, and the bases below."""

    groups: list[tuple[str, str]]
    lines: list[Line]
    bases: list[Row]
    missing: list[Row]
    notes: list[str]

    @property
    def shares(self) -> list[Line]:
        return [line for line in self.lines if line.statistic == "share"]

    @property
    def suppressed(self) -> bool:
        return any(cell["suppressed"] for line in self.lines for cell in line.cells)


def answered(db: Database) -> list[Row]:
    """List the waves with answers."""
    ids = answered_waves(db)
    return [wave for wave in waves(db) if wave["id"] in ids]


def choices(db: Database, asked: tables.Asked) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen: items, what a table is by, and issues on which acting is known."""
    design = asked.found.design
    named = {row["key"]: row["name"] for row in areas.issues(db)}
    items = [(o.key, item_name(o.measure, named.get(o.issue, o.issue))) for o in design.outcomes]
    by = [("area", "Area"), ("issue", "Issue"), ("arm", "Arm")]
    covariates = [(name, measure(name)) for name in design.covariates]
    acting = [(key, named.get(key, key)) for key in tables.acting_issues(asked)]
    return {"item": [*items, *covariates], "by": [*by, *covariates], "issue": acting}


def item_name(name: str, issue: str = "") -> str:
    return f"{measure(name)}, {issue}" if issue else measure(name)


def refused(template: str, error: Exception) -> ResponseReturnValue:
    """Answer with what is wrong in an address; what a wave never asked is no mistake of anybody."""
    waves = answered(study().db)
    if set(request.args) <= {"wave"}:
        return render_template(template, view=None, waves=waves, lacking=str(error))
    return render_template(template, view=None, waves=waves, error=error), 400


def pick(what: str, known: Sequence[tuple[str, str]], asked: Mapping[str, str]) -> str:
    """Return what an address chooses of a list, the first where it says nothing."""
    name = asked.get(what) or known[0][0]
    if name not in dict(known):
        there = ", ".join(key for key, _ in known)
        raise BadInput(f"There is no {what} “{name[:80]}” here; there are: {there}.")
    return name


def weighted(asked: Mapping[str, str], data: tables.Asked) -> bool:
    return asked.get("weighted") == "yes" and data.has_weight


def lay_out(db: Database, told: tables.Tabled, by: str, shape: Shape = tables.TABLE) -> Grid:
    """Lay a tidy table out, as the signed-in person may see it."""
    controlled = for_eyes(told.frame, shape)
    rows = plain_rows(controlled.frame)
    groups = list(dict.fromkeys(row["group"] for row in rows))
    kinds = dict.fromkeys((row["statistic"], row["category"]) for row in rows)
    at = {(row["statistic"], row["category"], row["group"]): row for row in rows}
    lines, missing, bases = [], [], []
    for statistic, category in kinds:
        cells = [at.get((statistic, category, group), _blank()) for group in groups]
        if statistic == "missing":
            missing = cells
        elif category != "answered":
            lines.append(Line(_line_name(statistic, category), statistic, cells))
    bases = _bases(lines, at, groups)
    names = _group_names(db, by)
    headed = [(group, names.get(group, WORDS.get(group, group))) for group in groups]
    return Grid(headed, lines, bases, missing, [*limits(), *told.notes, *controlled.notes])


def limits() -> list[str]:
    """Say to a member of some areas what “all” is of."""
    own = study().scope.areas
    return [] if own is None else ["You see some areas of the study only; “all” is of those."]


def _bases(lines: list[Line], at: dict[Any, Row], groups: list[str]) -> list[Row]:
    found = [at.get(("share", "answered", group)) for group in groups]
    if any(row is None for row in found) and lines:
        return lines[0].cells
    return [row or _blank() for row in found]


def _blank() -> Row:
    names = ("n", "estimate", "ci_low", "ci_high", "base", "weighted_n", "weighted_base", "missing")
    return {**dict.fromkeys(names), "note": "", "suppressed": ""}


def _line_name(statistic: str, category: str) -> str:
    fixed = {"mean": "Mean", "median": "Median", "any": "Any (more than 0)"}
    return fixed.get(statistic, category)


def _group_names(db: Database, by: str) -> dict[str, str]:
    if by == "area":
        return {row["key"]: row["name"] for row in areas.areas(db)}
    if by == "issue":
        return {row["key"]: row["name"] for row in areas.issues(db)}
    return {label: arm(label) for label in ("none", "A", "B", "A+B")} if by == "arm" else {}


def cell_words(row: Row, statistic: str) -> str:
    """Write a cell for a picture or a list: 34 % (30 to 38)."""
    if row["estimate"] is None:
        return "suppressed" if row["suppressed"] else "–"
    ends: Any = (row["ci_low"], row["ci_high"])
    if statistic in ("share", "any", "missing"):
        figure, digits, unit = 100 * row["estimate"], 0, " %"
        ends = tuple(None if end is None else 100 * end for end in ends)
    else:
        figure, digits, unit = row["estimate"], 2, ""
    told = f"{told_number(figure, digits)}{unit}"
    if ends[0] is None:
        return told
    return f"{told} ({told_number(ends[0], digits)} to {told_number(ends[1], digits)})"


def about(told: tables.Tabled, what: str) -> list[str]:
    """Say of a file what it is: study, wave, what was chosen, who counts, version and date."""
    from datetime import UTC, datetime

    from ...version import VERSION

    now = datetime.now(UTC)
    first = f"{study().key}, {told.wave['name']}: {what}"
    made = f"Made {now.day} {now:%B %Y} with Coproduce {VERSION}."
    return [first, *limits(), *told.notes, made]
