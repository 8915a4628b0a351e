"""A wave's allocation: who is shown what, fixed together with the messages of that day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from coding.errors import BadInput

from .areas import find_wave, waves

if TYPE_CHECKING:
    import pandas as pd


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
    *,
    cluster: str = "",
    shares: Sequence[int] = (),
    balance: Sequence[str] = (),
    add: bool = False,
) -> pd.DataFrame:
    """Allocate a sampling frame at random, store it, and fix the messages that it shows.

    Parameters
    ----------
    frame : DataFrame
        A row a respondent: ids, and the columns named; nothing else of it is read or stored.
    within : sequence of str
        The columns that make the blocks; one of them names areas of the study.
    arms : sequence of str
        Two or more, the control first.
    seed : int
    allocated_on : date, optional
        Today where absent; words spoken on it or later cannot support this wave's messages.
    cluster : str, optional
        The column of what is allocated whole, such as the household.
    shares : sequence of int, optional
        How large the arms are to each other; equal where absent.
    balance : sequence of str, optional
        Columns whose balance is looked at once and kept; their values are not.
    add : bool
        Whether these came late to a wave that is allocated already: a batch of its own.

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
    from .allocating import Asked, draw, store

    asked = Asked(
        wave_key, tuple(within), tuple(arms), seed, allocated_on, cluster, tuple(shares),
        tuple(balance), add,
    )  # fmt: skip
    drawn = draw(db, frame, asked)
    store(db, drawn)
    return drawn.allocated
