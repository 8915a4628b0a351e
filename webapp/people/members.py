"""Who is in which study, with which roles, limited to which areas, blind or not."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from coding.errors import BadInput, NotFound

from ..roles import ROLES
from .base import Base, Row, stamp


@dataclass(frozen=True)
class Membership:
    """What a person is in a study; `areas` is None where they may see all of them."""

    roles: frozenset[str]
    areas: frozenset[int] | None = None
    blind: bool = False


def check_membership(
    roles: Sequence[str], areas: Sequence[int] | None = None, blind: bool = False
) -> Membership:
    """Return a membership, or say what is wrong with it."""
    unknown = set(roles) - set(ROLES)
    if unknown:
        there_are = ", ".join(ROLES)
        raise BadInput(f"There is no role “{min(unknown)[:40]}”; there are: {there_are}.")
    if not roles:
        raise BadInput("Choose at least one role.")
    if areas is not None and not areas:
        raise BadInput("Choose at least one area, or all of them.")
    if "owner" in roles and (areas is not None or blind):
        raise BadInput("An owner looks after the whole study: neither some areas only, nor blind.")
    if blind and "researcher" not in roles:
        raise BadInput("Only a researcher codes blind; give that role too.")
    return Membership(frozenset(roles), None if areas is None else frozenset(areas), blind)


def as_membership(row: Row) -> Membership:
    """Read a stored membership."""
    areas = row["areas"]
    return Membership(
        frozenset(json.loads(row["roles"])),
        None if areas is None else frozenset(json.loads(areas)),
        bool(row["blind"]),
    )


class Members(Base):
    """Memberships by person and study."""

    def membership(self, user_id: int, study_key: str) -> Membership | None:
        """Return what a person is in a study, or None."""
        found = self.row(
            "SELECT roles, areas, blind FROM membership WHERE user_id = ? AND study_key = ?",
            [user_id, study_key],
        )
        return as_membership(found) if found else None

    def members(self, study_key: str) -> list[Row]:
        """List a study's members by name."""
        return self.rows(
            "SELECT user.id AS user_id, user.guid, user.name, user.disabled_at, roles, areas, blind"
            " FROM membership JOIN user ON user.id = user_id WHERE study_key = ?"
            " ORDER BY user.name COLLATE NOCASE",
            [study_key],
        )

    def study_keys(self, user_id: int) -> set[str]:
        """Return the keys of the studies that a person is in."""
        found = self.rows("SELECT study_key FROM membership WHERE user_id = ?", [user_id])
        return {row["study_key"] for row in found}

    def set_membership(self, user_id: int, study_key: str, member: Membership) -> None:
        """Make a person a member, or change what they are; an owner is always left."""

        def run(db: Database) -> None:
            if "owner" not in member.roles:
                _keep_an_owner(db, user_id, study_key)
                _withdraw_their_invitations(db, user_id, study_key)
            store_membership(db, user_id, study_key, member)

        self.change(run)

    def join_study(self, user_id: int, study_key: str, new: Membership) -> None:
        """Add to what a person is in the study already."""
        self.change(lambda db: add_membership(db, user_id, study_key, new))

    def study_name(self, study_key: str) -> str:
        """Return the name of a study as the catalogue lists it."""
        found = self.row("SELECT name FROM study WHERE key = ?", [study_key])
        return str(found["name"]) if found else study_key

    def remove_member(self, user_id: int, study_key: str) -> None:
        """Take a person out of a study, from their next request on."""

        def run(db: Database) -> None:
            _keep_an_owner(db, user_id, study_key)
            _withdraw_their_invitations(db, user_id, study_key)
            sql = "DELETE FROM membership WHERE user_id = ? AND study_key = ?"
            if not db.execute(sql, [user_id, study_key]).rowcount:
                raise NotFound("There is no such member.")

        self.change(run)


def store_membership(db: Database, user_id: int, study_key: str, member: Membership) -> None:
    """Store what a person is in a study, inside a change."""
    areas = None if member.areas is None else json.dumps(sorted(member.areas))
    values = [json.dumps(sorted(member.roles)), areas, int(member.blind), stamp()]
    db.execute(
        "INSERT INTO membership (user_id, study_key, roles, areas, blind, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (user_id, study_key)"
        " DO UPDATE SET roles = excluded.roles, areas = excluded.areas, blind = excluded.blind",
        [user_id, study_key, *values],
    )


def add_membership(db: Database, user_id: int, study_key: str, new: Membership) -> None:
    """Add to what a person is in a study already, inside a change."""
    sql = "SELECT roles, areas, blind FROM membership WHERE user_id = ? AND study_key = ?"
    had = next(db.query(sql, [user_id, study_key]), None)
    both = _together(as_membership(had), new) if had else new
    # An owner sees the whole study, whatever they were before.
    both = Membership(both.roles) if "owner" in both.roles else both
    store_membership(db, user_id, study_key, both)


def _together(had: Membership, new: Membership) -> Membership:
    areas = None if had.areas is None or new.areas is None else had.areas | new.areas
    return Membership(had.roles | new.roles, areas, had.blind or new.blind)


def _keep_an_owner(db: Database, user_id: int, study_key: str) -> None:
    members = db.query("SELECT user_id, roles FROM membership WHERE study_key = ?", [study_key])
    owners = [row["user_id"] for row in members if "owner" in json.loads(row["roles"])]
    if owners == [user_id]:
        raise BadInput("This is the only owner of the study; make somebody else one first.")


def _withdraw_their_invitations(db: Database, user_id: int, study_key: str) -> None:
    """Take back what a person gave out as owner, so that they cannot let themselves in again."""
    sql = "DELETE FROM one_time_link WHERE kind = 'invitation' AND made_by = ? AND study_key = ?"
    db.execute(sql, [user_id, study_key])
