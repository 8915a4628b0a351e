"""Closing the codebook: its codes stay as they are, while passages can still be coded."""

from sqlite_utils import Database

from .checks import Row, insert, now
from .errors import BadInput

CLOSED = (
    "The codebook is closed, so no code can be added, changed, moved, merged, split or deleted; "
    "an owner can open it on the codebook's page."
)


def close_codebook(db: Database, coder_id: int) -> int:
    """Close the codebook; raises BadInput where it is closed already."""
    if closing(db):
        raise BadInput("The codebook is closed already.")
    return insert(db, "codebook_closing", {"closed_at": now(), "closed_by": coder_id})


def open_codebook(db: Database, coder_id: int) -> None:
    """Let people change codes again; the closing and its end stay on record."""
    held = closing(db)
    if held is None:
        raise BadInput("The codebook is not closed.")
    db.table("codebook_closing").update(held["id"], {"opened_at": now(), "opened_by": coder_id})


def closing(db: Database) -> Row | None:
    """Return the closing that holds now with the name of who closed the codebook, or None."""
    return next(
        db.query(
            "SELECT c.*, coder.name AS closed_by_name FROM codebook_closing c"
            " JOIN coder ON coder.id = c.closed_by WHERE c.opened_at IS NULL"
        ),
        None,
    )


def check_open(db: Database) -> None:
    """Raise BadInput while the codebook is closed."""
    if closing(db):
        raise BadInput(CLOSED)
