"""Imports that later ones replaced: what, when, by whom, with the hash of the file."""

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

if TYPE_CHECKING:
    from .comparing import Difference

Row = dict[str, Any]
KEPT = ("wave_id", "file_name", "file_sha256", "mapping", "rows", "imported_at", "imported_by")


def keep_replaced(db: Database, earlier: Row, difference: "Difference", by: str | None) -> None:
    """Record an import before it is replaced, with what that changes, counted by item."""
    told = {
        "new": difference.new,
        "gone": difference.gone,
        "changed": difference.changed,
        "items": difference.items.to_dict("records"),
    }
    row = {name: earlier[name] for name in KEPT} | {
        "replaced_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "replaced_by": by,
        "difference": json.dumps(told, ensure_ascii=False),
    }
    db.table("replaced_import").insert(row)


def replaced_imports(db: Database, wave_id: int) -> list[Row]:
    """List a wave's replaced imports, the latest first, with `difference` as counts by item."""
    rows = db.table("replaced_import").rows_where("wave_id = ?", [wave_id], order_by="id DESC")
    return [{**row, "difference": json.loads(row["difference"])} for row in rows]
