"""API tokens: what scripts send in place of a session."""

from datetime import timedelta

from coding.checks import check_name
from coding.errors import BadInput

from .base import Base, Row, hashed, new_token, stamp

SCOPES = {"read": "Read only", "write": "Read and change"}
LONGEST = 366  # days
PREFIX = "coproduce_"  # so that a leaked one is recognised by those who look for secrets
NOTED_AFTER = timedelta(minutes=5)

_FIND = """
    SELECT user.*, api_token.id AS token_id, api_token.scope, api_token.study_key AS token_study,
        api_token.used_at
    FROM api_token JOIN user ON user.id = api_token.user_id
    WHERE api_token.token_sha256 = ? AND api_token.expires_at > ? AND user.disabled_at IS NULL
"""


class Tokens(Base):
    """A person's tokens; each is shown once, when it is made."""

    def make_token(
        self, user_id: int, name: str, scope: str, days: int, study_key: str | None = None
    ) -> str:
        """Return a new token of at most a year, for one study or all that its person is in."""
        if scope not in SCOPES:
            raise BadInput(f"A token's scope is one of: {', '.join(SCOPES)}.")
        if not 1 <= days <= LONGEST:
            raise BadInput(f"A token lasts from 1 to {LONGEST} days.")
        token = PREFIX + new_token()
        row = {
            "token_sha256": hashed(token),
            "user_id": user_id,
            "name": check_name(name, "a token"),
            "scope": scope,
            "study_key": study_key,
            "created_at": stamp(),
            "expires_at": stamp(timedelta(days=days)),
        }
        self.change(lambda db: db.table("api_token").insert(row).last_pk)
        return token

    def token_user(self, token: str) -> Row | None:
        """Return whose token this is, with its scope and study; None where it does not hold."""
        found = self.row(_FIND, [hashed(token), stamp()])
        if found and (found["used_at"] or "") < stamp(-NOTED_AFTER):
            used = [stamp(), found["token_id"]]
            self.execute("UPDATE api_token SET used_at = ? WHERE id = ?", used)
        return found

    def tokens(self, user_id: int) -> list[Row]:
        """List a person's tokens, the newest first."""
        return self.rows(
            "SELECT id, name, scope, study_key, created_at, expires_at, used_at FROM api_token"
            " WHERE user_id = ? ORDER BY id DESC",
            [user_id],
        )

    def revoke_token(self, user_id: int, token_id: int) -> bool:
        """End one of a person's tokens."""
        sql = "DELETE FROM api_token WHERE user_id = ? AND id = ?"
        return self.execute(sql, [user_id, token_id]) == 1
