"""A person's own account: name, password, second factor, sessions, tokens."""

from flask import Blueprint

pages = Blueprint("account", __name__, url_prefix="/account")
