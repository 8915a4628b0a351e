"""The dictionary of a wave, the quality of its answers, and who answered: three pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from coding.errors import NotFound
from linkage import areas
from linkage.survey import answering
from linkage.waves import answered_waves

from ...current import study
from ...errors import BAD_INPUT
from ...numbers import plain_rows
from ...released import for_eyes
from .blueprint import CARRIED, CHECKS, ITEMS, MISSING, RATES, pages

if TYPE_CHECKING:
    from collections.abc import Callable

Row = dict[str, Any]


@pages.get("/")
def index() -> ResponseReturnValue:
    """Show every item with what its values mean and how often each was given."""
    return _page("index", _dictionary)


@pages.get("/quality")
def quality() -> ResponseReturnValue:
    """Show what may be wrong with the answers."""
    return _page("quality", _quality)


@pages.get("/response")
def response() -> ResponseReturnValue:
    """Show allocated, responded and answered by area and arm."""
    return _page("response", _response)


def _page(name: str, find: Callable[[Row], Row]) -> ResponseReturnValue:
    """Choose the wave, the latest with answers where none is asked for; empty without answers."""
    db = study().db
    there = answered_waves(db)
    waves = [wave for wave in areas.waves(db) if wave["id"] in there]
    try:
        wave = _wave(waves, request.args.get("wave"))
        found = find(wave) if wave else {}
    except (NotFound, *BAD_INPUT) as error:
        page = render_template(f"dictionary/{name}.html", wave=None, waves=waves, error=error)
        return page, 404 if isinstance(error, NotFound) else 400
    limited = study().member.areas is not None
    return render_template(
        f"dictionary/{name}.html", wave=wave, waves=waves, limited=limited, **found
    )


def _wave(waves: list[Row], key: str | None) -> Row | None:
    if not key:
        return waves[-1] if waves else None
    wave = areas.find_wave(study().db, key)
    if wave["id"] not in {one["id"] for one in waves}:
        raise NotFound(f"{wave['name']} has no answers yet; import a survey file.")
    return wave


def _dictionary(wave: Row) -> Row:
    seen = for_eyes(answering.dictionary(study().db, wave["key"]), ITEMS)
    items: dict[str, list[Row]] = {}
    for row in plain_rows(seen.frame):
        items.setdefault(row["key"], []).append(row)
    return {"items": items, "notes": seen.notes, "issues": _issues()}


def _quality(wave: Row) -> Row:
    db = study().db
    checks = for_eyes(answering.quality(db, wave["key"]), CHECKS)
    missing = for_eyes(answering.missing_by_item(db, wave["key"]), MISSING)
    return {
        "checks": plain_rows(checks.frame),
        "missing": plain_rows(missing.frame),
        "notes": list(dict.fromkeys([*checks.notes, *missing.notes])),
        "issues": _issues(),
    }


def _response(wave: Row) -> Row:
    db = study().db
    found = answering.response(db, wave["key"], request.args.get("item") or None)
    seen = for_eyes(found.rates, RATES)
    rows: dict[str, list[Row]] = {}
    for row in plain_rows(seen.frame):
        rows.setdefault(row["area"], []).append(row)
    tests: dict[tuple[str, str], Row] = {
        (row["area"], row["stage"]): row for row in plain_rows(found.tests)
    }
    names = {row["key"]: row["name"] for row in areas.areas(db)}
    order = [*(key for key in names if key in rows), *(key for key in rows if key not in names)]
    carried = [
        {**one, "counts": plain_rows(for_eyes(one["counts"], CARRIED).frame)}
        for one in answering.carried(db, wave["key"])
    ]
    return {
        "found": found, "rows": {key: rows[key] for key in order}, "tests": tests, "names": names,
        "notes": [*found.notes, *seen.notes], "carried": carried, "issues": _issues(),
    }  # fmt: skip


def _issues() -> dict[str, str]:
    return {row["key"]: row["name"] for row in areas.issues(study().db)}
