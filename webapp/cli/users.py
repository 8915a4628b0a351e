"""Accounts: make, list, reset, close."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from coding.errors import BadInput, NotFound
from linkage import areas
from linkage.sqlite import read_only

from ..instance import Instance
from ..people.members import Membership, check_membership
from ..settings import read_settings
from .output import format_option, print_rows

COLUMNS = ["name", "administrator", "studies", "second_factor", "last_seen", "closed"]


@contextmanager
def _opened(folder: str) -> Iterator[Instance]:
    place = Instance.at(folder)
    try:
        yield place
    finally:
        place.close()


def _named(place: Instance, name: str) -> dict[str, Any]:
    found = place.people.find_user(name)
    if found is None:
        raise NotFound(f"There is nobody called “{name[:80]}”; “coproduce user list” shows them.")
    return found


def _say_link(place: Instance, path: str, lasts: str) -> None:
    click.echo(f"Their link (it works once, for {lasts}):\n")
    click.echo(f"  {read_settings(place.path).public_url}{path}\n")


@click.group()
def user() -> None:
    """Make, list, reset and close accounts."""


@user.command()
@click.argument("name")
@click.option("--role", "roles", multiple=True, help="May be given several times.")
@click.option("--study", "key", help="The study they work in.")
@click.option("--area", "area_keys", multiple=True, help="Only this area; several times for more.")
@click.option("--blind", is_flag=True, help="Codes without seeing others' codings.")
@click.pass_obj
def add(
    instance: str,
    name: str,
    roles: tuple[str, ...],
    key: str | None,
    area_keys: tuple[str, ...],
    blind: bool,
) -> None:
    """Make an account, or give one that there is a role in a study; prints a one-time link."""
    if bool(roles) != bool(key):
        raise BadInput("Give --role and --study together, or neither.")
    with _opened(instance) as place:
        member = _membership(place, key, roles, area_keys, blind) if key else None
        person = place.people.ensure_user(name)
        if person["disabled_at"]:
            raise BadInput(f"The account of {person['name']} is closed.")
        if key and member:
            place.people.join_study(person["id"], key, member)
            click.echo(f"{person['name']} is {', '.join(sorted(member.roles))} in “{key}”.")
        if not person["password_hash"]:
            token = place.people.make_sign_in_link(person["id"])
            _say_link(place, f"/sign-in/{token}?next=/account/", "12 hours")


def _membership(
    place: Instance, key: str, roles: tuple[str, ...], area_keys: tuple[str, ...], blind: bool
) -> Membership:
    db = read_only(place.study_path(key))
    try:
        numbers = [int(areas.find_area(db, area)["id"]) for area in area_keys]
    finally:
        db.close()
    return check_membership(roles, numbers or None, blind)


@user.command(name="list")
@format_option
@click.pass_obj
def list_(instance: str, form: str) -> None:
    """List the accounts of this instance."""
    with _opened(instance) as place:
        rows = place.people.accounts()
    print_rows([_shown(row) for row in rows], COLUMNS, form)


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": row["name"],
        "administrator": "yes" if row["administrator"] else "no",
        "studies": ", ".join(json.loads(row["studies"])),
        "second_factor": "yes" if row["has_second_factor"] else "no",
        "last_seen": row["seen_at"],
        "closed": row["disabled_at"],
    }


@user.command()
@click.argument("name")
@click.option("--drop-second-factor", is_flag=True, help="For somebody who lost their device.")
@click.pass_obj
def reset(instance: str, name: str, drop_second_factor: bool) -> None:
    """Print a link that sets a new password."""
    with _opened(instance) as place:
        person = _named(place, name)
        token = place.people.make_reset_link(person["id"])
        if drop_second_factor:
            place.people.drop_second_factor(person["id"])
        _say_link(place, f"/reset/{token}", "30 minutes")


@user.command()
@click.argument("name")
@click.pass_obj
def close(instance: str, name: str) -> None:
    """Close an account: its sessions and tokens end at once, what the person did stays."""
    with _opened(instance) as place:
        person = _named(place, name)
        place.people.disable(person["id"])
        click.echo(f"The account of {person['name']} is closed.")


COMMANDS = [user]
