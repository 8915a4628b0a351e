"""Signing in by one-time link; the session lives on the server and ends there."""

from typing import Any

from flask import (
    Blueprint,
    Flask,
    current_app,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import (
    LoginManager,
    UserMixin,
    current_user,
    login_user,
    logout_user,
)

from .instance import Instance
from .security import local_path

pages = Blueprint("accounts", __name__)
OPEN_TO_ALL = {"accounts.sign_in", "accounts.use_link", "static"}


class Person(UserMixin):  # type: ignore[misc]
    """The signed-in person, known to Flask-Login by the session's token, not by a user number."""

    def __init__(self, token: str, row: dict[str, Any]) -> None:
        self.token, self.guid, self.name = token, str(row["guid"]), str(row["name"])

    def get_id(self) -> str:
        return self.token


def init_app(app: Flask) -> None:
    login = LoginManager()
    login.session_protection = None  # the server-side session row is what counts
    login.user_loader(_load)
    login.init_app(app)
    app.before_request(_require_sign_in)
    app.register_blueprint(pages)


def _catalogue() -> Any:
    instance: Instance = current_app.extensions["coproduce"]
    return instance.catalogue


def _load(token: str) -> Person | None:
    row = _catalogue().session_user(token)
    return Person(token, row) if row else None


def _require_sign_in() -> ResponseReturnValue | None:
    if request.endpoint in OPEN_TO_ALL or current_user.is_authenticated:
        return None
    if request.path.startswith("/api/"):
        return {"error": "Sign in first."}, 401
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.sign_in", next=target))


@pages.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(local_path(request.args.get("next")) or "/")
    return render_template("accounts/sign_in.html", spent="spent" in request.args)


@pages.get("/sign-in/<token>")
def use_link(token: str) -> ResponseReturnValue:
    session_token = _catalogue().use_sign_in_link(token)
    if session_token is None:
        return redirect(url_for("accounts.sign_in", spent=1))
    session.clear()
    login_user(_load(session_token))
    session.permanent = True
    return redirect(local_path(request.args.get("next")) or "/")


@pages.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    _catalogue().end_session(current_user.token)
    logout_user()
    session.clear()
    return redirect(url_for("accounts.sign_in"))
