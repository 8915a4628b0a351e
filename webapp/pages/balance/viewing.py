"""What of balance is looked at: a wave, from which side, and where."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from coding.errors import BadInput
from linkage import areas
from linkage.allocating import kept_balance

from ...kept import kept
from ...numbers import plain_rows, plain_value

if TYPE_CHECKING:
    import pandas as pd

    from linkage.pictures import Sheet
    from linkage.scope import Scope

Row = dict[str, Any]
Sides = tuple[Row, list[Row], list[tuple[str, str]]]
NONE: Sides = ({}, [], [])
POOLED = "pooled"
FRAME, ANSWERS = "frame", "answers"


@dataclass(frozen=True)
class View:
    """A table of balance with what is said of it; `shown` are the rows of the area looked at."""

    wave: Row
    waves: list[Row]
    basis: str
    bases: list[tuple[str, str]]
    batch: int
    area: str
    names: dict[str, str]
    table: pd.DataFrame
    tests: pd.DataFrame
    notes: list[str]
    clustered: bool

    @property
    def shown(self) -> list[Row]:
        return plain_rows(self.table[self.table["area"] == self.area])

    @property
    def test(self) -> Row:
        row = self.tests[self.tests["area"] == self.area].iloc[0]
        return {str(name): plain_value(value) for name, value in row.items()}

    @property
    def arms(self) -> list[str]:
        return list(dict.fromkeys(self.table["arm"]))

    @property
    def area_name(self) -> str:
        return self.names.get(self.area, self.area)

    @property
    def p_told(self) -> str:
        """The omnibus p as people write it, with what it rests on."""
        test = self.test
        if test["p_randomisation"] is None:
            return "There is no test: nothing here varies within blocks."
        p, draws = test["p_randomisation"], test["draws"]
        told = f"< {1 / draws:.2g}" if p < 1 / draws else f"= {p:.3f}"
        error = (p * (1 - p) / draws) ** 0.5
        return (
            f"One test of all covariates and arms, {self.area_name}: p {told} ({draws:,} draws of "
            f"the allocation, seed {test['seed']}, Monte Carlo error {error:.3f}; "
            f"n {test['n']:,})."
        )

    @property
    def about(self) -> list[str]:
        side = dict(self.bases)[self.basis]
        return [f"From {side[0].lower()}{side[1:]}; differences from the control, standardised by "
                "the root of the mean of both variances.", self.p_told, *self.notes]  # fmt: skip

    def draw(self, width: int) -> Sheet:
        from linkage.pictures import draw_balance

        label = f"Standardised differences from the control, {self.area_name}; the table says all"
        return draw_balance(self.shown, self.arms, label, width=width)


def find_view(db: Database, asked: Mapping[str, str], eyes: Scope | None = None) -> View | None:
    """Find what is asked for; None where a wave has no balance of either kind to look at.

    `eyes` is whose picture of the study `db` is; None sees all.
    """
    from analysis.stored_allocation import find_receipts

    waves = areas.waves(db)
    wanted = [areas.find_wave(db, asked["wave"])] if asked.get("wave") else waves[::-1]
    wave, receipts, bases = next((one for one in map(partial(_sides, db), wanted) if one[2]), NONE)
    if not wave:
        return None
    basis = _basis(asked.get("basis", ""), bases)
    if basis == ANSWERS:
        batch, found = 0, partial(_answered, db, wave["id"])
        table, tests, notes = kept(db, ("answered balance", wave["id"], eyes), found)
    else:
        batch = int(basis.removeprefix(FRAME))
        receipt = next(r for r in receipts if r["batch"] == batch)
        table, tests, notes = _kept(db, receipt)
    clustered = any(row["cluster"] for row in find_receipts(db, wave["id"]))
    names = {row["key"]: row["name"] for row in areas.areas(db)} | {POOLED: "all areas together"}
    area = _area(asked.get("area", ""), names, list(tests["area"]))
    return View(wave, waves, basis, bases, batch, area, names, table, tests, notes, clustered)


def _basis(asked: str, bases: list[tuple[str, str]]) -> str:
    """Return the side asked for; the first there is where another wave would have that one."""
    if asked and not re.fullmatch(rf"{ANSWERS}|{FRAME}\d{{1,4}}", asked):
        raise BadInput(f"There is no balance from “{asked[:40]}”; choose {bases[0][0]}.")
    return asked if asked in dict(bases) else bases[0][0]


def _area(asked: str, names: dict[str, str], there: list[str]) -> str:
    """Return the area asked for; all together where it is one that is not in this balance."""
    if asked and asked not in names:
        raise BadInput(f"There is no area “{asked[:40]}”; there are: {', '.join(there)}.")
    return asked if asked in there else there[-1]


def _sides(db: Database, wave: Row) -> Sides:
    """Return a wave with the receipts that have a balance, and from which sides there is one."""
    from analysis.stored_allocation import find_receipts, receipts_with_balance

    kept = receipts_with_balance(db, wave["id"])
    receipts = [row for row in find_receipts(db, wave["id"]) if row["id"] in kept]
    return wave, receipts, _bases(db, wave["id"], receipts)


def _bases(db: Database, wave_id: int, receipts: list[Row]) -> list[tuple[str, str]]:
    from linkage.survey.balance import can_compare

    several = len(receipts) > 1
    found = [
        (f"{FRAME}{r['batch']}",
         "The sampling frame" + (f", batch {r['batch']}" if several else ""))
        for r in receipts
    ]  # fmt: skip
    if can_compare(db, wave_id):
        found.append((ANSWERS, "The answers, asked before"))
    return found


def _kept(db: Database, receipt: Row) -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:
    found = kept_balance(db, receipt["id"])
    assert found is not None
    return (*found, [f"Computed when the frame was allocated, {receipt['made_at'][:10]}."])


def _answered(db: Database, wave_id: int) -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:
    from analysis.randomised import mechanism_notes
    from linkage.survey.balance import answered_balance

    rows, tests, notes = answered_balance(db, wave_id)
    mixed = "Only those who answered: a difference may come from who answered, not from the draw."
    return rows.drop(columns="wave"), tests, [mixed, *mechanism_notes(db, wave_id), *notes]
