"""The plan of a wave in the study: drafted, frozen with its hash, and held beside the results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from coding.checks import check_text, insert, now
from coding.errors import BadInput, Conflict

if TYPE_CHECKING:
    from analysis.plan import Plan

Row = dict[str, Any]


def versions(db: Database, wave_id: int) -> list[Row]:
    """List a wave's plan in all its versions, the newest first; `frozen_at` is null of a draft."""
    return list(
        db.query(
            "SELECT p.*, c.name AS frozen_by_name FROM plan p"
            " LEFT JOIN coder c ON c.id = p.frozen_by WHERE p.wave_id = ? ORDER BY p.version DESC",
            [wave_id],
        )
    )


def frozen_plan(db: Database, wave_id: int) -> Row | None:
    """Return the newest frozen version with its `plan`, and what came before it.

    `after_answers` and `after_results`: whether the wave had answers, or somebody had seen its
    results, when this version was frozen.
    """
    from analysis.plan import from_json

    found = next((row for row in versions(db, wave_id) if row["frozen_at"]), None)
    if found is None:
        return None
    answered = db.execute(
        "SELECT min(imported_at) FROM survey_import WHERE wave_id = ? AND state = 'complete'",
        [wave_id],
    ).fetchone()[0]
    seen = db.execute(
        "SELECT min(seen_at) FROM result_seen WHERE wave_id = ?", [wave_id]
    ).fetchone()[0]
    return {
        **found,
        "plan": from_json(found["body"]),
        "after_answers": bool(answered and answered <= found["frozen_at"]),
        "after_results": bool(seen and seen <= found["frozen_at"]),
    }


def save_draft(
    db: Database, wave_id: int, plan: Plan, *, revision: int | None = None, reason: str = ""
) -> int:
    """Store a draft, the first version or an amendment of a frozen plan; returns its version.

    Raises Conflict where somebody saved the draft since `revision`, BadInput where an amendment
    has no reason.
    """
    from analysis.plan import to_json

    reason = check_text(reason, "The reason", 2000)
    newest = next(iter(versions(db, wave_id)), None)
    if newest is None or newest["frozen_at"]:
        if newest and not reason:
            raise BadInput("Say why the frozen plan is amended.")
        version = newest["version"] + 1 if newest else 1
        row = {"wave_id": wave_id, "version": version, "body": to_json(plan), "reason": reason}
        insert(db, "plan", {**row, "created_at": now()})
        return int(version)
    if revision is not None and revision != newest["revision"]:
        raise Conflict("Somebody else saved this plan since you opened it; open it anew.")
    changed = {"body": to_json(plan), "reason": reason, "revision": newest["revision"] + 1}
    db.table("plan").update(newest["id"], changed)
    return int(newest["version"])


def freeze_plan(db: Database, wave_id: int, coder_id: int) -> str:
    """Freeze the draft under its hash, which is returned; nothing of it changes any more."""
    from analysis.plan import from_json, plan_hash

    newest = next(iter(versions(db, wave_id)), None)
    if newest is None:
        raise BadInput("There is no plan of this wave yet; write one first.")
    if newest["frozen_at"]:
        raise BadInput("The plan of this wave is frozen already; amend it with a reason.")
    digest = plan_hash(from_json(newest["body"]))
    row = {"plan_sha256": digest, "frozen_at": now(), "frozen_by": coder_id}
    db.table("plan").update(newest["id"], row)
    return digest


def note_seen(db: Database, wave_id: int, coder_id: int, what: str) -> bool:
    """Note that somebody saw results of a wave, once a kind; returns whether that was new."""
    row = {"wave_id": wave_id, "coder_id": coder_id, "what": what}
    if db.table("result_seen").count_where(
        "wave_id = :wave_id AND coder_id = :coder_id AND what = :what", row
    ):
        return False
    insert(db, "result_seen", {**row, "seen_at": now()})
    return True


def who_saw(db: Database, wave_id: int) -> list[Row]:
    """List who saw which results of a wave, and when first."""
    return list(
        db.query(
            "SELECT c.name, s.what, s.seen_at FROM result_seen s JOIN coder c ON c.id = s.coder_id"
            " WHERE s.wave_id = ? ORDER BY s.seen_at, s.id",
            [wave_id],
        )
    )
