"""A wave's allocation in the study: who was assigned to which arm, and the receipt."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
from sqlite_utils import Database

from .allocation import Receipt
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
    """Store an allocation and its receipt; a wave is allocated once.

    Parameters
    ----------
    allocated, receipt
        As `analysis.allocation.allocate` returns them.
    area_ids : mapping
        Label of the first column of `within` → area id; rows of other labels have no area.
    allocated_on : date
        The day of the allocation; stories told on it or later cannot support the wave.
    """
    if db.table("allocation_receipt").count_where("wave_id = ?", [wave_id]):
        raise BadInput("This wave is allocated already, and a wave is allocated once; add a wave.")
    row = {
        "wave_id": wave_id,
        "frame_sha256": receipt.frame_sha256,
        "within": json.dumps(receipt.within),
        "arms": json.dumps(receipt.arms),
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
