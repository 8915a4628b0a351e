"""One-time links: to sign in, to take up an invitation, to set a new password."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from coding.errors import BadInput

from .base import Row, hashed, new_token, stamp
from .sessions import Sessions

LASTS = {
    "sign in": timedelta(hours=12),
    "invitation": timedelta(days=14),
    "reset": timedelta(minutes=30),
}


class Links(Sessions):
    """Links that work once; only their hashes are kept."""

    def make_sign_in_link(self, user_id: int) -> str:
        """Return a token that signs this person in once."""
        return self._make("sign in", user_id=user_id)

    def make_reset_link(self, user_id: int, made_by: int | None = None) -> str:
        """Return a token that sets a new password once, and spend those made before."""
        found = self.row("SELECT disabled_at FROM user WHERE id = ?", [user_id])
        if found and found["disabled_at"]:
            raise BadInput("This account is closed; reopen it first.")
        self.execute("DELETE FROM one_time_link WHERE kind = 'reset' AND user_id = ?", [user_id])
        return self._make("reset", user_id=user_id, made_by=made_by)

    def invite(
        self,
        study_key: str | None,
        roles: Sequence[str],
        *,
        areas: Sequence[int] | None = None,
        blind: bool = False,
        note: str = "",
        made_by: int | None = None,
    ) -> str:
        """Return a token by which one person joins, with these roles, areas and blinding."""
        return self._make(
            "invitation",
            study_key=study_key,
            roles=json.dumps(sorted(roles)),
            areas=None if areas is None else json.dumps(sorted(areas)),
            blind=int(blind),
            note=note.strip()[:200],
            made_by=made_by,
        )

    def link(self, kind: str, token: str) -> Row | None:
        """Look at a link without spending it; None where it is spent, lapsed or unknown."""
        return self.row(
            "SELECT * FROM one_time_link WHERE kind = ? AND token_sha256 = ? AND expires_at > ?",
            [kind, hashed(token), stamp()],
        )

    def spend_link(self, kind: str, token: str) -> Row | None:
        """Take a link out of use and return what it said; None for whoever comes second."""
        found = self.link(kind, token)
        if found is None:
            return None
        spent = self.execute("DELETE FROM one_time_link WHERE id = ?", [found["id"]])
        return found if spent else None

    def use_sign_in_link(self, token: str, agent: str = "") -> str | None:
        """Spend a link and return a new session's token, or None where it is spent or unknown."""
        found = self.spend_link("sign in", token)
        return self.open_session(found["user_id"], agent) if found else None

    def invitations(self, study_key: str | None) -> list[Row]:
        """List the open invitations to a study."""
        return self.rows(
            "SELECT id, roles, areas, blind, note, expires_at FROM one_time_link"
            " WHERE kind = 'invitation' AND study_key IS ? AND expires_at > ? ORDER BY id",
            [study_key, stamp()],
        )

    def withdraw_invitation(self, study_key: str | None, link_id: int) -> bool:
        """Take an invitation back before it is used."""
        sql = "DELETE FROM one_time_link WHERE kind = 'invitation' AND study_key IS ? AND id = ?"
        return self.execute(sql, [study_key, link_id]) == 1

    def _make(self, kind: str, **values: Any) -> str:
        token = new_token()
        row = {
            "kind": kind,
            "token_sha256": hashed(token),
            "expires_at": stamp(LASTS[kind]),
            **values,
        }

        def run(db: Any) -> None:
            db.execute("DELETE FROM one_time_link WHERE expires_at <= ?", [stamp()])
            db.table("one_time_link").insert(row)

        self.change(run)
        return token
