"""Check an allocation again: its receipt against a frame, and what is stored against its hash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from coding.errors import BadInput

from ..areas import find_wave, waves

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]


def check_allocation(
    db: Database, wave_key: str, frame: pd.DataFrame, batch: int | None = None
) -> tuple[Row, list[str]]:
    """Allocate a frame again by a stored receipt and compare; nothing is stored.

    Parameters
    ----------
    batch : int, optional
        Which batch the frame was of; that whose frame it is where absent.

    Returns
    -------
    receipt : dict
        As stored, of the batch that was checked.
    problems : list of str
        What differs, in sentences; empty where all holds.

    Raises
    ------
    BadInput
        The wave is not allocated, has no such batch, or the frame cannot be read by the receipt.
    """
    from analysis.errors import BadInput as UnreadFrame
    from analysis.stored_allocation import find_receipts

    wave_id = int(find_wave(db, wave_key)["id"])
    receipts = find_receipts(db, wave_id)
    if not receipts:
        raise BadInput("This wave is not allocated yet, so there is no receipt to check.")
    if batch is not None:
        receipt = next((row for row in receipts if row["batch"] == batch), None)
        if receipt is None:
            raise BadInput(f"This wave has {len(receipts)} batches; there is no batch {batch}.")
        return receipt, _check(db, wave_id, receipt, frame)
    found, unread = [], []
    for receipt in receipts:
        try:
            found.append((receipt, _check(db, wave_id, receipt, frame)))
        except UnreadFrame as error:
            unread.append(error)
    if not found:
        raise unread[0]
    return min(found, key=lambda one: len(one[1]))


def _check(db: Database, wave_id: int, stored: Row, frame: pd.DataFrame) -> list[str]:
    from analysis.allocation import verify
    from analysis.stored_allocation import receipt_of, stored_allocation

    rows = stored_allocation(db, wave_id)
    assert rows is not None
    earlier = rows[rows["batch"] < stored["batch"]]
    receipt = receipt_of(stored)
    found = verify(frame, receipt, earlier if len(earlier) else None)
    return [*found, *_differs(rows[rows["batch"] == stored["batch"]], receipt)]


def _differs(rows: pd.DataFrame, receipt: Any) -> list[str]:
    from analysis.allocation import result_hash

    if result_hash(rows) == receipt.result_sha256:
        return []
    return ["The rows stored are not those that the receipt was written for."]


def check_stored(db: Database) -> list[str]:
    """Say of which batches the stored rows are not those of their receipt, in the whole study."""
    from analysis.stored_allocation import find_receipts, receipt_of, stored_allocation

    problems = []
    for wave in waves(db):
        rows = stored_allocation(db, wave["id"])
        if rows is None:
            continue
        for stored in find_receipts(db, wave["id"]):
            mine = rows[rows["batch"] == stored["batch"]]
            if _differs(mine, receipt_of(stored)):
                problems.append(
                    f"The allocation of wave {wave['key']}, batch {stored['batch']}, is not the "
                    "one that its receipt names."
                )
    return problems
