"""Splitting a code: some of its codings go to a new code, or to another one."""

import json
from collections.abc import Collection
from dataclasses import dataclass

from sqlite_utils import Database

from .codebook import add_code, check_revision, get_code
from .codebook_closing import check_open
from .errors import BadInput, Conflict
from .recoding import Recoding, plan_recoding, recode

NO_CODE = 0


@dataclass(frozen=True)
class Split:
    """What a split does: how many codings go, of how many, from whom and where."""

    codings: Recoding
    chosen: int
    of: int
    transcripts: int
    coders: int


def plan_split(
    db: Database, code_id: int, coding_ids: Collection[int], to_id: int | None = None
) -> Split:
    """Say what a split would do; `to_id` None is a code that is still to be made.

    Raises Conflict where one of the codings is no longer the code's.
    """
    code = get_code(db, code_id)
    if to_id is not None:
        get_code(db, to_id)
    if to_id == code_id:
        raise BadInput("Choose another code than the one that is split.")
    if not coding_ids:
        raise BadInput("Choose at least one coding that goes to the other code.")
    chosen = json.dumps(sorted(set(coding_ids)))
    own, transcripts, coders = db.execute(
        "SELECT count(*), count(DISTINCT transcript_id), count(DISTINCT coder_id) FROM coding"
        " WHERE code_id = ? AND id IN (SELECT value FROM json_each(?))",
        [code_id, chosen],
    ).fetchone()
    if own != len(set(coding_ids)):
        raise Conflict(
            f"Somebody changed the codings of “{code['name']}” meanwhile; "
            "look at them as they are now and choose again."
        )
    whole = db.table("coding").count_where("code_id = ?", [code_id])
    return Split(plan_recoding(db, coding_ids, to_id or NO_CODE), own, whole, transcripts, coders)


def split_code(
    db: Database,
    code_id: int,
    coding_ids: Collection[int],
    *,
    to_id: int | None = None,
    name: str = "",
    nest: bool = False,
    revision: int | None = None,
) -> int:
    """Move codings to a code, or to a new one of that name; returns that code.

    A new code stands beside the one that is split, or with `nest` under it.
    """
    check_open(db)
    code = get_code(db, code_id)
    if revision is not None:
        check_revision(code, revision)
    plan_split(db, code_id, coding_ids, to_id)
    if to_id is None:
        place = code_id if nest else code["parent_id"]
        to_id = add_code(db, name, place)
    recode(db, coding_ids, to_id)
    return to_id
