"""What a link does when it is taken up: in one transaction with its end, so that it works once."""

from typing import Any

from sqlite_utils import Database

from coding.errors import BadInput

from .base import Row, hashed, stamp
from .factors import Factors
from .links import Links
from .members import Members, add_membership, as_membership
from .passwords import check_new_password, hash_password
from .users import check_free, insert_user, person_name, store_password


class TakingUp(Factors, Links, Members):
    """Invitations and reset links."""

    def use_reset_link(self, token: str, password: str) -> Row | None:
        """Set a new password; None where the link is spent. A bad password leaves it unspent."""
        found = self.link("reset", token)
        if found is None:
            return None
        name = self.user(found["user_id"])["name"]
        stored = hash_password(check_new_password(password, name))

        def run(db: Database) -> bool:
            if not _spend(db, "reset", token):
                return False
            store_password(db, found["user_id"], stored)
            return True

        return self.user(found["user_id"]) if self.change(run) else None

    def join(self, token: str, user_id: int) -> int:
        """Take up an invitation with the account one has."""
        return self._join(token, lambda db: user_id)

    def join_with_password(self, token: str, name: str, password: str) -> int:
        """Take up an invitation by making an account."""
        self.check_name_free(name)
        stored = hash_password(check_new_password(password, name))
        return self._join(token, lambda db: insert_user(db, name, password_hash=stored))

    def join_with_subject(self, token: str, name: str, subject: str) -> int:
        """Take up an invitation by making an account that signs in by the single sign-on."""

        def account(db: Database) -> int:
            if db.execute("SELECT 1 FROM user WHERE oidc_subject = ?", [subject]).fetchone():
                raise BadInput("That sign-on has an account here already; sign in with it first.")
            return insert_user(db, name, oidc_subject=subject)

        return self._join(token, account)

    def check_name_free(self, name: str) -> None:
        """Raise BadInput where a name cannot be given to a new account."""
        check_free(self.read(), person_name(name))

    def _join(self, token: str, account: Any) -> int:
        def run(db: Database) -> int:
            found = _spend(db, "invitation", token)
            if found is None:
                raise BadInput("This invitation was used or taken back a moment ago.")
            user_id = int(account(db))
            if found["study_key"]:
                add_membership(db, user_id, found["study_key"], as_membership(found))
            return user_id

        return int(self.change(run))


def _spend(db: Database, kind: str, token: str) -> Row | None:
    sql = (
        "DELETE FROM one_time_link WHERE kind = ? AND token_sha256 = ? AND expires_at > ?"
        " RETURNING *"
    )
    return next(iter(list(db.query(sql, [kind, hashed(token), stamp()]))), None)
