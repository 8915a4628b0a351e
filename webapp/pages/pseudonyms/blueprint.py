"""The blueprint of these pages."""

from flask import Blueprint

pages = Blueprint("pseudonyms", __name__, url_prefix="/studies/<study_key>/pseudonyms")
