"""Store an allocation that was drawn, and fix with it the messages that it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Database

from coding.checks import Row, insert
from coding.errors import BadInput

from ..areas import areas, ensure_wave
from ..messages import list_messages
from ..messages.approving import check_refused
from ..messages.evidence import check_evidence
from ..messages.reading import shown_versions
from .drawing import Drawn

if TYPE_CHECKING:
    import pandas as pd

Tables = tuple["pd.DataFrame", "pd.DataFrame"]


def store(db: Database, drawn: Drawn) -> int:
    """Store what was drawn, whole or not at all; returns the number of the receipt.

    Raises BadInput where the wave was allocated or added to meanwhile, or a message rests on
    words spoken too late or quotes somebody who refused.
    """
    from analysis.stored_allocation import areas_allocated, store_allocation, store_balance

    if not set(drawn.area_ids.values()) <= {row["id"] for row in areas(db)}:
        raise BadInput("An area of this frame was removed meanwhile; look at the frame again.")
    with db.atomic():
        wave_id = ensure_wave(db, drawn.wave)
        before = areas_allocated(db, wave_id)
        receipt_id = store_allocation(
            db, wave_id, drawn.allocated, drawn.receipt, drawn.area_ids, drawn.day
        )
        _fix_messages(db, wave_id, drawn, receipt_id, before)
        store_balance(db, receipt_id, drawn.balance)
    return receipt_id


def _fix_messages(
    db: Database, wave_id: int, drawn: Drawn, receipt_id: int, before: set[int]
) -> None:
    """Fix each area's messages; who is added to an area is shown what it was shown before."""
    here, shown = set(drawn.area_ids.values()), shown_versions(db)
    for message in list_messages(db, wave_id):
        if not message["version_id"] or message["area_id"] not in here:
            continue
        if message["area_id"] in before and message["version_id"] not in shown:
            continue
        _check(db, message, drawn)
        row = {"receipt_id": receipt_id, "message_version_id": message["version_id"]}
        insert(db, "message_shown", row)


def _check(db: Database, message: Row, drawn: Drawn) -> None:
    quotes = {e["id"] for s in message["sentences"] for e in s["evidence"]}
    check_evidence(db, message, quotes, drawn.day.isoformat())
    check_refused(message)


def kept_balance(db: Database, receipt_id: int) -> Tables | None:
    """Return the balance kept with a receipt as frames by area key, or None where none is.

    Frames: differences and tests, as `analysis.balance.from_kept`; a reader limited to some areas
    finds only these.
    """
    from analysis.balance import from_kept
    from analysis.stored_allocation import balance_bodies

    bodies = balance_bodies(db, receipt_id)
    return from_kept(bodies) if bodies else None
