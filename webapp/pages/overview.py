"""The study's home: the evidence chain at a glance."""

from flask import Blueprint, render_template

pages = Blueprint("overview", __name__, url_prefix="/studies/<study_key>")


@pages.get("/")
def index() -> str:
    return render_template("overview/index.html")
