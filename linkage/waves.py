"""A wave's allocation: who is shown what, fixed together with the messages of that day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from coding.checks import insert
from coding.errors import BadInput

from .areas import areas, ensure_wave, find_wave, known_areas, waves
from .messages import list_messages
from .messages.approving import check_refused
from .messages.evidence import check_evidence

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 5


def choose_wave(db: Database, key: str | None) -> str:
    """Return the key asked for; without one, that of the study's only wave, or “1”."""
    known = [str(row["key"]) for row in waves(db)]
    if key is None and len(known) > 1:
        raise BadInput(f"This study has several waves; say which: {', '.join(known)}.")
    return key or (known[0] if known else "1")


def find_wave_id(db: Database, key: str | None) -> int:
    """Return the id of the wave of that key, or of the latest with answers, or of the latest."""
    if key is not None:
        return int(find_wave(db, key)["id"])
    known = [int(row["id"]) for row in waves(db)]
    if not known:
        raise BadInput("This study has no wave yet; import a survey file or allocate one.")
    return max(answered_waves(db), key=known.index, default=known[-1])


def answered_waves(db: Database) -> set[int]:
    """Return the waves whose answers are complete."""
    return {
        row["wave_id"] for row in list(db.table("survey_import").rows_where("state = 'complete'"))
    }


def allocated_counts(db: Database, wave_id: int) -> dict[int, dict[str, int]]:
    """Count a wave's allocated by area id and arm, arms in the order of the receipt."""
    if not db.table("allocation_receipt").count_where("wave_id = ?", [wave_id]):
        return {}  # and nothing heavy is imported
    from analysis.stored_allocation import arm_counts, find_receipt

    receipt: Any = find_receipt(db, wave_id)
    counted: Any = {
        (row["area_id"], row["arm"]): row["respondents"] for row in arm_counts(db, wave_id)
    }
    return {
        area: {arm: counted[area, arm] for arm in receipt["arms"] if (area, arm) in counted}
        for area in dict.fromkeys(area for area, _ in counted)
    }


def allocate_wave(
    db: Database,
    wave_key: str,
    frame: pd.DataFrame,
    within: Sequence[str],
    arms: Sequence[str],
    seed: int,
    allocated_on: date | None = None,
) -> pd.DataFrame:
    """Allocate a sampling frame at random, store it, and fix the messages that it shows.

    Parameters
    ----------
    frame : DataFrame
        A row a respondent: ids, and the columns of `within`; nothing else of it is stored.
    within : sequence of str
        The columns that make the blocks; one of them names areas of the study.
    arms : sequence of str
        Two or more, the control first.
    seed : int
    allocated_on : date, optional
        Today where absent; words spoken on it or later cannot support this wave's messages.

    Returns
    -------
    DataFrame
        As `analysis.allocation.allocate` gives it.

    Raises
    ------
    BadInput
        Where the frame cannot be allocated, an area is unknown, a message rests on words spoken
        too late or quotes somebody who refused, or the wave is allocated already.
    """
    from analysis.allocation import allocate
    from analysis.stored_allocation import store_allocation

    day = allocated_on or datetime.now(UTC).date()
    wave_id = ensure_wave(db, wave_key)
    column = _area_column(db, frame, within)
    ordered = [column, *(name for name in within if name != column)]
    allocated, receipt = allocate(frame, ordered, arms, seed)
    area_ids = _area_ids(db, frame, column)
    with db.atomic():
        receipt_id = store_allocation(db, wave_id, allocated, receipt, area_ids, day)
        _fix_messages(db, wave_id, receipt_id, set(area_ids.values()), day)
    return allocated


def _fix_messages(
    db: Database, wave_id: int, receipt_id: int, area_ids: set[int], day: date
) -> None:
    for message in list_messages(db, wave_id):
        if message["version_id"] and message["area_id"] in area_ids:
            quotes = {e["id"] for s in message["sentences"] for e in s["evidence"]}
            check_evidence(db, message, quotes, day.isoformat())
            check_refused(message)
            row = {"receipt_id": receipt_id, "message_version_id": message["version_id"]}
            insert(db, "message_shown", row)


def _label(value: Any) -> str:
    """Write a frame's value as the allocation does: a file's 1.0 is the area “1”."""
    from analysis.values import written

    return written(value)


def _area_column(db: Database, frame: pd.DataFrame, within: Sequence[str]) -> str:
    known = known_areas(db)
    for column in within:
        if column not in frame.columns:
            there = ", ".join(map(str, frame.columns))
            raise BadInput(f"The frame has no column “{column}”; its columns are: {there}.")
        if any(_label(value).casefold() in known for value in frame[column].unique()):
            return column
    there = ", ".join(row["key"] for row in areas(db)) or "none yet"
    raise BadInput(
        f"None of the columns {', '.join(within) or '(none given)'} names areas of this study; "
        f"allocate within a column of areas: {there}."
    )


def _area_ids(db: Database, frame: pd.DataFrame, column: str) -> dict[str, int]:
    known, ids = known_areas(db), {row["key"]: row["id"] for row in areas(db)}
    rows: dict[str, list[int]] = {}
    for number, value in enumerate(frame[column], 2):
        rows.setdefault(_label(value), []).append(number)
    unknown = [label for label in rows if label.casefold() not in known]
    if unknown:
        told = "; ".join(
            f"“{label}” in row {', '.join(map(str, rows[label][:SHOWN]))}"
            + (f" and {len(rows[label]) - SHOWN} more" if len(rows[label]) > SHOWN else "")
            for label in unknown[:SHOWN]
        )
        raise BadInput(
            f"The column “{column}” has areas unknown to this study: {told}; "
            f"there are: {', '.join(row['key'] for row in areas(db))}."
        )
    for label in rows:
        if not known[label.casefold()]:
            raise BadInput(
                f"“{label}” in the column “{column}” means several areas of this study; "
                "give each area a name of its own."
            )
    return {label: ids[known[label.casefold()]] for label in rows}
