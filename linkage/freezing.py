"""Freezing: codebook and codings stay as they are, under a hash, until the freeze is lifted."""

import hashlib
import json
from typing import Any

from sqlite_utils import Database

from coding.checks import insert, now
from coding.errors import BadInput

Row = dict[str, Any]

_WORDS = (
    "SELECT guid, name, colour, definition, include, exclude, example, parent_id FROM code"
    " ORDER BY id",
    "SELECT transcript_id, start, end, code_id, coder_id, quote FROM coding"
    " ORDER BY transcript_id, start, end, code_id, coder_id",
)


def coding_hash(db: Database) -> str:
    """Return the sha256 of the codebook and of every coding, as they are now."""
    digest = hashlib.sha256()
    for query in _WORDS:
        for row in db.execute(query):
            digest.update(json.dumps(row).encode())
    return digest.hexdigest()


def freeze(db: Database, coder_id: int) -> int:
    """Freeze the coding; raises BadInput where it is frozen already."""
    if frozen(db):
        raise BadInput("The coding is frozen already.")
    row = {"coding_sha256": coding_hash(db), "frozen_at": now(), "frozen_by": coder_id}
    return insert(db, "freeze", row)


def lift_freeze(db: Database, coder_id: int) -> None:
    """Let people code again; the freeze and its lifting stay on record."""
    found = frozen(db)
    if found is None:
        raise BadInput("The coding is not frozen.")
    db.table("freeze").update(found["id"], {"lifted_at": now(), "lifted_by": coder_id})


def frozen(db: Database) -> Row | None:
    """Return the freeze that holds now, or None."""
    return next(iter(db.table("freeze").rows_where("lifted_at IS NULL")), None)


def freezes(db: Database) -> list[Row]:
    """List all freezes with the names of those who made and lifted them, the newest first."""
    return list(
        db.query(
            "SELECT f.*, a.name AS frozen_by_name, b.name AS lifted_by_name FROM freeze f"
            " JOIN coder a ON a.id = f.frozen_by LEFT JOIN coder b ON b.id = f.lifted_by"
            " ORDER BY f.id DESC"
        )
    )


def hide_results(db: Database, hidden: bool) -> None:
    """Set whether coders wait for the effects until the coding is frozen."""
    db.table("study").update(1, {"results_hidden": int(hidden)})


def results_wait(db: Database) -> bool:
    """Whether coders must not see effects now."""
    hidden = db.execute("SELECT results_hidden FROM study").fetchone()[0]
    return bool(hidden) and frozen(db) is None
