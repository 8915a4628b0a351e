"""Who works in the study: invite, change, remove; what each role may do; freezing the coding."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from coding.errors import BadInput, NotFound
from linkage import areas, freezing

from ..current import as_coder, study
from ..errors import BAD_INPUT
from ..people import People
from ..people.members import Membership, as_membership, check_membership
from ..roles import ABILITIES, ROLES
from ..settings import public_link

pages = Blueprint("members", __name__, url_prefix="/studies/<study_key>/members")
Row = dict[str, Any]


def _people() -> People:
    found: People = current_app.extensions["coproduce"].people
    return found


@pages.get("/")
def index() -> ResponseReturnValue:
    return _page()


def _page(error: Exception | None = None, **values: Any) -> ResponseReturnValue:
    db = study().db
    page = render_template(
        "members/index.html",
        members=[_shown(row) for row in _people().members(study().key)],
        invitations=[_shown(row) for row in _people().invitations(study().key)],
        areas=areas.areas(db),
        roles=ROLES,
        frozen=freezing.frozen(db),
        freezes=freezing.freezes(db),
        hidden=areas.study_row(db)["results_hidden"],
        error=error,
        **values,
    )
    return page, 400 if error else 200


def _shown(row: Row) -> Row:
    names = {area["id"]: area["name"] for area in areas.areas(study().db)}
    member = as_membership(row)
    where = None if member.areas is None else [names.get(a, "?") for a in sorted(member.areas)]
    return {**row, "roles": sorted(member.roles), "area_ids": member.areas, "area_names": where}


def _read_membership() -> Membership:
    form = request.form
    some = form.get("where") == "some"
    known = {str(area["id"]): int(area["id"]) for area in areas.areas(study().db)}
    try:
        chosen = [known[value] for value in form.getlist("area")] if some else None
    except KeyError as error:
        raise BadInput("One of the areas chosen is no longer there; choose again.") from error
    return check_membership(form.getlist("role"), chosen, "blind" in form)


@pages.post("/invite")
def invite() -> ResponseReturnValue:
    try:
        member = _read_membership()
    except BAD_INPUT as error:
        return _page(error)
    token = _people().invite(
        study().key,
        sorted(member.roles),
        areas=None if member.areas is None else sorted(member.areas),
        blind=member.blind,
        note=request.form.get("note", ""),
        made_by=current_user.id,
    )
    return _page(link=public_link("accounts.invitation", token=token))


@pages.post("/invitations/<int:link_id>/withdraw")
def withdraw(link_id: int) -> ResponseReturnValue:
    if not _people().withdraw_invitation(study().key, link_id):
        raise NotFound("There is no such invitation; it may have been used.")
    flash("The invitation is taken back.")
    return redirect(url_for("members.index"))


@pages.post("/<int:user_id>")
def change(user_id: int) -> ResponseReturnValue:
    if _people().membership(user_id, study().key) is None:
        raise NotFound("There is no such member.")
    try:
        _people().set_membership(user_id, study().key, _read_membership())
    except BAD_INPUT as error:
        return _page(error)
    flash(f"Saved; it holds from {_people().user(user_id)['name']}'s next step on.")
    return redirect(url_for("members.index"))


@pages.post("/<int:user_id>/remove")
def remove(user_id: int) -> ResponseReturnValue:
    try:
        _people().remove_member(user_id, study().key)
    except BAD_INPUT as error:
        return _page(error)
    flash("Removed. What they coded and wrote stays, under their name.")
    return redirect(url_for("members.index"))


@pages.get("/roles")
def roles() -> str:
    return render_template(
        "members/roles.html", roles=ROLES, abilities=ABILITIES, own=study().member
    )


@pages.post("/freeze")
def freeze() -> ResponseReturnValue:
    study().change("freeze the coding", as_coder(freezing.freeze), kind="fixed")
    flash("The coding is frozen.")
    return redirect(url_for("members.index", _anchor="freeze"))


@pages.post("/lift")
def lift() -> ResponseReturnValue:
    study().change("lift the freeze", as_coder(freezing.lift_freeze), kind="fixed")
    flash("The freeze is lifted, and that is on record.")
    return redirect(url_for("members.index", _anchor="freeze"))


@pages.post("/hide")
def hide() -> ResponseReturnValue:
    hidden = "hidden" in request.form
    action = "hide results from researchers" if hidden else "show results to researchers"
    study().change(action, lambda db: freezing.hide_results(db, hidden), kind="fixed")
    return redirect(url_for("members.index", _anchor="freeze"))
