"""The plan as it stands, its versions and what they changed, and its files."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlite_utils import Database

from coding.errors import NotFound
from linkage import areas, plans

from ...current import study
from ...downloads import attachment
from ...rows import ROW
from ...word_diff import word_diff
from .blueprint import pages

Row = dict[str, Any]


@pages.get("/")
def index() -> ResponseReturnValue:
    return show_index()


def show_index(wave_key: str | None = None, error: Exception | None = None) -> ResponseReturnValue:
    """Show the plan of a wave: the latest where none is asked for."""
    db = study().db
    waves = areas.waves(db)
    asked = wave_key or request.args.get("wave")
    wave = areas.find_wave(db, asked) if asked else waves[-1] if waves else None
    if wave is None:
        return render_template("plan/index.html", wave=None, waves=[], areas=[])
    listed = plans.versions(db, wave["id"])
    draft, stored = plans.draft_of(db, wave["id"]), plans.frozen_plan(db, wave["id"])
    shown = (draft or stored or {}).get("plan")
    page = render_template(
        "plan/index.html",
        wave=wave,
        waves=waves,
        areas=areas.areas(db),
        versions=listed,
        draft=draft,
        stored=stored,
        misfits=_misfits(db, wave, shown),
        sources=plans.sources(db, wave["id"]),
        seen=plans.who_saw(db, wave["id"]),
        error=error,
        **shown_plan(db, shown),
    )
    return page, 400 if error else 200


def _misfits(db: Database, wave: Row, plan: Any) -> list[str]:
    """Say what does not fit, to those who see all areas: to others, areas would seem missing."""
    if plan is None or study().scope.areas is not None:
        return []
    return plans.misfits(db, wave["id"], plan)


def shown_plan(db: Database, plan: Any) -> Row:
    """Give a plan to its template, with the names of areas and issues."""
    if plan is None:
        return {"plan": None}
    names = {
        row["key"]: row["name"] for rows in (areas.areas(db), areas.issues(db)) for row in rows
    }
    return {"plan": plan, "sections": plans.sections(plan), "names": names}


@pages.get(f"/<wave>/versions/<{ROW}:number>")
def version(wave: str, number: int) -> str:
    """Show a version, and what it changed against the one before."""
    db = study().db
    found = areas.find_wave(db, wave)
    row, before = _version(db, found, number)
    plan = _plan(row)
    changes = _changes(plans.sections(_plan(before)), plans.sections(plan)) if before else []
    return render_template(
        "plan/version.html", wave=found, version=row, before=before, changes=changes,
        **shown_plan(db, plan),
    )  # fmt: skip


def _changes(before: dict[str, str], after: dict[str, str]) -> list[tuple[str, list[Any]]]:
    return [
        (label, _lines(before[name], after[name]))
        for name, label in plans.LABELS.items()
        if before[name] != after[name]
    ]


def _lines(before: str, after: str) -> list[Any]:
    """Compare line by line, such as an outcome with itself; lines that stayed are left out."""
    old, new = before.splitlines(), after.splitlines()
    found = []
    for tag, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag != "equal":
            pairs = zip_longest(old[a:b], new[c:d], fillvalue="")
            found += [word_diff(*pair) for pair in pairs]
    return found


def _version(db: Database, wave: Row, number: int) -> tuple[Row, Row | None]:
    listed = {row["version"]: row for row in plans.versions(db, wave["id"])}
    if number not in listed:
        raise NotFound(f"The plan of {wave['name']} has no version {number}.")
    return listed[number], listed.get(number - 1)


def _plan(row: Row) -> Any:
    from analysis.plan import from_json

    return from_json(row["body"])


@pages.get(f"/<wave>/plan-<{ROW}:number>.<any(toml, json):kind>")
def download(wave: str, number: int, kind: str) -> Response:
    """Give a version as TOML, which can be loaded again, or as the JSON that is hashed."""
    found = areas.find_wave(study().db, wave)
    row, _ = _version(study().db, found, number)
    name = f"{study().key}-plan-wave-{found['key']}-v{number}.{kind}"
    if kind == "json":
        return attachment(row["body"].encode(), "application/json", name)
    from analysis.plan.toml import to_toml

    return attachment((_head(found, row) + to_toml(_plan(row))).encode(), "text/plain", name)


def _head(wave: Row, row: Row) -> str:
    frozen = f"frozen {row['frozen_at']}, sha256 {row['plan_sha256']}"
    said = frozen if row["frozen_at"] else "a draft, not frozen"
    name = " ".join(wave["name"].split())
    return f"# Plan of {name}, version {row['version']}: {said}\n"
