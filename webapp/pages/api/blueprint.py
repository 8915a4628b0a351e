"""The blueprint that the rooms of the JSON share."""

from flask import Blueprint

pages = Blueprint("api", __name__, url_prefix="/api")
# Not rows.ROW: what it refuses may be 405, as werkzeug looks at methods first; here it is 404.
STUDY = "/studies/<study_key>"
TRANSCRIPT = f"{STUDY}/transcripts/<int:transcript_id>"
CODING = f"{STUDY}/codings/<int:coding_id>"
CODE = f"{STUDY}/codes/<int:code_id>"
MEMO = f"{STUDY}/memos/<int:memo_id>"
