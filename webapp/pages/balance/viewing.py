"""What of balance is looked at: a wave, from which side, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from coding.errors import BadInput
from linkage import areas
from linkage.allocating import kept_balance

from ...numbers import plain_rows, plain_value

if TYPE_CHECKING:
    import pandas as pd

    from linkage.pictures import Sheet

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


def find_view(db: Database, asked: Mapping[str, str]) -> View | None:
    """Find what is asked for; None where a wave has no balance of either kind to look at."""
    waves = areas.waves(db)
    wanted = [areas.find_wave(db, asked["wave"])] if asked.get("wave") else waves[::-1]
    wave, receipts, bases = next((one for one in map(partial(_sides, db), wanted) if one[2]), NONE)
    if not wave:
        return None
    basis = asked.get("basis") or bases[0][0]
    if basis not in dict(bases):
        raise BadInput(f"There is no balance from “{basis[:40]}” here; choose {bases[0][1]}.")
    if basis == ANSWERS:
        batch, (table, tests, notes) = 0, _answered(db, wave["id"])
    else:
        batch = int(basis.removeprefix(FRAME))
        receipt = next(r for r in receipts if r["batch"] == batch)
        table, tests, notes = _kept(db, receipt)
    names = {row["key"]: row["name"] for row in areas.areas(db)} | {POOLED: "all areas together"}
    there = list(tests["area"])
    area = asked.get("area") or there[-1]
    if area not in there:
        raise BadInput(f"There is no balance for “{area[:40]}” here; there is: {', '.join(there)}.")
    return View(wave, waves, basis, bases, batch, area, names, table, tests, notes)


def _sides(db: Database, wave: Row) -> Sides:
    """Return a wave with the receipts that have a balance, and from which sides there is one."""
    from analysis.stored_allocation import find_receipts, receipts_with_balance

    kept = receipts_with_balance(db, wave["id"])
    receipts = [row for row in find_receipts(db, wave["id"]) if row["id"] in kept]
    return wave, receipts, _bases(db, wave["id"], receipts)


def _bases(db: Database, wave_id: int, receipts: list[Row]) -> list[tuple[str, str]]:
    from analysis.responses import find_import

    several = len(receipts) > 1
    found = [
        (f"{FRAME}{r['batch']}",
         "The sampling frame" + (f", batch {r['batch']}" if several else ""))
        for r in receipts
    ]  # fmt: skip
    if find_import(db, wave_id):
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
