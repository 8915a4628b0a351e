"""Who speaks of what: codes by area, issue, group or attribute, with their denominators."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from sqlite_utils import Database

from coding.errors import BadInput
from linkage import areas

from ...display import plural
from ...numbers import plain_rows
from ...permissions import may
from .choices import asked, check_people, id_asked, limits, one_of, phase_asked
from .view import Row, View

BY = {"area": "Area", "issue": "Issue", "group": "Group"}
COUNTS = {"speakers": "Speakers", "groups": "Groups", "turns": "Turns", "codings": "Quotes"}


def view_table(db: Database) -> View:
    """Count codes by the values that the address asks for, and test where people are counted."""
    from coding.retrieval import LEVELS, code_table

    by, attribute = by_asked(db)
    level, count = one_of("level", LEVELS, "theme"), one_of("count", COUNTS, "speakers")
    names = _names(db, by)
    frame = code_table(db, by, attribute=attribute, level=level, phase=phase_asked(),
                       coder_id=id_asked("coder"), names=names)  # fmt: skip
    rows = plain_rows(frame)
    tests, refused = _tests(frame, by, count)
    values = list({row["value_id"]: row["value"] for row in rows}.items())
    lines = [
        {"code": name, "code_id": number, "cells": [r for r in rows if r["code_id"] == number],
         "test": tests.get(number)}
        for number, name in {row["code_id"]: row["code"] for row in rows}.items()
    ]  # fmt: skip
    said = f"{COUNTS[count]} by {attribute or by} · {limits()}"
    base = _base(frame.attrs)
    more = {"values": values, "lines": lines, "count": count, "refused": refused, "by": by,
            "tests": bool(tests), "link": lambda row: _link(row, by, attribute)}  # fmt: skip
    draw = (
        _drawing(lines, values, count, said, more["link"]) if rows and count != "codings" else None
    )
    return View(
        "Codes by who and where",
        said,
        base,
        _with_tests(rows, tests),
        draw,
        scrolls=True,
        more=more,
    )


def by_asked(db: Database) -> tuple[str, str]:
    """Return what the table is by, and the attribute where it is by one."""
    given = request.args.get("by", "").strip() or "area"
    if given.startswith("attribute:"):
        check_people()
        return "attribute", given.removeprefix("attribute:")
    return one_of("by", BY, "area"), ""


def options_of_table(db: Database) -> dict[str, Any]:
    """List what the form can take; attributes for those who may see people."""
    from coding.retrieval import LEVELS, attribute_names

    more = (
        [(f"attribute:{name}", name) for name in attribute_names(db)] if may("see people") else []
    )
    return {
        "by": [*BY.items(), *more],
        "level": list(LEVELS.items()),
        "count": list(COUNTS.items()),
    }


def _names(db: Database, by: str) -> dict[int, str] | None:
    lists = {"area": areas.areas, "issue": areas.issues}
    return {row["id"]: row["name"] for row in lists[by](db)} if by in lists else None


def _tests(frame: Any, by: str, count: str) -> tuple[dict[int, Row], str]:
    from coding.retrieval import compare_people

    try:
        return {row["code_id"]: row for row in plain_rows(compare_people(frame, by, count))}, ""
    except BadInput as refusal:
        return {}, str(refusal)


def _with_tests(rows: list[Row], tests: dict[int, Row]) -> list[Row]:
    if not tests:
        return rows
    names = (
        "test",
        "statistic",
        "df",
        "p_value",
        "p_holm",
        "cramers_v",
        "smallest_expected",
        "warning",
    )
    return [
        {**row, **{name: (tests.get(row["code_id"]) or {}).get(name) for name in names}}
        for row in rows
    ]


def _base(totals: Any) -> str:
    return (
        f"{plural(totals['speakers'], 'speaker')} in {plural(totals['groups'], 'group')}, "
        f"{plural(totals['codings'], 'coding')}; the moderator is left out"
    )


def _link(row: Row, by: str, attribute: str) -> str | None:
    kept: Any = {name: value for name, value in asked().items() if name in ("coder", "phase")}
    place = {"area": {"area": row["value_id"]}, "issue": {"issue": row["value_id"]},
             "attribute": {"attribute": f"{attribute}={row['value']}"}}.get(by)  # fmt: skip
    if place is None or not row["value_id"]:
        return None
    return url_for("queries.quotes", code=row["code_id"], **place, **kept)


def _drawing(lines: list[Row], values: list[Any], count: str, said: str, link: Any) -> Any:
    from linkage.pictures import draw_grid

    cells, links = {}, {}
    for number, line in enumerate(lines[:60]):
        for place, row in enumerate(line["cells"]):
            cells[number, place] = (row[count], row[f"{count}_total"])
            links[number, place] = link(row) or ""
    names = [line["code"] for line in lines[:60]]
    return lambda width: draw_grid(names, [name for _, name in values], cells, said, links)
