"""The effects page: what is asked for, in words, as a picture and as tables."""

from __future__ import annotations

from typing import Any

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coding.errors import BadInput, NotFound
from linkage import areas
from linkage.survey import beside
from linkage.survey.drawing import DRAWS, mechanism_words
from linkage.survey.later import earlier_waves
from linkage.survey.words import VERDICTS, difference_words, effect_words

from ...current import study
from ...errors import BAD_INPUT
from ...numbers import plain_rows
from ..jobs import running_job
from .asking import EVERY, MEMBERS, PLACES, STANDINGS, Asked, read_asked
from .beside import beside_tables
from .blueprint import pages, source_address
from .page import MOST_SAID, Page, build_page
from .pictures import draw_charts
from .view import answered

MOST_ROWS = 400
TASK = "redraw for the effects"


@pages.get("/")
def index() -> ResponseReturnValue:
    return show()


def show(error: Any = None) -> ResponseReturnValue:
    """Render the page of the address; with an error it says what did not work."""
    db = study().db
    try:
        page = build_page(db, read_asked(request.args))
        more = beside_tables(db, page) if page else {}
    except (*BAD_INPUT, NotFound) as refused:
        told = render_template(
            "effects/index.html", page=None, waves=answered(db), error=error or refused
        )
        return told, 404 if isinstance(refused, NotFound) else 400
    if page is None:
        empty = render_template("effects/index.html", page=None, waves=[], error=error)
        return empty if error is None else (empty, 400)
    drawn = render_template("effects/index.html", error=error, **more, **_told(page))
    return drawn if error is None else (drawn, 400)


def _told(page: Page) -> dict[str, Any]:
    from analysis.drawn import last_drawn_at
    from analysis.responses import weight_note

    db, rows = study().db, plain_rows(page.rows)
    return {
        "page": page,
        "rows": rows[:MOST_ROWS],
        "rows_in_all": len(rows),
        "said": [(row, effect_words(row)) for row in plain_rows(page.main.head(MOST_SAID))],
        "verdicts": VERDICTS,
        "charts": draw_charts(page),
        "differences": [(row, difference_words(row)) for row in page.differences],
        "issues": {row["key"]: row["name"] for row in areas.issues(db)},
        "options": options(page),
        "every": EVERY,
        "source": source_address,
        "limited": study().member.areas is not None,
        "weight_note": weight_note(db, page.wave["id"]),
        "mechanism": mechanism_words(db, page.wave["id"]),
        "stale_draws": page.drawn is None and last_drawn_at(db, page.wave["id"]),
        "draws": page.held.plan.draws or DRAWS if page.held.plan else DRAWS,
        "seed": page.held.plan.seed if page.held.plan else 0,
        "job": running_job(TASK),
        "plan_address": _address_of("plan.index", page.wave["key"]),
        "estimates_address": _address_of("estimates.index", page.wave["key"]),
    }


def _address_of(endpoint: str, wave: str) -> str | None:
    """The address of another room's page, where it is served."""
    if endpoint not in current_app.view_functions:
        return None
    return url_for(endpoint, wave=wave)


def options(page: Page) -> dict[str, list[tuple[str, str]]]:
    """What the filters offer."""
    from analysis.effects.issues import over_issues

    db, held = study().db, page.held
    issues = {row["key"]: row["name"] for row in areas.issues(db)}
    asked = dict.fromkeys(o.issue for o in page.outcomes if o.issue)
    planned = [("", "Planned primary outcomes")] if held.plan and held.primary_outcomes else []
    columns = beside.subgroup_columns(held)
    marked = set(held.plan.subgroups) if held.plan else set()
    return {
        "outcome": [*planned, *page.outcome_names.items(), (EVERY, "Every outcome")],
        "issue": [("", "Any issue"), *((key, issues.get(key, key)) for key in asked)],
        "by": [*PLACES.items(), *((row["key"], row["name"]) for row in areas.areas(db))],
        "standing": list(STANDINGS.items()),
        "members": list(MEMBERS.items()),
        "all_issues": [(name, name) for name, _ in over_issues(held.design)],
        "subgroup": [("", "none"), *((c, f"{c} (planned)" if c in marked else c) for c in columns)],
        "earlier": [("", "none"), *((row["key"], row["name"])
                                    for row in earlier_waves(db, page.wave["id"]))],
    }  # fmt: skip


def chosen_page(args: Any) -> Page:
    """The page of an address, for its files."""
    asked: Asked = read_asked(args)
    page = build_page(study().db, asked)
    if page is None:
        raise NotFound("No wave has answers yet, so there are no effects to save.")
    if page.rows.empty:
        raise BadInput("Nothing fits these filters, so there is nothing to save.")
    return page
