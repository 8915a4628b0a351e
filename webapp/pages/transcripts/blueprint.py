"""The blueprint that the rooms of this folder share, so that the menu knows where one is."""

from flask import Blueprint

pages = Blueprint("transcripts", __name__, url_prefix="/studies/<study_key>")
