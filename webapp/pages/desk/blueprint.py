"""The blueprint that the rooms of the desk share."""

from flask import Blueprint

pages = Blueprint(
    "desk", __name__, url_prefix="/studies/<study_key>/transcripts/<int:transcript_id>"
)
