"""The blueprint that the rooms of this folder share, and the way from a figure to its sources."""

from flask import Blueprint, current_app, url_for

pages = Blueprint("effects", __name__, url_prefix="/studies/<study_key>/effects")


def source_address(wave: str, outcome: str, area: str) -> str | None:
    """Return the address of what an area's arms were shown, where that page is served."""
    if "joint.source" not in current_app.view_functions:
        return None
    return url_for("joint.source", wave=wave, area=area, outcome=outcome)
