"""The blueprint of these pages."""

from flask import Blueprint

pages = Blueprint("topics", __name__, url_prefix="/studies/<study_key>/topics")
