"""Draw an allocation from a sampling frame: nothing is stored, so it can be looked at first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from coding.errors import BadInput

from ..areas import waves
from .frame_areas import area_column, area_ids

if TYPE_CHECKING:
    import pandas as pd

    from analysis.allocation import Receipt

TELEPHONE = re.compile(r"\+[1-9][\d ()-]{7,}|07\d{3} ?\d{6}", re.ASCII)
ALREADY = (
    "This wave is allocated already, and a wave is allocated once; add respondents who came late "
    "to it, or add a wave."
)


@dataclass(frozen=True)
class Asked:
    """What somebody asks to be allocated, and how.

    Of an addition, `within`, `arms`, `cluster` and `shares` are those of the first batch where
    they are empty.
    """

    wave: str
    within: tuple[str, ...]
    arms: tuple[str, ...]
    seed: int
    day: date | None = None
    cluster: str = ""
    shares: tuple[int, ...] = ()
    balance: tuple[str, ...] = ()
    add: bool = False


@dataclass(frozen=True)
class Drawn:
    """An allocation that is not stored yet; `balance` is the table as JSON by area label."""

    wave: str
    day: date
    allocated: pd.DataFrame
    receipt: Receipt
    area_ids: dict[str, int]
    balance: dict[str, str]


def draw(db: Database, frame: pd.DataFrame, asked: Asked, *, look: bool = False) -> Drawn:
    """Draw an allocation; to look at it only, without its balance, which comes after the draw.

    Raises BadInput as `linkage.waves.allocate_wave`.
    """
    from analysis.allocation import allocate
    from analysis.stored_allocation import find_receipts, stored_allocation

    wave_id = _wave_id(db, asked.wave)
    receipts = find_receipts(db, wave_id)
    asked = _filled(db, wave_id, receipts, asked)
    column = area_column(db, frame, asked.within)
    ordered = [column, *(name for name in asked.within if name != column)]
    _check_contacts(frame, asked.cluster)
    earlier = stored_allocation(db, wave_id)
    allocated, receipt = allocate(
        frame, ordered, asked.arms, asked.seed, cluster=asked.cluster, shares=asked.shares,
        batch=len(receipts) + 1, earlier=earlier,
    )  # fmt: skip
    ids = area_ids(db, frame, column)
    if earlier is not None and asked.cluster:
        _check_joined(allocated, column, ids, earlier)
    kept = {} if look else _balance(frame, allocated, asked, column, ids)
    day = asked.day or datetime.now(UTC).date()
    return Drawn(asked.wave, day, allocated, receipt, ids, kept)


def _wave_id(db: Database, key: str) -> int:
    """Return the wave's id; 0 of one that is new, and is made when the allocation is stored."""
    return next((int(row["id"]) for row in waves(db) if row["key"] == key), 0)


def _filled(db: Database, wave_id: int, receipts: Sequence[dict[str, Any]], asked: Asked) -> Asked:
    """Check that the wave can take this batch; fill in of an addition what the first one says."""
    if not asked.add:
        if receipts:
            raise BadInput(ALREADY)
        if db.table("survey_import").count_where("wave_id = ? AND state = 'complete'", [wave_id]):
            raise BadInput(
                "This wave has answers already, so it cannot be allocated any more: "
                "arms are drawn before anybody answers. Add a wave for the next round."
            )
        return asked
    if not receipts:
        raise BadInput("This wave is not allocated yet; allocate it first, without adding.")
    first = receipts[0]
    if asked.arms and set(asked.arms) != set(first["arms"]):
        raise BadInput(f"Additions get the arms of the wave: {', '.join(first['arms'])}.")
    if asked.cluster and not first["cluster"]:
        raise BadInput("This wave was allocated respondent by respondent, not by cluster.")
    if asked.day and asked.day.isoformat() < receipts[-1]["allocated_on"]:
        raise BadInput(f"The wave was allocated on {receipts[-1]['allocated_on']}; add later.")
    same = not asked.shares and (not asked.arms or asked.arms == first["arms"])
    return replace(
        asked,
        within=asked.within or first["within"],
        arms=first["arms"],
        cluster=asked.cluster or first["cluster"],
        shares=first["shares"] if same else asked.shares,
    )


def _check_contacts(frame: pd.DataFrame, cluster: str) -> None:
    """Refuse e-mail addresses and telephone numbers in what is stored of each respondent."""
    from analysis.allocation import id_column

    for name in (id_column(frame), *filter(None, [cluster])):
        if name not in frame.columns:
            continue
        texts = frame[name].astype(str).str.strip()
        found = texts.str.fullmatch(TELEPHONE) | texts.str.contains("@", regex=False)
        if found.any():
            raise BadInput(
                f"Row {int(found.to_numpy().argmax()) + 2} of the column “{name}” looks like an "
                "e-mail address or a telephone number. Contact details never enter the study: "
                "give each a number, and keep the list of who has which elsewhere."
            )


def _check_joined(
    allocated: pd.DataFrame, column: str, ids: dict[str, int], earlier: pd.DataFrame
) -> None:
    homes = earlier.drop_duplicates("cluster").set_index("cluster")[["area_id", "area"]]
    joined = allocated[allocated["cluster"].isin(homes.index)]
    there = homes.reindex(joined["cluster"])
    other = (joined[column].map(ids).to_numpy() != there["area_id"].to_numpy()).nonzero()[0]
    if len(other):
        row = joined.iloc[int(other[0])]
        raise BadInput(
            f"“{row['cluster']}” was allocated in {there['area'].iloc[int(other[0])]}, and "
            f"respondent “{row['respondent']}” of it stands in {row[column]}; correct the frame."
        )


def _balance(
    frame: pd.DataFrame, allocated: pd.DataFrame, asked: Asked, column: str, ids: dict[str, int]
) -> dict[str, str]:
    if not asked.balance:
        return {}
    from analysis.allocation import id_column
    from analysis.balance import as_covariates, as_kept, balance_by_place, draws_for
    from analysis.design import Design
    from analysis.values import written

    covariates, names = as_covariates(frame, asked.balance)
    renamed = {name: f"x{i}" for i, name in enumerate(names)}  # a column may be called “arm”
    covariates = covariates.rename(columns=renamed).assign(
        respondent=frame[id_column(frame)].map(written)
    )
    drawn = allocated.assign(area=allocated[column].map(ids).astype(str))
    cluster = "cluster" if asked.cluster else None
    shown = drawn[["respondent", "area", "block", "arm", *([cluster] if cluster else [])]]
    design = Design(
        "area", "arm", [], strata=["block"], cluster=cluster, covariates=list(renamed.values()),
        arms=asked.arms,
    )  # fmt: skip
    both = shown.merge(covariates, on="respondent")
    rows, tests = balance_by_place(both, design, draws_for(len(both)), asked.seed)
    back = {short: name for name, short in renamed.items()}
    return as_kept(rows.assign(covariate=rows["covariate"].map(back)), tests)
