"""The blueprint that the rooms of the speakers share."""

from flask import Blueprint

pages = Blueprint("speakers", __name__, url_prefix="/studies/<study_key>/speakers")
