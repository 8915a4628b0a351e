"""What changed since, undo and redo, as JSON."""

from collections.abc import Callable
from typing import Any

from flask_login import current_user

from linkage import undo as reversal
from linkage.feed import read_feed

from ...current import study
from ...openapi import described
from .blueprint import STUDY, pages

Row = dict[str, Any]
LATER = {409: "Somebody changed the same thing since, or something made since depends on it."}


@pages.get(f"{STUDY}/changes")
@described("History", "Changes", asked="SinceChange")
def changes(asked: Row) -> Row:
    """Read what changed since a change, oldest first; ask again from `last`."""
    last, rows = read_feed(study().db, asked["since"])
    return {"last": last, "changes": rows}


@pages.post(f"{STUDY}/undo")
@described("History", "Reversed", refused=LATER)
def undo() -> Row:
    """Undo one's own last change to codings, memos or codes."""
    return _reverse("undo", reversal.undo)


@pages.post(f"{STUDY}/redo")
@described("History", "Reversed", refused=LATER)
def redo() -> Row:
    """Do again what one undid last."""
    return _reverse("redo", reversal.redo)


def _reverse(kind: str, run: Callable[..., str]) -> Row:
    guid = current_user.guid
    return {"action": study().change(kind, lambda db: run(db, guid, objects=reversal.DESK))}
