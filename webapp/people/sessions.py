"""Sessions live here, on the server, and end here."""

from datetime import timedelta
from typing import Any

from .base import Base, Row, hashed, new_token, stamp

LASTS = timedelta(days=30)
NOTED_AFTER = timedelta(minutes=5)  # so that reading a page is not a write each time

_FIND = """
    SELECT user.*, session.id AS session_id, session.seen_at AS session_seen_at FROM session
    JOIN user ON user.id = session.user_id
    WHERE session.token_sha256 = ? AND session.expires_at > ? AND user.disabled_at IS NULL
"""


class Sessions(Base):
    """A person's sessions, each known by the hash of its token."""

    def open_session(self, user_id: int, agent: str = "") -> str:
        """Start a session and return its token."""
        token = new_token()
        row = {
            "token_sha256": hashed(token),
            "user_id": user_id,
            "agent": agent[:300],
            "created_at": stamp(),
            "seen_at": stamp(),
            "expires_at": stamp(LASTS),
        }

        def run(db: Any) -> None:
            db.execute("DELETE FROM session WHERE expires_at <= ?", [stamp()])
            db.table("session").insert(row)
            _note_seen(db, user_id)

        self.change(run)
        return token

    def session_user(self, token: str) -> Row | None:
        """Return whose session this is, or None where it has ended."""
        found = self.row(_FIND, [hashed(token), stamp()])
        if found and found["session_seen_at"] < stamp(-NOTED_AFTER):
            self._note(found)
        return found

    def _note(self, found: Row) -> None:
        seen = [stamp(), stamp(LASTS), found["session_id"]]

        def run(db: Any) -> None:
            db.execute("UPDATE session SET seen_at = ?, expires_at = ? WHERE id = ?", seen)
            _note_seen(db, found["id"])

        self.change(run)

    def sessions(self, user_id: int) -> list[Row]:
        """List a person's open sessions, the latest seen first."""
        return self.rows(
            "SELECT id, agent, created_at, seen_at FROM session"
            " WHERE user_id = ? AND expires_at > ? ORDER BY seen_at DESC, id DESC",
            [user_id, stamp()],
        )

    def end_session(self, token: str) -> None:
        """End a session for good."""
        self.execute("DELETE FROM session WHERE token_sha256 = ?", [hashed(token)])

    def end_session_of(self, user_id: int, session_id: int) -> bool:
        """End one of a person's sessions; False where it had ended."""
        sql = "DELETE FROM session WHERE user_id = ? AND id = ?"
        return self.execute(sql, [user_id, session_id]) == 1

    def end_other_sessions(self, user_id: int, keep: int) -> None:
        """End all of a person's sessions but one."""

        self.execute("DELETE FROM session WHERE user_id = ? AND id <> ?", [user_id, keep])


def _note_seen(db: Any, user_id: int) -> None:
    db.execute("UPDATE user SET seen_at = ? WHERE id = ?", [stamp(), user_id])
