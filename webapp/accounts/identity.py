"""Who is signed in: by a session that lives on the server, or by an API token."""

from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Request, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from flask_wtf.csrf import CSRFProtect

from ..people import People
from ..permissions import OPEN, ROUTES, NotAllowed
from ..security import local_path

csrf = CSRFProtect()
BEARER = "Bearer "


class Person(UserMixin):  # type: ignore[misc]
    """The signed-in person, known to Flask-Login by the session's token, not by a user number."""

    def __init__(self, token: str, row: dict[str, Any]) -> None:
        self.token, self.row = token, row
        self.id, self.guid, self.name = int(row["id"]), str(row["guid"]), str(row["name"])
        self.administrator = bool(row["administrator"])
        self.session_id: int | None = row.get("session_id")
        self.scope: str | None = row.get("scope")
        self.token_study: str | None = row.get("token_study")

    def get_id(self) -> str:
        return self.token


def people() -> People:
    """Return the people of this instance."""
    found: People = current_app.extensions["coproduce"].people
    return found


def init_app(app: Flask) -> None:
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False  # checked below, once it is known who asks
    csrf.init_app(app)
    login = LoginManager()
    login.session_protection = None  # the server-side session row is what counts
    login.user_loader(_by_session)
    login.request_loader(_by_token)
    login.init_app(app)
    app.before_request(_require_sign_in)
    app.before_request(_check_change)


def _by_session(token: str) -> Person | None:
    row = people().session_user(token)
    return Person(token, row) if row else None


def _by_token(request: Request) -> Person | None:
    sent = request.headers.get("Authorization", "")
    if not sent.startswith(BEARER) or not request.path.startswith("/api/"):
        return None
    row = people().token_user(sent.removeprefix(BEARER).strip())
    return Person("", row) if row else None


def start_session(user_id: int) -> None:
    """Sign a person in: a new session, whatever this browser held before."""
    token = people().open_session(user_id, request.user_agent.string)
    session.clear()
    login_user(_by_session(token))
    session.permanent = True


def end_session() -> None:
    """Sign the person out of this browser for good."""
    people().end_session(current_user.token)
    logout_user()
    session.clear()


def _require_sign_in() -> ResponseReturnValue | None:
    if ROUTES.get(request.endpoint or "") == OPEN or current_user.is_authenticated:
        return None
    if request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json":
        return {"error": "Sign in first.", "current": None}, 401
    # After a form, back to the page where it was typed; drafts.mjs has kept the words.
    typed_at = local_path(urlsplit(request.referrer or "").path)
    target = request.full_path.rstrip("?") if request.method == "GET" else typed_at
    return redirect(url_for("accounts.sign_in", next=target))


def _check_change() -> None:
    """Take a change from a page only with the page's own token; a script sends no cookies."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    scope = getattr(current_user, "scope", None)
    if scope is None:
        csrf.protect()
    elif scope != "write":
        raise NotAllowed("This token may only read; make one that may change things too.")
