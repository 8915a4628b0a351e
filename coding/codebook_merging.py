"""Merging codes: one survives with the codings, memos and nested codes of all."""

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from .checks import Row
from .codebook import check_revision, codebook, get_code, update_code
from .errors import BadInput
from .framework import move_summaries
from .recoding import Recoding, plan_recoding, recode


@dataclass(frozen=True)
class Merge:
    """What merging would do: which code survives, which go, and what of theirs moves."""

    into: Row
    gone: tuple[Row, ...]
    codings: Recoding
    code_memos: int
    nested: tuple[Row, ...]  # codes under one that goes, which go under the survivor
    parent_id: int | None  # where the survivor stands afterwards

    def joined(self, field: str) -> str:
        """Set the texts of all codes one after the other, each once, the survivor's first."""
        texts = [row[field].strip() for row in (self.into, *self.gone)]
        return "\n\n".join(dict.fromkeys(text for text in texts if text))


def plan_merge(db: Database, code_ids: Collection[int], into_id: int) -> Merge:
    """Say what merging would do, without doing it.

    Raises BadInput for fewer than two codes, a survivor that is none of them, or nested codes of
    one name that would come to stand at one place.
    """
    codes = {row["id"]: row for row in codebook(db)}
    for code_id in {*code_ids, into_id}:
        get_code(db, code_id)
    if into_id not in code_ids:
        raise BadInput("Say which of the codes survives; it must be one of those merged.")
    gone = tuple(row for row in codes.values() if row["id"] in code_ids and row["id"] != into_id)
    if not gone:
        raise BadInput("Choose at least two codes to merge.")
    away = {row["id"] for row in gone}
    nested = tuple(
        row for row in codes.values() if row["parent_id"] in away and row["id"] not in code_ids
    )
    _check_nested(codes, nested, into_id, away)
    plan = plan_recoding(db, _codings(db, away), into_id)
    memos = db.execute(
        "SELECT count(*) FROM memo WHERE code_id IN (SELECT value FROM json_each(?))",
        [json.dumps(sorted(away))],
    ).fetchone()[0]
    return Merge(codes[into_id], gone, plan, memos, nested, _place(codes, into_id, away))


def merge_codes(
    db: Database,
    code_ids: Collection[int],
    into_id: int,
    revisions: Mapping[int, int] | None = None,
    **fields: Any,
) -> Merge:
    """Merge codes into one of them; `fields` are its name and texts afterwards.

    Of codings of one coder on the very same words, one stays. Raises Conflict where somebody
    changed one of the codes since the revision that is given for it.
    """
    for code_id, revision in (revisions or {}).items():
        check_revision(get_code(db, code_id), revision)
    plan = plan_merge(db, code_ids, into_id)
    away = [row["id"] for row in plan.gone]
    recode(db, _codings(db, away), into_id)
    db.conn.executemany(
        "UPDATE memo SET code_id = ? WHERE code_id = ?", [(into_id, i) for i in away]
    )
    for code_id in away:
        move_summaries(db, "code_id", code_id, into_id)
        # A decision on the very same codings is there already, and the other would be a second.
        db.execute(
            "UPDATE OR IGNORE adjudication SET code_id = ? WHERE code_id = ?", [into_id, code_id]
        )
    # Names and places are taken until the others are gone, so what is nested waits for that.
    db.execute("PRAGMA defer_foreign_keys=ON")
    db.conn.executemany("DELETE FROM code WHERE id = ?", [(code_id,) for code_id in away])
    if plan.parent_id != plan.into["parent_id"]:
        fields["parent_id"] = plan.parent_id
    update_code(db, into_id, plan.into["revision"], **fields)
    for row in plan.nested:
        update_code(db, row["id"], row["revision"], parent_id=into_id)
    return plan


def _codings(db: Database, code_ids: Collection[int]) -> list[int]:
    rows = db.execute(
        "SELECT id FROM coding WHERE code_id IN (SELECT value FROM json_each(?))",
        [json.dumps(sorted(code_ids))],
    ).fetchall()
    return [row[0] for row in rows]


def _place(codes: dict[int, Row], into_id: int, away: set[int]) -> int | None:
    """Find where the survivor stands: in place of the topmost code above it that goes."""
    above: int | None = codes[into_id]["parent_id"]
    place = above
    while above is not None:
        if above in away:
            place = codes[above]["parent_id"]
        above = codes[above]["parent_id"]
    return place


def _check_nested(
    codes: dict[int, Row], nested: tuple[Row, ...], into_id: int, away: set[int]
) -> None:
    there = [row for row in codes.values() if row["parent_id"] == into_id and row["id"] not in away]
    names = Counter(
        row["name"].casefold() for row in {r["id"]: r for r in (*there, *nested)}.values()
    )
    for row in nested:
        if names[row["name"].casefold()] > 1:
            raise BadInput(
                f"Two of the codes have a nested code “{row['name']}”; "
                "merge or rename those first, so that both can stand under the one that survives."
            )
