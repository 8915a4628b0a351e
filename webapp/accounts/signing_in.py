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


def next_page() -> str:
    """Return where to go after signing in, always on this site."""
    return local_path(request.values.get("next")) or "/"


@pages.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(next_page())
    return _form(spent="spent" in request.args)


def _form(status: int = 200, **values: Any) -> ResponseReturnValue:
    page = render_template("accounts/sign_in.html", next=next_page(), form=request.form, **values)
    return page, status


@pages.post("/sign-in")
@by_address
@by_account
def enter() -> ResponseReturnValue:
    form = request.form
    user = people().check_password(form.get("name", ""), form.get("password", ""))
    if user is None:
        return _form(400, error=NO)
    return admit(user, next_page())


def admit(user: dict[str, Any], target: str) -> ResponseReturnValue:
    """Let in whoever has proved to be this person, after a code where they have a second factor."""
    if not user["totp_secret"]:
        start_session(user["id"])
        return redirect(target)
    end_session()
    session["waiting"] = [user["id"], int(time.time())]
    return redirect(url_for("accounts.code", next=target))


@pages.get("/sign-in/code")
def code() -> ResponseReturnValue:
    if _waiting() is None:
        return redirect(url_for("accounts.sign_in", next=next_page()))
    return render_template("accounts/code.html", next=next_page())


@pages.post("/sign-in/code")
@by_address
@by_person
def enter_code() -> ResponseReturnValue:
    user_id = _waiting()
    if user_id is None:
        return redirect(url_for("accounts.sign_in", next=next_page()))
    if not people().check_code(user_id, request.form.get("code", "")):
        error = "That code is not right, or was used already; wait for the next one."
        return render_template("accounts/code.html", next=next_page(), error=error), 400
    start_session(user_id)
    return redirect(next_page())


def _waiting() -> int | None:
    user_id, since = session.get("waiting") or (None, 0)
    return user_id if time.time() - since < CODE_WAITS else None


@pages.get("/sign-in/<token>")
def use_link(token: str) -> ResponseReturnValue:
    target = next_page()  # before the link is spent
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
    try:
        user = people().use_reset_link(token, password_twice())
    except BAD_INPUT as error:
        return _password_page(people().link("reset", token), error)
    # The link stands for the password only: a second factor is asked for all the same.
    return admit(user, "/") if user else _password_page(None)


def password_twice() -> str:
    """Return a new password that was typed the same twice."""
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
    return invitation_page(people().link("invitation", token))


@pages.post("/invitation/<token>")
@by_address
def join(token: str) -> ResponseReturnValue:
    found = people().link("invitation", token)
    if found is None:
        return invitation_page(None)
    try:
        _join(token)
    except BAD_INPUT as error:
        return invitation_page(found, error)
    key = found["study_key"]
    return redirect(url_for("overview.index", study_key=key) if key else "/")


def _join(token: str) -> None:
    if current_user.is_authenticated:
        people().join(token, current_user.id)
    else:
        name = request.form.get("name", "")
        start_session(people().join_with_password(token, name, password_twice()))


def invitation_page(
    found: dict[str, Any] | None, error: Exception | None = None
) -> ResponseReturnValue:
    member = as_membership(found) if found and found["study_key"] else None
    study = people().study_name(found["study_key"]) if found and found["study_key"] else None
    page = render_template(
        "accounts/invitation.html", found=found, member=member, to=study, error=error,
        form=request.form, token=(request.view_args or {}).get("token"),
    )  # fmt: skip
    return page, 400 if error else 200 if found else 404
