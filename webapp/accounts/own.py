"""A person's own account: name, password, second factor, sessions, tokens."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from coding.errors import BadInput, NotFound

from ..current import membership
from ..errors import BAD_INPUT
from ..instance import Instance
from ..people.base import stamp
from ..people.tokens import LONGEST, SCOPES
from .browsers import browser_name
from .identity import end_session as sign_out_here
from .identity import own_studies, people
from .limits import by_self
from .signing_in import password_twice

pages = Blueprint("account", __name__, url_prefix="/account")


def _instance() -> Instance:
    found: Instance = current_app.extensions["coproduce"]
    return found


@pages.get("/")
def index() -> ResponseReturnValue:
    return page()


def page(error: Exception | None = None, **values: Any) -> ResponseReturnValue:
    """Render the account, with what went wrong or a token that is shown once."""
    sessions, studies = people().sessions(current_user.id), own_studies()
    content = render_template(
        "account/index.html",
        user=people().user(current_user.id),
        sessions=[{**row, "browser": browser_name(row["agent"])} for row in sessions],
        tokens=people().tokens(current_user.id),
        studies=studies,
        study_choices=[("", "All my studies"), *((row["key"], row["name"]) for row in studies)],
        now=stamp(),
        scopes=SCOPES,
        longest=LONGEST,
        public_url=current_app.extensions["settings"].public_url,
        form=request.form if error else {},
        error=error,
        **values,
    )
    return content, 400 if error else 200


def saved(sentence: str, anchor: str = "") -> ResponseReturnValue:
    """Go back to the account and say what was done."""
    flash(sentence)
    return redirect(url_for("account.index", _anchor=anchor or None))


@pages.post("/name")
def rename() -> ResponseReturnValue:
    try:
        people().rename_user(current_user.id, request.form.get("name", ""))
    except BAD_INPUT as error:
        return page(error)
    return saved("The name is saved.")


@pages.post("/password")
@by_self
def change_password() -> ResponseReturnValue:
    form = request.form
    try:
        password = password_twice()
        people().confirm(current_user.id, form.get("current", ""), form.get("code", ""))
        people().set_password(current_user.id, password, keep=current_user.session_id)
    except BAD_INPUT as error:
        return page(error)
    return saved("The password is saved, and your other sessions have ended.", "password")


@pages.post("/sessions/<int:session_id>/end")
def end_session(session_id: int) -> ResponseReturnValue:
    if session_id == current_user.session_id:
        sign_out_here()
        return redirect(url_for("accounts.sign_in"))
    if not people().end_session_of(current_user.id, session_id):
        raise NotFound("There is no such session; it may have ended.")
    return saved("That session has ended.", "sessions")


@pages.post("/sessions/end-others")
def end_other_sessions() -> ResponseReturnValue:
    people().end_other_sessions(current_user.id, current_user.session_id)
    return saved("Your other sessions have ended.", "sessions")


@pages.post("/tokens")
@by_self
def make_token() -> ResponseReturnValue:
    form = request.form
    key = form.get("study") or None
    days = form.get("days", "")
    try:
        if key:
            membership(_instance(), key)
        if not (days.isascii() and days.isdigit()):
            raise BadInput(f"A token lasts from 1 to {LONGEST} days; give a whole number.")
        token = people().make_token(
            current_user.id, form.get("name", ""), form.get("scope", ""), int(days[:9]), key
        )
    except (*BAD_INPUT, NotFound) as error:
        return page(error)
    return page(token=token, token_study=key)


@pages.post("/tokens/<int:token_id>/revoke")
def revoke_token(token_id: int) -> ResponseReturnValue:
    if not people().revoke_token(current_user.id, token_id):
        raise NotFound("There is no such token; it may have been revoked.")
    return saved("The token is revoked.", "tokens")
