"""The blueprint that the rooms of the memos share."""

from flask import Blueprint

pages = Blueprint("memos", __name__, url_prefix="/studies/<study_key>/memos")
