"""The administrator's page of people: invite, reset, close an account."""

from flask import Blueprint

pages = Blueprint("people", __name__, url_prefix="/people")
