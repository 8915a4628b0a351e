"""Quotes by a combination of codes."""

from __future__ import annotations

from typing import Any

from flask import request
from sqlite_utils import Database

from coding import codebook
from coding.codings import list_codings
from coding.consent import Sifted, sift
from coding.speakers import list_speakers
from linkage import areas

from ...arguments import whole_argument
from ...current import study
from ...display import plural
from .choices import attribute_asked, id_asked, limits, phase_asked, row_asked, told
from .view import Row, View

CONDITIONS = (1, 2, 3)
A_PAGE = 50
COLUMNS = (
    "id", "quote", "code", "theme", "speaker", "role", "transcript", "turn", "turns", "issue",
    "area", "group", "phase", "coder", "created_at", "start", "end", "memo", "consent",
)  # fmt: skip


def view_quotes(db: Database) -> View:
    """Find the quotes that the address asks for."""
    from coding.retrieval import Filters, find

    wanted, said = _conditions(), _said(db)
    filters = Filters(
        phase_asked(), id_asked("area"), id_asked("issue"), id_asked("speaker"), id_asked("coder"),
        attribute_asked(),
    )  # fmt: skip
    found = find(db, id_asked("code"), wanted, filters)
    names = {row["id"]: row["name"] for row in areas.areas(db)}
    by_area = [
        {"name": names.get(row["area_id"], "?"), "part": row["speakers"],
         "whole": row["speakers_total"], "quotes": row["quotes"]}
        for row in found.by_area.to_dict("records")
    ]  # fmt: skip
    last = max(1, -(-len(found.ids) // A_PAGE))
    number = min(max(1, whole_argument("page") or 1), last)
    shown = found.ids[(number - 1) * A_PAGE : number * A_PAGE]
    more = {
        "found": found, "by_area": by_area, "page": number, "last": last,
        "shown": _in_order(db, shown), "many": plural(len(found.ids), "quote"),
    }  # fmt: skip
    base = (
        f"{plural(found.speakers, 'speaker')} in {plural(found.groups, 'group')}, "
        f"{plural(len(found.ids), 'quote')}; the moderator is quoted, not counted"
    )
    return View("Quotes by codes", said, base, [], _draw(by_area) if found.ids else None, more=more)


def rows_of_file(db: Database, view: View) -> Sifted:
    """List all quotes found with what a file says of each, as consent lets them go."""
    found = sift(db, _in_order(db, view.more["found"].ids), "publication")
    found.rows = [{name: row[name] for name in COLUMNS} for row in found.rows]
    return found


def left_out(db: Database, view: View) -> str:
    """Say what the files leave out."""
    return sift(db, [{"id": number} for number in view.more["found"].ids], "publication").sentence


def _in_order(db: Database, ids: list[int]) -> list[Row]:
    rows = {row["id"]: row for row in list_codings(db, ids=ids)}
    return [rows[number] for number in ids]


def _conditions() -> list[Any]:
    from coding.retrieval import HOWS, Condition

    from .choices import one_of

    within = whole_argument("n")
    unit = one_of("unit", {"turns": 1, "words": 1}, "turns")
    found = []
    for number in CONDITIONS:
        code = id_asked(f"code{number}", "code")
        if code is not None:
            how = one_of(f"how{number}", HOWS, "and")
            found.append(Condition(how, code, 2 if within is None else within, unit))
    return found


def _said(db: Database) -> str:
    """Write the query as a sentence."""
    from coding.retrieval import HOWS

    names = {row["id"]: row["name"] for row in codebook.codebook(db)}
    first = id_asked("code")
    parts = [f"Quotes coded {names[first]}" if first else "Quotes of any code"]
    conditions = _conditions()
    for condition in sorted(conditions, key=lambda c: c.how != "or"):
        how = HOWS[condition.how].rstrip(",")
        if condition.how in ("near", "far"):
            how += f" (within {condition.distance} {condition.unit})"
        parts.append(f"{how} {names[condition.code_id]}")
    issue, speaker = row_asked("issue"), row_asked("speaker")
    attribute = attribute_asked()
    who = told(
        f"about {issue['name']}" if issue else "", speaker["name"] if speaker else "",
        " ".join(attribute) if attribute else "", limits(),
    )  # fmt: skip
    return f"{' '.join(parts[:1])}{''.join(f', {part}' for part in parts[1:])} · {who}"


def _draw(by_area: list[Row]) -> Any:
    from linkage.pictures import draw_bars

    label = "Speakers with such quotes, by area. " + "; ".join(
        f"{row['name']}: {row['part']} of {row['whole']}" for row in by_area
    )
    return lambda width: draw_bars(by_area, label, width=width)


def speakers() -> list[tuple[int, str]]:
    """List the speakers for the form."""
    return [(s["id"], f"{s['name']} ({s['group']})") for s in list_speakers(study().db)]


def given_rows() -> list[tuple[int, str, str]]:
    """Return each line of the form with what stands in it."""
    args = request.args
    return [(i, args.get(f"how{i}", "and"), args.get(f"code{i}", "")) for i in CONDITIONS]
