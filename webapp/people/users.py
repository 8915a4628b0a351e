"""Accounts: a person's name, password, and whether they may sign in."""

import unicodedata
import uuid
from typing import Any

from sqlite_utils import Database

from coding.checks import check_name
from coding.errors import BadInput, NotFound

from .base import Base, Row, stamp
from .passwords import check_new_password, hash_password, password_fits

_ALL = """
    SELECT user.id, user.guid, user.name, administrator, disabled_at, user.seen_at, user.created_at,
        password_hash IS NOT NULL AS has_password, totp_secret IS NOT NULL AS has_second_factor,
        oidc_subject IS NOT NULL AS connected,
        (SELECT json_group_array(study_key) FROM membership WHERE user_id = user.id) AS studies
    FROM user ORDER BY user.name COLLATE NOCASE
"""


def person_name(name: str) -> str:
    """Return a person's name in one normal form, so that one name is one account."""
    return unicodedata.normalize("NFC", check_name(name, "a person"))


def insert_user(db: Database, name: str, **values: Any) -> int:
    """Add an account inside a change; raises BadInput where the name is taken."""
    name = person_name(name)
    check_free(db, name)
    row = {"guid": str(uuid.uuid4()), "name": name, "created_at": stamp(), **values}
    key: Any = db.table("user").insert(row).last_pk
    return int(key)


def check_free(db: Database, name: str, but: int | None = None) -> None:
    """Raise BadInput where somebody else has this name, however it is capitalised."""
    sql = "SELECT 1 FROM user WHERE name = ? COLLATE NOCASE AND id IS NOT ?"
    if db.execute(sql, [name, but]).fetchone():
        raise BadInput(f"There is somebody called “{name}” already; choose another.")


def store_password(db: Database, user_id: int, stored: str, keep: int | None = None) -> None:
    """Store a hashed password and end the person's other sessions and open links."""
    db.execute("UPDATE user SET password_hash = ? WHERE id = ?", [stored, user_id])
    db.execute("DELETE FROM session WHERE user_id = ? AND id IS NOT ?", [user_id, keep])
    db.execute("DELETE FROM one_time_link WHERE user_id = ?", [user_id])


class Users(Base):
    """Accounts by number or name."""

    def accounts(self) -> list[Row]:
        """List the accounts by name, without their secrets; `studies` is a JSON list of keys."""
        return self.rows(_ALL)

    def user(self, user_id: int) -> Row:
        """Return an account; raises NotFound."""
        try:
            found = self.row("SELECT * FROM user WHERE id = ?", [user_id])
        except OverflowError:
            found = None
        if found is None:
            raise NotFound("There is no such person.")
        return found

    def find_user(self, name: str) -> Row | None:
        """Return the account of a name, however it is capitalised."""
        name = unicodedata.normalize("NFC", " ".join(name.split()))
        return self.row("SELECT * FROM user WHERE name = ? COLLATE NOCASE", [name])

    def add_user(self, name: str, *, administrator: bool = False) -> Row:
        """Make an account that cannot sign in yet; raises BadInput where the name is taken."""
        made = self.change(lambda db: insert_user(db, name, administrator=int(administrator)))
        return self.user(made)

    def ensure_user(self, name: str, *, administrator: bool = False) -> Row:
        """Return the person of that name, adding them where they are new."""
        return self.find_user(name) or self.add_user(name, administrator=administrator)

    def first_administrator(self, name: str) -> Row:
        """Return the administrator who came first, making one at first start."""
        found = self.row(
            "SELECT * FROM user WHERE administrator AND disabled_at IS NULL ORDER BY id LIMIT 1"
        )
        return found or self.add_user(name, administrator=True)

    def rename_user(self, user_id: int, name: str) -> None:
        """Give an account another name."""
        name = person_name(name)

        def run(db: Any) -> None:
            check_free(db, name, user_id)
            db.execute("UPDATE user SET name = ? WHERE id = ?", [name, user_id])

        self.change(run)

    def set_password(self, user_id: int, password: str, keep: int | None = None) -> None:
        """Store a new password and end the person's other sessions and open links."""
        stored = hash_password(check_new_password(password, self.user(user_id)["name"]))
        self.change(lambda db: store_password(db, user_id, stored, keep))

    def check_password(self, name: str, password: str) -> Row | None:
        """Return whose name and password these are; None for any reason, after the same work."""
        found = self.find_user(name)
        fits = password_fits(found["password_hash"] if found else None, password)
        return found if fits and found and not found["disabled_at"] else None

    def disable(self, user_id: int, disabled: bool = True) -> None:
        """Shut a person out at once, or let them in again; the last administrator stays."""
        self.user(user_id)

        def run(db: Any) -> None:
            if disabled:
                _keep_an_administrator(db, user_id)
            when = stamp() if disabled else None
            db.execute("UPDATE user SET disabled_at = ? WHERE id = ?", [when, user_id])
            for table in ("session", "api_token"):
                db.table(table).delete_where("user_id = ?", [user_id])
            # Nor by an invitation they made themselves.
            mine = "DELETE FROM one_time_link WHERE user_id = :id OR made_by = :id"
            db.execute(mine, {"id": user_id})

        self.change(run)

    def set_administrator(self, user_id: int, administrator: bool) -> None:
        """Make a person administrator of the instance, or no longer; the last one stays."""
        self.user(user_id)

        def run(db: Any) -> None:
            if not administrator:
                _keep_an_administrator(db, user_id)
                db.execute("DELETE FROM one_time_link WHERE made_by = ?", [user_id])
            values = [int(administrator), user_id]
            db.execute("UPDATE user SET administrator = ? WHERE id = ?", values)

        self.change(run)


def _keep_an_administrator(db: Database, user_id: int) -> None:
    is_one = "SELECT 1 FROM user WHERE administrator AND disabled_at IS NULL AND id = ?"
    others = "SELECT 1 FROM user WHERE administrator AND disabled_at IS NULL AND id <> ?"
    if db.execute(is_one, [user_id]).fetchone() and not db.execute(others, [user_id]).fetchone():
        raise BadInput("This is the only administrator; make somebody else one first.")
