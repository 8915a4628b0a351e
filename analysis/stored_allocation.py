"""A wave's allocation in the study: who was assigned to which arm, and the receipt."""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
from sqlite_utils import Database

from .allocation import Receipt
from .blocks import POOLED
from .errors import BadInput

LISTS = ("within", "arms", "shares")


def store_allocation(
    db: Database,
    wave_id: int,
    allocated: pd.DataFrame,
    receipt: Receipt,
    area_ids: Mapping[str, int],
    allocated_on: date,
) -> int:
    """Store an allocation and its receipt; what is stored never changes.

    Parameters
    ----------
    allocated, receipt
        As `analysis.allocation.allocate` returns them.
    area_ids : mapping
        Label of the first column of `within` → area id; rows of other labels have no area.
    allocated_on : date
        The day of the allocation; stories told on it or later cannot support the wave.

    Raises
    ------
    BadInput
        The wave is allocated and this is no addition to it, or somebody of it is allocated
        already; Conflict where another batch was stored since this one was drawn.
    """
    _check_batch(db, wave_id, receipt.batch)
    row = {
        "wave_id": wave_id,
        "batch": receipt.batch,
        "frame_sha256": receipt.frame_sha256,
        "within": json.dumps(receipt.within),
        "cluster": receipt.cluster,
        "arms": json.dumps(receipt.arms),
        "shares": json.dumps(receipt.shares),
        "seed": receipt.seed,
        "rule": receipt.rule,
        "respondents": receipt.respondents,
        "result_sha256": receipt.result_sha256,
        "allocated_on": allocated_on.isoformat(),
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    receipt_id = int(str(db.table("allocation_receipt").insert(row).last_pk))
    labels = allocated[receipt.within[0]] if receipt.within else allocated["block"]
    clusters = allocated["cluster"] if "cluster" in allocated else [None] * len(allocated)
    rows = zip(
        allocated["respondent"],
        map(area_ids.get, labels),
        allocated["block"],
        allocated["arm"],
        clusters,
        strict=True,
    )
    db.conn.executemany(
        "INSERT INTO allocation (receipt_id, respondent, area_id, block, arm, cluster)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        ((receipt_id, *row) for row in rows),
    )
    return receipt_id


def _check_batch(db: Database, wave_id: int, batch: int) -> None:
    stored = db.table("allocation_receipt").count_where("wave_id = ?", [wave_id])
    if batch == 1 and stored:
        raise BadInput(
            "This wave is allocated already, and a wave is allocated once; "
            "add respondents who came late to it, or add a wave."
        )
    if batch != stored + 1:
        raise BadInput("Somebody else added respondents to this wave meanwhile; look again.")


def find_receipts(db: Database, wave_id: int) -> list[dict[str, Any]]:
    """Return the receipts of a wave as stored, a batch each, lists as tuples."""
    rows = db.table("allocation_receipt").rows_where("wave_id = ?", [wave_id], order_by="batch")
    return [{**row, **{name: tuple(json.loads(row[name])) for name in LISTS}} for row in rows]


def find_receipt(db: Database, wave_id: int) -> dict[str, Any] | None:
    """Return the receipt of a wave's first batch, or None where the wave is not allocated."""
    return next(iter(find_receipts(db, wave_id)), None)


def stored_allocation(db: Database, wave_id: int) -> pd.DataFrame | None:
    """Return a wave's allocation, batch by batch, or None.

    Columns: respondent, area_id, area (key), block, arm, cluster (None where respondents were
    allocated one by one), batch.
    """
    if not find_receipts(db, wave_id):
        return None
    found = db.execute(
        "SELECT a.respondent, a.area_id, area.key AS area, a.block, a.arm, a.cluster, r.batch"
        " FROM allocation a JOIN allocation_receipt r ON r.id = a.receipt_id"
        " LEFT JOIN area ON area.id = a.area_id WHERE r.wave_id = ? ORDER BY r.batch, a.id",
        [wave_id],
    )
    return pd.DataFrame(found.fetchall(), columns=[column[0] for column in found.description])


def receipt_of(stored: Mapping[str, Any]) -> Receipt:
    """Return a stored receipt as `analysis.allocation.allocate` made it."""
    return Receipt(**{field.name: stored[field.name] for field in fields(Receipt)})


def areas_allocated(db: Database, wave_id: int) -> set[int]:
    """Return the areas of which somebody is allocated in a wave."""
    found = db.execute(
        "SELECT DISTINCT a.area_id FROM allocation a"
        " JOIN allocation_receipt r ON r.id = a.receipt_id"
        " WHERE r.wave_id = ? AND a.area_id IS NOT NULL",
        [wave_id],
    )
    return {int(row[0]) for row in found.fetchall()}


def store_balance(db: Database, receipt_id: int, bodies: Mapping[str, str]) -> None:
    """Keep a table of balance with its receipt: JSON by area id, and of “pooled” all together."""
    for place, body in bodies.items():
        area_id = None if place == POOLED else int(place)
        row = {"receipt_id": receipt_id, "area_id": area_id, "body": body}
        db.table("allocation_balance").insert(row)


def receipts_with_balance(db: Database, wave_id: int) -> set[int]:
    """Return the receipts of a wave with which a table of balance is kept."""
    found = db.execute(
        "SELECT DISTINCT b.receipt_id FROM allocation_balance b"
        " JOIN allocation_receipt r ON r.id = b.receipt_id WHERE r.wave_id = ?",
        [wave_id],
    )
    return {int(row[0]) for row in found.fetchall()}


def balance_bodies(db: Database, receipt_id: int) -> dict[str, str]:
    """Return a receipt's table of balance: JSON by area key in order, “pooled” last."""
    found = db.query(
        "SELECT coalesce(area.key, ?) AS place, b.body FROM allocation_balance b"
        " LEFT JOIN area ON area.id = b.area_id WHERE b.receipt_id = ?"
        " ORDER BY b.area_id IS NULL, area.position",
        [POOLED, receipt_id],
    )
    return {row["place"]: row["body"] for row in list(found)}


def arm_counts(db: Database, wave_id: int) -> list[dict[str, object]]:
    """Count the allocated by area and arm, without reading the rows one by one."""
    return list(
        db.query(
            "SELECT a.area_id, area.name AS area, a.arm, count(*) AS respondents"
            " FROM allocation a JOIN allocation_receipt r ON r.id = a.receipt_id"
            " LEFT JOIN area ON area.id = a.area_id WHERE r.wave_id = ?"
            " GROUP BY a.area_id, a.arm ORDER BY area.position, min(a.id)",
            [wave_id],
        )
    )
