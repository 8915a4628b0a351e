"""The joint display: themes beside effects, area by area, and what stands behind an effect."""

from collections import Counter
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from coding.consent import LEFT_OUT, sift
from coding.errors import NotFound
from linkage import areas, provenance

from ...current import study
from ...downloads import csv_file
from ...errors import BAD_INPUT
from ...released import released
from ..effects.view import EVERY, build_view
from . import leaving
from .view import TALK, read_view, records

pages = Blueprint("joint", __name__, url_prefix="/studies/<study_key>/joint")
ALL = {"contrast": EVERY}


@pages.get("/")
def index() -> ResponseReturnValue:
    try:
        view = read_view(study().db, request.args)
    except (*BAD_INPUT, NotFound) as error:
        return render_template("joint/index.html", view=None, error=error), 400
    return render_template(
        "joint/index.html",
        view=view,
        talks=TALK,
        issues=_issue_names(),
        left_out=sift(study().db, view.quoted.values(), "publication").sentence,
    )


def _issue_names() -> dict[str, str]:
    return {row["key"]: row["name"] for row in areas.issues(study().db)}


@pages.get("/joint.csv")
def download() -> ResponseReturnValue:
    """Give the rows that the page shows, effects as they may leave, with quotes not to choose."""
    view = read_view(study().db, request.args)
    wave = f"-wave-{view.survey.wave['key']}" if view.survey else ""
    kept = sift(study().db, view.quoted.values(), "publication").rows
    lacking = Counter(
        (row["theme_id"], row["area_id"]) for row in kept if row["consent"].startswith(LEFT_OUT)
    )
    counted = [lacking[place] for place in zip(view.display["theme_id"], view.display["area_id"],
                                               strict=True)]  # fmt: skip
    display = view.display
    if view.survey:
        key = view.survey.wave["key"]
        effects, shape = leaving.effects_of(display), leaving.shape_of(key)
        told = released("csv", effects, shape, title=f"Joint display, {view.survey.wave['name']}")
        display = leaving.with_effects(display, told)
    shown = display.assign(quotes_left_out_for_lack_of_consent=counted)
    rows = records(shown.drop(columns=["theme_id", "area_id"]))
    return csv_file(rows, f"{study().key}-joint{wave}.csv")


@pages.get("/source")
def source() -> str:
    """Walk from an effect back: arms, who answered, what they read, and the words behind it."""
    db = study().db
    wave = areas.find_wave(db, request.args.get("wave", ""))
    area = areas.find_area(db, request.args.get("area", ""))
    view = build_view(db, {"wave": wave["key"], "outcome": request.args.get("outcome", "")} | ALL)
    issue = areas.find_issue(db, view.outcome.issue) if view and view.outcome.issue else None
    rows = records(view.rows[view.rows["area"] == area["key"]]) if view else []
    arms: list[dict[str, Any]] = provenance.effect_sources(
        db, wave["id"], area["id"], issue["id"] if issue else None
    )
    return render_template(
        "joint/source.html",
        wave=wave,
        area=area,
        issue=issue,
        outcome=view.outcome if view else None,
        effects=rows,
        arms=arms,
        messages=_messages(arms),
    )


def _messages(arms: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """List the messages that any arm read, each once, with the arms that read it."""
    found: dict[int, dict[str, Any]] = {}
    for arm in arms:
        for message in arm["messages"]:
            found.setdefault(message["id"], {**message, "arms": []})["arms"].append(arm["arm"])
    return list(found.values())
