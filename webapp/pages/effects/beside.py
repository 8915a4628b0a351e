"""Tables beside the effects: weighted, without group members, subgroups, an earlier wave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from linkage.survey import beside, estimate
from linkage.survey.later import later_wave

from ...numbers import plain_rows
from .page import Page
from .shapes import CELL, seen
from .view import labelled

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
KEYS = ("outcome", "contrast", "area")


def beside_tables(db: Database, page: Page) -> dict[str, Any]:
    """What the address asks for beside the effects, and what is planned both ways."""
    asked = page.asked
    variants = _variants(page) if asked.beside or _both(page) else []
    found: dict[str, Any] = {"variants": variants, "beside": []}
    if variants:
        found["beside"] = _rows(page, variants)
    found |= _subgroups(db, page) if asked.subgroup else {"subgroups": [], "tests": []}
    found["later"] = _later(db, page) if asked.earlier else []
    found["all_issues"] = _over_issues(db, page) if asked.issues else []
    return found


def _both(page: Page) -> bool:
    plan = page.held.plan
    return bool(plan and plan.group_members == "both" and page.held.has_members)


def _variants(page: Page) -> list[tuple[str, pd.DataFrame]]:
    keys, names = page.shown_outcomes, page.shown_contrasts
    found = []
    if page.held.design.weight:
        found.append(("Weighted to the population", beside.weighted(page.held, keys, names)))
    without = beside.without_members(page.held)
    if without is not None:
        found.append(("Without who sat in a focus group", estimate(without, keys, names)))
    return found


def _rows(page: Page, variants: list[tuple[str, pd.DataFrame]]) -> list[tuple[Row, list[Row]]]:
    """Each shown effect with its variants."""
    known = [
        {
            tuple(row[key] for key in KEYS): row
            for row in plain_rows(seen(frame, page.held.design, page.wave["key"], what=name))
        }
        for name, frame in variants
    ]
    return [
        (row, [rows.get(tuple(row[key] for key in KEYS), {"estimate": None}) for rows in known])
        for row in plain_rows(page.rows)
    ]


def _subgroups(db: Database, page: Page) -> dict[str, list[Row]]:
    keys, names = page.shown_outcomes, page.shown_contrasts
    column = page.asked.subgroup
    effects, tests = beside.subgroups(page.held, column, keys, names)
    wanted = set(page.main["area"])
    order = ["outcome", "contrast", "area", "value"]
    effects = labelled(db, effects[effects["area"].isin(wanted)], page.held.design, order)
    effects = seen(
        effects, page.held.design, page.wave["key"], ("value", *CELL), f"effects by {column}"
    )
    tests = tests[tests["area"].isin(wanted)]
    if (effects["suppressed"] != "").any():
        tests = tests[:0]
    return {"subgroups": plain_rows(effects), "tests": plain_rows(tests)}


def _later(db: Database, page: Page) -> list[Row]:
    keys, names = page.shown_outcomes, page.shown_contrasts
    found = later_wave(db, page.wave["id"], page.held, page.asked.earlier, keys, names)
    found = found[found["area"].isin(set(page.rows["area"]))]
    found = labelled(db, found, page.held.design, ["outcome", "contrast", "area"])
    what = f"effects after wave {page.asked.earlier}"
    by = ("adjusted", *CELL)
    return plain_rows(seen(found, page.held.design, page.wave["key"], by, what))


def _over_issues(db: Database, page: Page) -> list[Row]:
    found = beside.over_all_issues(page.held, page.shown_contrasts)
    found = found[found["area"].isin(set(page.rows["area"]))]
    found = labelled(db, found, page.held.design, ["outcome", "contrast", "area"])
    key = page.wave["key"]
    return plain_rows(seen(found, page.held.design, key, what="effects over issues"))
