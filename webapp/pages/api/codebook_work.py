"""Moving, merging and splitting codes as JSON."""

from typing import Any

from flask.typing import ResponseReturnValue

from coding import codebook_merging as merging
from coding import codebook_moving as moving
from coding import codebook_splitting as splitting
from coding.codebook import TEXTS, get_code

from ...current import study
from ...openapi import described
from .blueprint import CODE, STUDY, pages

Row = dict[str, Any]
STALE = {409: "Somebody else changed one of the codes meanwhile; `current` is it as it is now."}


@pages.post(f"{CODE}/move")
@described("Words", "Revised", sent="CodeMove", refused=STALE)
def move_code(code_id: int, sent: Row) -> Row:
    """Move a code with all that is nested under it."""
    name = get_code(study().db, code_id)["name"]
    revision = study().change(
        f"move the code “{name}”", lambda db: moving.move_code(db, code_id, **sent)
    )
    return {"revision": revision}


@pages.post(f"{STUDY}/codes/merge")
@described("Words", "Merged", sent="CodeMerge", refused=STALE)
def merge_codes(sent: Row) -> Row:
    """Merge codes into one of them, or with `dry_run` only say what that would do."""
    codes, into, given = set(sent["code_ids"]), sent["into_id"], sent.get("revisions", {})
    plan = merging.plan_merge(study().db, codes, into)
    if not sent.get("dry_run"):
        seen = {code: given[str(code)] for code in codes if str(code) in given}
        texts = {field: plan.joined(field) for field in TEXTS} | {
            field: sent[field] for field in ("name", *TEXTS) if field in sent
        }
        away = ", ".join(f"“{row['name']}”" for row in plan.gone)
        plan = study().change(
            f"merge {away} into “{plan.into['name']}”",
            lambda db: merging.merge_codes(db, codes, into, seen, **texts),
        )
    return {
        "into_id": into,
        "gone": [row["id"] for row in plan.gone],
        "codings_moved": len(plan.codings.moves),
        "codings_joined": len(plan.codings.doubles),
        "memos_moved": plan.code_memos + plan.codings.memos,
        "nested": [row["id"] for row in plan.nested],
        "done": not sent.get("dry_run"),
    }


@pages.post(f"{CODE}/split")
@described("Words", "Made", 201, sent="CodeSplit", refused=STALE)
def split_code(code_id: int, sent: Row) -> ResponseReturnValue:
    """Move codings of a code to a new one of a name, or to one that is there."""
    name = get_code(study().db, code_id)["name"]
    made = study().change(
        f"split the code “{name}”", lambda db: splitting.split_code(db, code_id, **sent)
    )
    return {"id": made}, 201
