"""What an experiment can show before it is run: areas, arms, and what is expected of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from ..areas import areas
from ..plans import draft_of, frozen_plan
from ..waves import allocated_counts

if TYPE_CHECKING:
    import pandas as pd

    from analysis.design import Contrast
    from analysis.plan import Plan
    from analysis.power import Expected

Row = dict[str, Any]


@dataclass(frozen=True)
class Experiment:
    """The areas by key with what is expected of each, the arms, and the two errors."""

    expected: dict[str, Expected]
    arms: Sequence[str]
    effect: float
    power: float = 0.8
    alpha: float = 0.05
    labels: dict[str, str] = field(default_factory=dict)

    @property
    def contrasts(self) -> list[Contrast]:
        from analysis.plan.planning import contrasts_of

        return contrasts_of(self.arms)

    def table(self, sizes: Sequence[float] = (0.5, 1.0, 1.5, 2.0, 3.0)) -> pd.DataFrame:
        """Detectable effect and power by contrast, for multiples of the respondents."""
        from analysis.power import power_table

        return power_table(
            list(self.expected.values()), self.contrasts, self.effect, sizes,
            self.alpha, self.power,
        )  # fmt: skip

    def by_area(self) -> pd.DataFrame:
        """Detectable effect and power by contrast in each area alone, as invited."""
        import pandas as pd

        from analysis.power import power_table

        parts = []
        for key, expected in self.expected.items():
            rows = power_table(
                [expected], self.contrasts, self.effect, (1.0,), self.alpha, self.power
            )
            parts.append(rows.drop(columns="times").assign(area=key))
        table = pd.concat(parts, ignore_index=True)
        return table[["area", *table.columns.drop("area")]]

    def curve(self, points: int = 40, longest: float = 2.0) -> list[Row]:
        """Power against the number invited: a line for all contrasts of one precision."""
        steps = [longest * (number + 1) / points for number in range(points)]
        rows = self.table(steps).to_dict("records")
        lines: list[Row] = []
        for precise in alike(self.contrasts):
            own = [row for row in rows if row["contrast"] == precise[0]]
            lines.append({"contrasts": precise, "points": [(r["n"], r["power"]) for r in own]})
        return lines


def alike(contrasts: Sequence[Contrast]) -> list[list[str]]:
    """Group contrasts that are equally precise with equal arms, the most precise first."""
    groups: dict[float, list[str]] = {}
    for contrast in contrasts:
        groups.setdefault(sum(w**2 for w in contrast.weights), []).append(contrast.name)
    return [groups[key] for key in sorted(groups)]


def plan_for(db: Database, wave_id: int | None) -> Plan | None:
    """Return the plan that a sample size is for: the draft, or else what is frozen."""
    if wave_id is None:
        return None
    row = draft_of(db, wave_id) or frozen_plan(db, wave_id)
    return row["plan"] if row else None


def experiment_from(asked: Row) -> Experiment:
    """Build an experiment from plain values.

    `areas` maps keys to `n` and `response`; `common` holds `sd` or `rate`, `cluster_size`, `icc`;
    `arms`, `effect`, `power`, `alpha` and `labels` are as in `Experiment`.
    """
    from analysis.power import Expected

    expected = {key: Expected(**own, **asked["common"]) for key, own in asked["areas"].items()}
    named = {name: asked[name] for name in ("effect", "power", "alpha", "labels")}
    return Experiment(expected, asked["arms"], **named)


def allocated_sizes(db: Database, wave_id: int | None) -> dict[str, int]:
    """Count who was allocated in a wave by area key; none where it is not allocated."""
    if wave_id is None:
        return {}
    keys = {row["id"]: row["key"] for row in areas(db)}
    counts = allocated_counts(db, wave_id)
    return {keys[area]: sum(own.values()) for area, own in counts.items() if area in keys}


def allocated_whole(db: Database, wave_id: int | None) -> str:
    """Name the column of the sampling frame whose clusters were allocated whole; empty if none."""
    from analysis.stored_allocation import find_receipts

    receipts = find_receipts(db, wave_id) if wave_id is not None else []
    return next((str(row["cluster"]) for row in receipts if row["cluster"]), "")
