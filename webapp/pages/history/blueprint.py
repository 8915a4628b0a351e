"""The blueprint that the views of the history share."""

from flask import Blueprint

pages = Blueprint("history", __name__, url_prefix="/studies/<study_key>/history")
