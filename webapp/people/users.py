"""Accounts: a person's name, password, second factor, and whether they may sign in."""

import uuid
from typing import Any

from coding.checks import check_name
from coding.errors import BadInput, NotFound

from .base import Base, Row, stamp
from .passwords import check_new_password, code_step, hash_password, password_fits


class Users(Base):
    """Accounts by number, name or subject."""

    def users(self) -> list[Row]:
        """List the accounts by name."""
        return self.rows("SELECT * FROM user ORDER BY name COLLATE NOCASE")

    def user(self, user_id: int) -> Row:
        """Return an account; raises NotFound."""
        found = self.row("SELECT * FROM user WHERE id = ?", [user_id])
        if found is None:
            raise NotFound("There is no such person.")
        return found

    def find_user(self, name: str) -> Row | None:
        """Return the account of a name, however it is capitalised."""
        return self.row("SELECT * FROM user WHERE name = ? COLLATE NOCASE", [name])

    def add_user(self, name: str, *, administrator: bool = False) -> Row:
        """Make an account that cannot sign in yet; raises BadInput where the name is taken."""
        row = {
            "guid": str(uuid.uuid4()),
            "name": check_name(name, "a person"),
            "administrator": int(administrator),
            "created_at": stamp(),
        }

        def run(db: Any) -> int:
            table = db.table("user")
            if table.count_where("name = ? COLLATE NOCASE", [row["name"]]):
                raise BadInput(f"There is somebody called “{row['name']}” already; choose another.")
            return int(table.insert(row).last_pk)

        return self.user(self.change(run))

    def ensure_user(self, name: str, *, administrator: bool = False) -> Row:
        """Return the person of that name, adding them where they are new."""
        return self.find_user(name) or self.add_user(name, administrator=administrator)

    def first_administrator(self, name: str) -> Row:
        """Return the administrator who came first, making one at first start."""
        found = self.row(
            "SELECT * FROM user WHERE administrator AND disabled_at IS NULL ORDER BY id LIMIT 1"
        )
        return found or self.add_user(name, administrator=True)

    def check_new(self, name: str, password: str) -> str:
        """Return the password of an account to be made, or say what is wrong with the two."""
        name = check_name(name, "a person")
        if self.find_user(name):
            raise BadInput(f"There is somebody called “{name}” already; choose another.")
        return check_new_password(password, name)

    def rename_user(self, user_id: int, name: str) -> None:
        """Give an account another name."""
        name = check_name(name, "a person")
        other = self.find_user(name)
        if other and other["id"] != user_id:
            raise BadInput(f"There is somebody called “{name}” already; choose another.")
        self.execute("UPDATE user SET name = ? WHERE id = ?", [name, user_id])

    def set_password(self, user_id: int, password: str, keep: int | None = None) -> None:
        """Store a new password and end the person's other sessions and open links."""
        password = check_new_password(password, self.user(user_id)["name"])
        stored = hash_password(password)

        def run(db: Any) -> None:
            db.execute("UPDATE user SET password_hash = ? WHERE id = ?", [stored, user_id])
            db.execute("DELETE FROM session WHERE user_id = ? AND id IS NOT ?", [user_id, keep])
            db.execute("DELETE FROM one_time_link WHERE user_id = ?", [user_id])

        self.change(run)

    def check_password(self, name: str, password: str) -> Row | None:
        """Return whose name and password these are; None for any reason, after the same work."""
        found = self.find_user(name.strip())
        fits = password_fits(found["password_hash"] if found else None, password)
        return found if fits and found and not found["disabled_at"] else None

    def set_second_factor(self, user_id: int, secret: str | None) -> None:
        """Ask for codes of this secret at sign-in from now on, or no longer."""
        self.execute(
            "UPDATE user SET totp_secret = ?, totp_step = 0 WHERE id = ?", [secret, user_id]
        )

    def check_code(self, user_id: int, code: str) -> bool:
        """Use up a code of the second factor."""
        user = self.user(user_id)
        step = code_step(user["totp_secret"] or "", code, user["totp_step"])
        if step is None:
            return False
        # Two requests with one code: only the first moves the step on.
        used = "UPDATE user SET totp_step = ? WHERE id = ? AND totp_step < ?"
        return self.execute(used, [step, user_id, step]) == 1

    def disable(self, user_id: int, disabled: bool = True) -> None:
        """Shut a person out at once, or let them in again; the last administrator stays."""
        if disabled:
            self._keep_an_administrator(user_id)

        def run(db: Any) -> None:
            when = stamp() if disabled else None
            db.execute("UPDATE user SET disabled_at = ? WHERE id = ?", [when, user_id])
            for table in ("session", "api_token"):
                db.table(table).delete_where("user_id = ?", [user_id])
            db.execute("DELETE FROM one_time_link WHERE user_id = ?", [user_id])

        self.change(run)

    def set_administrator(self, user_id: int, administrator: bool) -> None:
        """Make a person administrator of the instance, or no longer."""
        if not administrator:
            self._keep_an_administrator(user_id)
        self.execute(
            "UPDATE user SET administrator = ? WHERE id = ?", [int(administrator), user_id]
        )

    def _keep_an_administrator(self, user_id: int) -> None:
        others = "SELECT 1 FROM user WHERE administrator AND disabled_at IS NULL AND id <> ?"
        if not self.rows(others, [user_id]):
            raise BadInput("This is the only administrator; make somebody else one first.")
