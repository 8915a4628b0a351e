"""The joint display: themes beside effects, area by area, and what stands behind an effect."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from coding.errors import NotFound
from linkage import areas, provenance

from ..current import study
from ..downloads import csv_file
from ..errors import BAD_INPUT
from ..joint_view import read_view

pages = Blueprint("joint", __name__, url_prefix="/studies/<study_key>/joint")
CHOICES = ("wave", "outcome", "contrast", "theme")


def _asked() -> dict[str, str | None]:
    return {name: request.args.get(name) or None for name in CHOICES}


@pages.get("/")
def index() -> ResponseReturnValue:
    try:
        view = read_view(study().db, **_asked())
    except (*BAD_INPUT, NotFound) as error:
        return render_template("joint/index.html", view=None, error=error), 400
    return render_template("joint/index.html", view=view)


@pages.get("/joint.csv")
def download() -> ResponseReturnValue:
    """Give the rows that the page shows."""
    view = read_view(study().db, **_asked())
    name = f"{study().key}-joint-{view.outcome or 'talk'}.csv"
    return csv_file(view.display.drop(columns=["theme_id", "area_id"]).to_dict("records"), name)


@pages.get("/source")
def source() -> str:
    """Walk from an effect back: arms, who answered, what they read, and the words behind it."""
    from linkage.survey import effects

    db = study().db
    wave = areas.find_wave(db, request.args.get("wave", ""))
    area = areas.find_area(db, request.args.get("area", ""))
    found = effects(db, wave["key"], request.args.get("outcome") or None, "area")
    rows = found[found["area"] == area["key"]]
    first = rows.iloc[0].to_dict() if len(rows) else {}
    issue = areas.find_issue(db, first["issue"]) if first.get("issue") else None
    arms: list[dict[str, Any]] = provenance.effect_sources(
        db, wave["id"], area["id"], issue["id"] if issue else None
    )
    mine = rows[rows["outcome"] == first.get("outcome")]
    return render_template(
        "joint/source.html",
        wave=wave,
        area=area,
        issue=issue,
        outcome=first.get("outcome", ""),
        effects=mine.to_dict("records"),
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
