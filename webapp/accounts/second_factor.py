"""The second factor of one's own account: set up by a code, dropped by the password or a code."""

from typing import Any

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from coding.errors import BadInput

from ..errors import BAD_INPUT
from .identity import people
from .limits import by_self
from .own import page, pages, saved

ISSUER = "Coproduce"
WAITING = "new_factor"  # where a secret waits in the session until a code confirms it


@pages.get("/second-factor")
def second_factor() -> ResponseReturnValue:
    if people().user(current_user.id)["totp_secret"]:
        return redirect(url_for("account.index", _anchor="second-factor"))
    return _page()


def _page(error: Exception | None = None) -> ResponseReturnValue:
    import pyotp
    import segno

    secret: str = session.setdefault(WAITING, pyotp.random_base32())
    address = pyotp.TOTP(secret).provisioning_uri(name=current_user.name, issuer_name=ISSUER)
    values: dict[str, Any] = {
        "qr": segno.make(address).svg_data_uri(scale=5, border=4, light="#fff"),
        "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        "has_password": people().user(current_user.id)["password_hash"] is not None,
    }
    return render_template("account/new_factor.html", error=error, **values), 400 if error else 200


@pages.post("/second-factor")
@by_self
def confirm_second_factor() -> ResponseReturnValue:
    form, who = request.form, current_user.id
    secret = session.get(WAITING)
    if not secret or people().user(who)["totp_secret"]:
        return redirect(url_for("account.second_factor"))
    try:
        people().confirm(who, form.get("current", ""))
        if not people().set_second_factor(
            who, secret, form.get("code", ""), current_user.session_id
        ):
            raise BadInput("That code is not right; see that the clock of your device is right.")
    except BAD_INPUT as error:
        return _page(error)
    session.pop(WAITING)
    return saved("From now on a code is asked for when you sign in.", "second-factor")


@pages.post("/second-factor/drop")
@by_self
def drop_second_factor() -> ResponseReturnValue:
    form = request.form
    try:
        people().confirm(current_user.id, form.get("current", ""), form.get("code", ""))
    except BAD_INPUT as error:
        return page(error)
    people().drop_second_factor(current_user.id)
    return saved("No code is asked for any longer.", "second-factor")
