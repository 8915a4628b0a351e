"""The administrator's page of people: invite, reset, close an account."""

import json
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from coding.errors import NotFound

from ..errors import BAD_INPUT
from ..settings import public_link
from .identity import people

pages = Blueprint("people", __name__, url_prefix="/people")


@pages.get("/")
def index() -> ResponseReturnValue:
    return _page()


def _page(error: Exception | None = None, **values: Any) -> ResponseReturnValue:
    accounts = [{**row, "studies": json.loads(row["studies"])} for row in people().accounts()]
    page = render_template(
        "people/index.html",
        accounts=accounts,
        invitations=people().invitations(None),
        error=error,
        **values,
    )
    return page, 400 if error else 200


def _saved(sentence: str) -> ResponseReturnValue:
    flash(sentence)
    return redirect(url_for("people.index"))


@pages.post("/invite")
def invite() -> ResponseReturnValue:
    note = request.form.get("note", "")
    token = people().invite(None, [], note=note, made_by=current_user.id)
    link = public_link("accounts.invitation", token=token)
    return _page(link=link, link_for=note.strip() or "the person you invite", lasts="14 days")


@pages.post("/invitations/<int:link_id>/withdraw")
def withdraw(link_id: int) -> ResponseReturnValue:
    if not people().withdraw_invitation(None, link_id):
        raise NotFound("There is no such invitation; it may have been used.")
    return _saved("The invitation is taken back.")


@pages.post("/<int:user_id>/reset")
def reset(user_id: int) -> ResponseReturnValue:
    name = people().user(user_id)["name"]
    try:
        token = people().make_reset_link(user_id, current_user.id)
    except BAD_INPUT as error:
        return _page(error)
    link = public_link("accounts.reset", token=token)
    return _page(link=link, link_for=name, lasts="30 minutes")


@pages.post("/<int:user_id>/<any(close, reopen):to>")
def close(user_id: int, to: str) -> ResponseReturnValue:
    name = people().user(user_id)["name"]
    try:
        people().disable(user_id, to == "close")
    except BAD_INPUT as error:
        return _page(error)
    if to == "close":
        return _saved(f"The account of {name} is closed; what they did stays, under their name.")
    return _saved(f"The account of {name} is open again.")


@pages.post("/<int:user_id>/administrator")
def administrator(user_id: int) -> ResponseReturnValue:
    name, make = people().user(user_id)["name"], "make" in request.form
    try:
        people().set_administrator(user_id, make)
    except BAD_INPUT as error:
        return _page(error)
    return _saved(f"{name} is {'now' if make else 'no longer'} an administrator.")


@pages.post("/<int:user_id>/second-factor/drop")
def drop_second_factor(user_id: int) -> ResponseReturnValue:
    name = people().user(user_id)["name"]
    people().drop_second_factor(user_id)
    return _saved(f"{name} is asked for no code until they set up a new one.")
