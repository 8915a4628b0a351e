"""What the effects page shows: the effects asked for, and what stands beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from coding.errors import BadInput
from linkage import areas
from linkage.figures import interval_words
from linkage.survey import beside, chosen, estimate
from linkage.survey.analysed import Analysed, analysed
from linkage.survey.drawing import kept_draws
from linkage.survey.words import UNITS

from ...display import outcome_name
from .asking import EVERY, PLACES, Asked
from .shapes import seen
from .view import find_wave, labelled, outcomes_of, pick

if TYPE_CHECKING:
    import pandas as pd

    from analysis.design import Contrast, Outcome
    from analysis.drawn import Drawn

Row = dict[str, Any]
MOST_SAID = 40  # effects that words are made of


@dataclass(frozen=True)
class Page:
    """One choice and what it shows; `rows` is the tidy frame with what the page adds to it."""

    asked: Asked
    wave: Row
    waves: Sequence[Row]
    held: Analysed
    outcomes: Sequence[Outcome]
    outcome_names: Mapping[str, str]
    rows: pd.DataFrame
    differences: Sequence[Row]
    drawn: Drawn | None

    @property
    def contrasts(self) -> list[Contrast]:
        return self.held.design.contrasts()

    @cached_property
    def shown_outcomes(self) -> list[str]:
        return list(dict.fromkeys(self.rows["outcome"]))

    @cached_property
    def shown_contrasts(self) -> list[str]:
        return list(dict.fromkeys(self.rows["contrast"]))

    @property
    def main(self) -> pd.DataFrame:
        """The rows that say the most: pooled ones, or those of areas where none is shown."""
        pooled = self.rows[self.rows["area"] == "pooled"]
        return self.rows if pooled.empty else pooled

    @property
    def through_zero(self) -> tuple[int, int]:
        """How many of the intervals include zero, and how many there are."""
        known = self.rows[self.rows["estimate"].notna()]
        inside = (known["ci_low"] <= 0) & (known["ci_high"] >= 0)
        return int(inside.sum()), len(known)

    @property
    def zero_words(self) -> str:
        return interval_words(*self.through_zero)

    @property
    def title(self) -> str:
        """What is shown, in a line."""
        outcomes = self.shown_outcomes
        if len(outcomes) == 1:
            what = self.outcome_names[outcomes[0]]
        elif self.held.plan and outcomes == self.held.primary_outcomes:
            what = "The planned primary outcomes"
        else:
            what = f"{len(outcomes)} outcomes"
        contrasts = self.shown_contrasts
        told = contrasts[0] if len(contrasts) == 1 else f"{len(contrasts)} contrasts"
        return f"{self.wave['name']} · {what} · {told}"


def build_page(db: Database, asked: Asked) -> Page | None:
    """Estimate what is asked for; None where no wave has answers."""
    found = find_wave(db, asked.wave)
    if found is None:
        return None
    wave, waves = found
    held = analysed(db, wave["id"], asked.members or None)
    outcomes = outcomes_of(wave, held)
    keys, names = _outcomes(held, outcomes, asked), _contrasts(held, asked)
    rows = estimate(held, keys, names)
    rows["wave"] = wave["key"]
    rows = beside.with_shrunken(rows)
    drawn = kept_draws(db, wave["id"], held)
    if drawn is not None:
        from analysis.drawn import with_drawn

        rows = with_drawn(rows, drawn)
    differences = _differences(rows)
    issues = {row["key"]: row["name"] for row in areas.issues(db)}
    told = {o.key: outcome_name(o.measure, issues.get(o.issue, o.issue)) for o in outcomes}
    rows = labelled(db, _placed(db, rows, asked), held.design, ["outcome", "contrast", "area"])
    rows["heading"] = rows["outcome"].map(told).astype(object)
    rows = seen(rows, held.design, wave["key"])
    if (rows["suppressed"] != "").any():  # they could be told back from these
        differences = []
    return Page(asked, wave, waves, held, outcomes, told, rows, differences, drawn)


def _outcomes(held: Analysed, outcomes: Sequence[Outcome], asked: Asked) -> list[str]:
    known = {o.key: o for o in outcomes}
    if asked.outcome and asked.outcome != EVERY:
        return [pick("outcome", known, asked.outcome).key]
    issues = list(dict.fromkeys(o.issue for o in outcomes))
    if asked.issue and asked.issue not in issues:
        there = ", ".join(filter(None, issues))
        raise BadInput(f"There is no issue “{asked.issue[:80]}” here; there are: {there}.")
    wanted = [o.key for o in outcomes if asked.issue in ("", o.issue)]
    primary = [key for key in wanted if key in held.primary_outcomes]
    return wanted if asked.outcome == EVERY else primary or wanted


def _contrasts(held: Analysed, asked: Asked) -> list[str]:
    names = {c.name: c for c in held.design.contrasts()}
    if asked.contrast == EVERY:
        return list(names)
    return [pick("contrast", names, asked.contrast or held.primary_contrast.name).name]


def _placed(db: Database, rows: pd.DataFrame, asked: Asked) -> pd.DataFrame:
    """Keep the places and the standing asked for."""
    known = [*PLACES, *(row["key"] for row in areas.areas(db))]
    by = pick("choice of places", {key: key for key in known}, asked.by)
    if by == "pooled" and rows["area"].nunique() > 1:
        rows = rows[rows["area"] == "pooled"]
    elif by not in PLACES:
        rows = rows[rows["area"] == by]
    return chosen(rows, planned=asked.planned)


def _differences(rows: pd.DataFrame) -> list[Row]:
    """How effects differ between areas, where there is more than one to differ."""
    if rows["area"].nunique() < 2:
        return []
    which = rows.groupby(["outcome", "contrast"], sort=False).ngroup()
    rows = rows[which < MOST_SAID]
    found = beside.area_differences(rows)
    scales = dict(zip(rows["outcome"], rows["scale"], strict=True))
    return [
        {str(name): value for name, value in row.items()} | {"scale": scales[row["outcome"]]}
        for row in found.to_dict("records")
    ]


def axis_title(scale: str) -> str:
    """What a difference of a scale is measured in."""
    if scale == "binary":
        return "difference in share"
    return f"difference in {UNITS[scale]}" if scale in UNITS else "difference"
