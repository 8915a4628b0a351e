"""Single sign-on by OpenID Connect, where the instance's settings name a provider.

A subject signs in only where it is tied to an account: by whoever is signed in here and connects
it, or at an invitation. Nobody makes an account by having one elsewhere.
"""

from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from coding.errors import BadInput, NotFound

from ..errors import BAD_INPUT
from ..permissions import NotAllowed
from ..settings import Oidc, public_link
from . import own, signing_in
from .identity import people, start_session
from .limits import by_address, by_self
from .provider import Arrival, Failed, address_to_leave_for, arrive

pages = Blueprint("oidc", __name__, url_prefix="/oidc")


def _provider() -> Oidc:
    found: Oidc | None = current_app.extensions["settings"].oidc
    if found is None:
        raise NotFound("Single sign-on is not set up on this server.")
    return found


def _address(**purpose: Any) -> str:
    """Return where to send the browser; what for is kept with the state that comes back."""
    try:
        return address_to_leave_for(_provider(), public_link("oidc.back"), purpose)
    except Failed as error:
        raise _did_not_work(error) from error


def _did_not_work(error: Failed) -> BadInput:
    current_app.logger.warning("single sign-on: %s", error)
    return BadInput(f"Signing in with {_provider().name} did not work; try again in a minute.")


def _leave(**purpose: Any) -> str:
    # A form may not be sent on to another site under our content policy; a link may lead there.
    address = _address(**purpose)
    return render_template("accounts/leaving.html", address=address, name=_provider().name)


@pages.get("/start")
@by_address
def start() -> ResponseReturnValue:
    return redirect(_address(next=signing_in.next_page()))


@pages.post("/connect")
@by_self
def connect() -> ResponseReturnValue:
    form = request.form
    try:
        people().confirm(current_user.id, form.get("current", ""), form.get("code", ""))
    except BAD_INPUT as error:
        return own.page(error)
    return _leave(connect=current_user.id)


@pages.post("/disconnect")
@by_self
def disconnect() -> ResponseReturnValue:
    try:
        people().connect(current_user.id, None)
    except BAD_INPUT as error:
        return own.page(error)
    return own.saved("Your account here is no longer connected.", "sign-on")


@pages.post("/invitation/<token>")
@by_address
def join(token: str) -> ResponseReturnValue:
    found = people().link("invitation", token)
    name = request.form.get("name", "")
    try:
        people().check_name_free(name)
    except BAD_INPUT as error:
        return signing_in.invitation_page(found, error)
    return _leave(invitation=token, name=name) if found else signing_in.invitation_page(None)


@pages.get("/back")
@by_address
def back() -> ResponseReturnValue:
    provider = _provider()
    try:
        arrived = arrive(provider)
    except Failed as error:
        raise _did_not_work(error) from error
    for purpose, run in PURPOSES.items():
        if purpose in arrived.purpose:
            return run(arrived)
    raise BadInput(f"Start at the sign-in page to sign in with {provider.name}.")


def _sign_in(arrived: Arrival) -> ResponseReturnValue:
    user = people().subject_user(arrived.subject)
    if user is None:
        raise NotAllowed(
            f"No open account here is connected with that {_provider().name} account. Sign in"
            " another way and connect it on your account's page, or ask for an invitation."
        )
    return signing_in.admit(user, arrived.purpose["next"])


def _connect(arrived: Arrival) -> ResponseReturnValue:
    if not current_user.is_authenticated or current_user.id != arrived.purpose["connect"]:
        raise BadInput("Whoever started this is no longer signed in; sign in and connect again.")
    people().connect(current_user.id, arrived.subject)
    return own.saved(f"You can sign in with {_provider().name} from now on.", "sign-on")


def _join(arrived: Arrival) -> ResponseReturnValue:
    token, name = arrived.purpose["invitation"], arrived.purpose["name"]
    session.clear()
    start_session(people().join_with_subject(token, name, arrived.subject))
    return redirect(url_for("studies.index"))


PURPOSES = {"next": _sign_in, "connect": _connect, "invitation": _join}
