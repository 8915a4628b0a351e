"""The plan of a wave in the study: drafted, frozen with its hash, and held beside the results."""

from __future__ import annotations

from hashlib import sha256
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
    results, when this version was frozen (`answered_at`, `results_seen_at`: since when).
    """
    from analysis.plan import from_json

    found = next((row for row in versions(db, wave_id) if row["frozen_at"]), None)
    if found is None:
        return None
    return {
        **found,
        "plan": from_json(found["body"]),
        "after_answers": bool(found["answered_at"]),
        "after_results": bool(found["results_seen_at"]),
    }


def draft_of(db: Database, wave_id: int) -> Row | None:
    """Return the draft of a wave's plan with its `plan`, or None where there is none."""
    from analysis.plan import from_json

    newest = next(iter(versions(db, wave_id)), None)
    if newest is None or newest["frozen_at"]:
        return None
    return {**newest, "plan": from_json(newest["body"])}


def save_draft(
    db: Database, wave_id: int, plan: Plan, *, revision: int | None = None, reason: str = ""
) -> int:
    """Store a draft, the first version or an amendment of a frozen plan; returns its version.

    Raises Conflict where somebody saved the draft since `revision`, BadInput where an amendment
    has no reason.
    """
    from analysis.plan import to_json

    reason = check_text(reason, "The reason", 2000)
    check_text(plan.notes, "The notes")
    newest = next(iter(versions(db, wave_id)), None)
    amends = newest is not None and (newest["frozen_at"] or newest["version"] > 1)
    if amends and not reason:
        raise BadInput("Say why the frozen plan is amended.")
    if newest is None or newest["frozen_at"]:
        if revision:
            raise Conflict("The draft that you opened was frozen or dropped since; open it anew.")
        version = newest["version"] + 1 if newest else 1
        row = {"wave_id": wave_id, "version": version, "body": to_json(plan), "reason": reason}
        insert(db, "plan", {**row, "created_at": now()})
        return int(version)
    _check_revision(newest, revision)
    changed = {"body": to_json(plan), "reason": reason, "revision": newest["revision"] + 1}
    db.table("plan").update(newest["id"], changed)
    return int(newest["version"])


def freeze_plan(db: Database, wave_id: int, coder_id: int, revision: int | None = None) -> str:
    """Freeze the draft as it stands and return its hash; it can then only be amended.

    Raises Conflict where it was saved since the `revision` that was read.
    """
    from analysis.plan import from_json, plan_hash, to_json

    newest = next(iter(versions(db, wave_id)), None)
    if newest is None:
        raise BadInput("There is no plan of this wave yet; write one first.")
    if newest["frozen_at"]:
        raise BadInput("The plan of this wave is frozen already; amend it with a reason.")
    _check_revision(newest, revision)
    plan = from_json(newest["body"])
    frozen = {"plan_sha256": plan_hash(plan), "frozen_at": now(), "frozen_by": coder_id}
    frozen |= dict(zip(("answered_at", "results_seen_at"), before_now(db, wave_id), strict=True))
    db.table("plan").update(newest["id"], {"body": to_json(plan), **frozen})
    return str(frozen["plan_sha256"])


def before_now(db: Database, wave_id: int) -> tuple[str | None, str | None]:
    """Return since when the wave has answers, and since when somebody has seen its results."""
    answered = db.execute(
        "SELECT min(imported_at) FROM survey_import WHERE wave_id = ? AND state = 'complete'",
        [wave_id],
    ).fetchone()[0]
    seen = db.execute(
        "SELECT min(seen_at) FROM result_seen WHERE wave_id = ?", [wave_id]
    ).fetchone()[0]
    return answered, seen


def drop_draft(db: Database, wave_id: int, revision: int | None = None) -> None:
    """Remove the draft; what is frozen stays."""
    newest = next(iter(versions(db, wave_id)), None)
    if newest is None or newest["frozen_at"]:
        raise BadInput("This wave has no draft to drop.")
    _check_revision(newest, revision)
    db.table("plan").delete(newest["id"])


def _check_revision(row: Row, revision: int | None) -> None:
    if revision is not None and revision != row["revision"]:
        raise Conflict("Somebody else saved this plan since you opened it; open it anew.")


def altered_plans(db: Database) -> list[str]:
    """Return a sentence for each frozen plan that is not what its hash says."""
    rows = db.query(
        "SELECT p.version, p.body, p.plan_sha256, w.name FROM plan p JOIN wave w"
        " ON w.id = p.wave_id WHERE p.frozen_at IS NOT NULL ORDER BY p.id"
    )
    return [
        f"The frozen plan of {row['name']} (version {row['version']}) is not what its hash says."
        for row in list(rows)
        if sha256(row["body"].encode()).hexdigest() != row["plan_sha256"]
    ]


def note_seen(db: Database, wave_id: int, coder_id: int, what: str) -> bool:
    """Note that somebody saw results of a wave, once a kind; returns whether that was new."""
    row = {"wave_id": wave_id, "coder_id": coder_id, "what": what}
    if db.table("result_seen").count_where(
        "wave_id = :wave_id AND coder_id = :coder_id AND what = :what", row
    ):
        return False
    insert(db, "result_seen", {**row, "seen_at": now()})
    return True


def was_seen(db: Database, wave_id: int, guid: str, what: str) -> bool:
    """Say whether it is noted that a person saw such results of a wave."""
    found = db.execute(
        "SELECT 1 FROM result_seen s JOIN coder c ON c.id = s.coder_id"
        " WHERE s.wave_id = ? AND c.guid = ? AND s.what = ?",
        [wave_id, guid, what],
    )
    return found.fetchone() is not None


def who_saw(db: Database, wave_id: int) -> list[Row]:
    """List who saw which results of a wave, and when first."""
    return list(
        db.query(
            "SELECT c.name, s.what, s.seen_at FROM result_seen s JOIN coder c ON c.id = s.coder_id"
            " WHERE s.wave_id = ? ORDER BY s.seen_at, s.id",
            [wave_id],
        )
    )
