"""What proves a person beside their password: codes of a second factor, a single sign-on."""

from typing import Any

from coding.errors import BadInput

from .base import Row
from .passwords import code_step, password_fits
from .users import Users


class Factors(Users):
    """A person's second factor and their subject at the single sign-on."""

    def set_second_factor(self, user_id: int, secret: str, code: str, keep: int | None) -> bool:
        """Ask for codes of this secret from now on, once one of them is right.

        The code that confirms is used up by it, and the person's other sessions end.
        """
        step = code_step(secret, code, 0)
        if step is None:
            return False

        def run(db: Any) -> None:
            values = [secret, step, user_id]
            db.execute("UPDATE user SET totp_secret = ?, totp_step = ? WHERE id = ?", values)
            db.execute("DELETE FROM session WHERE user_id = ? AND id IS NOT ?", [user_id, keep])

        self.change(run)
        return True

    def drop_second_factor(self, user_id: int) -> None:
        """Ask for codes no longer."""
        self.user(user_id)
        drop = "UPDATE user SET totp_secret = NULL, totp_step = 0 WHERE id = ?"
        self.execute(drop, [user_id])

    def check_code(self, user_id: int, code: str) -> bool:
        """Use up a code of the second factor."""
        user = self.user(user_id)
        step = code_step(user["totp_secret"], code, user["totp_step"])
        if step is None:
            return False
        # Two requests with one code: only the first moves the step on.
        used = "UPDATE user SET totp_step = ? WHERE id = ? AND totp_step < ?"
        return self.execute(used, [step, user_id, step]) == 1

    def confirm(self, user_id: int, password: str, code: str = "") -> None:
        """Raise BadInput unless the person proves again who they are, as far as they can."""
        user = self.user(user_id)
        if user["password_hash"] and password_fits(user["password_hash"], password):
            return
        if code and user["totp_secret"] and self.check_code(user_id, code):
            return
        if user["password_hash"]:
            raise BadInput("The current password is not right.")
        if user["totp_secret"]:
            raise BadInput("That code is not right, or was used already; wait for the next one.")

    def subject_user(self, subject: str) -> Row | None:
        """Return whose single sign-on this is, unless their account is closed."""
        return self.row(
            "SELECT * FROM user WHERE oidc_subject = ? AND disabled_at IS NULL", [subject]
        )

    def connect(self, user_id: int, subject: str | None) -> None:
        """Tie an account to a subject of the single sign-on, or untie it."""
        if subject is None and self.user(user_id)["password_hash"] is None:
            raise BadInput("Set a password first; without one you could not sign in again.")

        def run(db: Any) -> None:
            sql = "SELECT 1 FROM user WHERE oidc_subject = ? AND id <> ?"
            if db.execute(sql, [subject, user_id]).fetchone():
                raise BadInput("That sign-on belongs to another account here.")
            db.execute("UPDATE user SET oidc_subject = ? WHERE id = ?", [subject, user_id])

        self.change(run)
