"""The blueprint that the matrix and its cells share."""

from flask import Blueprint

pages = Blueprint("framework", __name__, url_prefix="/studies/<study_key>/framework")
