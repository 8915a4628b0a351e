"""Signing in: by one-time link, by name and password, with a code where one is asked for."""

import time
from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from coding.errors import BadInput

from ..errors import BAD_INPUT
from ..people.members import as_membership
from ..security import local_path
from .identity import end_session, people, start_session
from .limits import by_account, by_address, by_person

pages = Blueprint("accounts", __name__)
CODE_WAITS = 300  # seconds between password and code
NO = "That name and password do not belong together, or the account is closed."


def _next() -> str:
    return local_path(request.values.get("next")) or "/"


@pages.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(_next())
    return _form(spent="spent" in request.args)


def _form(status: int = 200, **values: Any) -> ResponseReturnValue:
    page = render_template("accounts/sign_in.html", next=_next(), form=request.form, **values)
    return page, status


@pages.post("/sign-in")
@by_address
@by_account
def enter() -> ResponseReturnValue:
    form = request.form
    user = people().check_password(form.get("name", ""), form.get("password", ""))
    if user is None:
        return _form(400, error=NO)
    if user["totp_secret"]:
        session.clear()
        session["waiting"] = [user["id"], int(time.time())]
        return redirect(url_for("accounts.code", next=_next()))
    start_session(user["id"])
    return redirect(_next())


@pages.get("/sign-in/code")
def code() -> ResponseReturnValue:
    if _waiting() is None:
        return redirect(url_for("accounts.sign_in", next=_next()))
    return render_template("accounts/code.html", next=_next())


@pages.post("/sign-in/code")
@by_address
@by_person
def enter_code() -> ResponseReturnValue:
    user_id = _waiting()
    if user_id is None:
        return redirect(url_for("accounts.sign_in", next=_next()))
    if not people().check_code(user_id, request.form.get("code", "")):
        error = "That code is not right, or was used already; wait for the next one."
        return render_template("accounts/code.html", next=_next(), error=error), 400
    start_session(user_id)
    return redirect(_next())


def _waiting() -> int | None:
    user_id, since = session.get("waiting") or (None, 0)
    return user_id if time.time() - since < CODE_WAITS else None


@pages.get("/sign-in/<token>")
def use_link(token: str) -> ResponseReturnValue:
    target = _next()  # before the link is spent
    found = people().spend_link("sign in", token)
    if found is None:
        return redirect(url_for("accounts.sign_in", spent=1))
    start_session(found["user_id"])
    return redirect(target)


@pages.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    end_session()
    return redirect(url_for("accounts.sign_in"))


@pages.get("/reset/<token>")
def reset(token: str) -> ResponseReturnValue:
    return _password_page(people().link("reset", token))


@pages.post("/reset/<token>")
@by_address
def set_password(token: str) -> ResponseReturnValue:
    found = people().link("reset", token)
    if found is None:
        return _password_page(None)
    try:
        people().set_password(found["user_id"], _password_twice())
    except BAD_INPUT as error:
        return _password_page(found, error)
    start_session(found["user_id"])
    return redirect("/")


def _password_twice() -> str:
    password, again = request.form.get("password", ""), request.form.get("again", "")
    if password != again:
        raise BadInput("The two passwords differ; type the same one twice.")
    return password


def _password_page(
    found: dict[str, Any] | None, error: Exception | None = None
) -> ResponseReturnValue:
    user = people().user(found["user_id"]) if found else None
    status = 400 if error else 200 if found else 404
    return render_template("accounts/reset.html", user=user, error=error), status


@pages.get("/invitation/<token>")
def invitation(token: str) -> ResponseReturnValue:
    return _invitation_page(people().link("invitation", token))


@pages.post("/invitation/<token>")
@by_address
def join(token: str) -> ResponseReturnValue:
    found = people().link("invitation", token)
    if found is None:
        return _invitation_page(None)
    try:
        _join(token)
    except BAD_INPUT as error:
        return _invitation_page(found, error)
    key = found["study_key"]
    return redirect(url_for("overview.index", study_key=key) if key else "/")


def _join(token: str) -> None:
    new = not current_user.is_authenticated
    password = people().check_new(request.form.get("name", ""), _password_twice()) if new else ""
    found = people().spend_link("invitation", token)
    if found is None:
        raise BadInput("This invitation was used a moment ago.")
    user_id = current_user.id if not new else people().add_user(request.form["name"])["id"]
    if new:
        people().set_password(user_id, password)
    if found["study_key"]:
        people().join_study(user_id, found["study_key"], as_membership(found))
    if new:
        start_session(user_id)


def _invitation_page(
    found: dict[str, Any] | None, error: Exception | None = None
) -> ResponseReturnValue:
    member = as_membership(found) if found and found["study_key"] else None
    study = people().study_name(found["study_key"]) if found and found["study_key"] else None
    page = render_template(
        "accounts/invitation.html", found=found, member=member, to=study, error=error,
        form=request.form,
    )  # fmt: skip
    return page, 400 if error else 200 if found else 404
