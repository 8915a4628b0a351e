"""Whom an earlier wave showed a nudge: their answers say nothing of untreated people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from ..areas import waves

if TYPE_CHECKING:
    import numpy as np

    from .tables import Asked


def treated_before(db: Database, data: Asked) -> tuple[np.ndarray[Any, Any] | None, list[str]]:
    """Say which respondents an earlier wave showed a nudge, by their ids."""
    earlier = [row for row in waves(db) if row["position"] < data.wave["position"]]
    ids: set[str] = set()
    for wave in earlier:
        ids |= _nudged(db, wave["id"])
    if not ids:
        return None, []
    if not data.mapping.respondent:
        return None, [
            "These answers have no respondent ids, so it cannot be told whom an earlier wave "
            "showed a nudge; if the same people answered, the figures are not of untreated ones."
        ]
    treated = data.found.frame["respondent"].astype(str).isin(ids).to_numpy()
    if not treated.any():
        return None, []
    return treated, [f"{int(treated.sum()):,} whom an earlier wave showed a nudge do not count."]


def _nudged(db: Database, wave_id: int) -> set[str]:
    from analysis.responses import find_import, load_responses
    from analysis.stored_allocation import stored_allocation

    frame = stored_allocation(db, wave_id)
    if frame is not None:
        arms = _receipt_arms(db, wave_id)
    elif find_import(db, wave_id):
        frame, design = load_responses(db, wave_id)
        arms = design.arms
    else:
        return set()
    nudged = frame[frame["arm"].notna() & (frame["arm"] != arms[0])]
    return set(nudged["respondent"].astype(str))


def _receipt_arms(db: Database, wave_id: int) -> Sequence[str]:
    from analysis.stored_allocation import find_receipt

    receipt: Any = find_receipt(db, wave_id)
    return tuple(receipt["arms"])
