"""The blueprint that the rooms of the JSON share."""

from flask import Blueprint

from ...rows import ROW

pages = Blueprint("api", __name__, url_prefix="/api")
STUDY = "/studies/<study_key>"
TRANSCRIPT = f"{STUDY}/transcripts/<{ROW}:transcript_id>"
CODING = f"{STUDY}/codings/<{ROW}:coding_id>"
CODE = f"{STUDY}/codes/<{ROW}:code_id>"
