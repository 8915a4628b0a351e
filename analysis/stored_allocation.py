"""A wave's allocation in the study: who was assigned to which arm, and the receipt."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
from sqlite_utils import Database

from .allocation import Receipt
from .errors import BadInput


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
    db.conn.executemany(
        "INSERT INTO allocation (receipt_id, respondent, area_id, block, arm)"
        " VALUES (?, ?, ?, ?, ?)",
        [
            (receipt_id, respondent, area_ids.get(label), block, arm)
            for respondent, label, block, arm in zip(
                allocated["respondent"], labels, allocated["block"], allocated["arm"], strict=True
            )
        ],
    )
    return receipt_id


def find_receipt(db: Database, wave_id: int) -> dict[str, Any] | None:
    """Return a wave's receipt as stored, `within` and `arms` as tuples, or None."""
    row = next(db.table("allocation_receipt").rows_where("wave_id = ?", [wave_id]), None)
    if row is None:
        return None
    return {**row, **{name: tuple(json.loads(row[name])) for name in ("within", "arms")}}


def stored_allocation(db: Database, wave_id: int) -> pd.DataFrame | None:
    """Return a wave's allocation: respondent, area_id, area (key), block, arm; or None."""
    receipt = find_receipt(db, wave_id)
    if receipt is None:
        return None
    rows = db.query(
        "SELECT a.respondent, a.area_id, area.key AS area, a.block, a.arm FROM allocation a"
        " LEFT JOIN area ON area.id = a.area_id WHERE a.receipt_id = ? ORDER BY a.id",
        [receipt["id"]],
    )
    return pd.DataFrame(rows, columns=["respondent", "area_id", "area", "block", "arm"])


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
