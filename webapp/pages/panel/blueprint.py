"""The blueprint that the rooms of this folder share."""

from flask import Blueprint

pages = Blueprint("panel", __name__, url_prefix="/studies/<study_key>/panel")
