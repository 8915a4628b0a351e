"""What a person is looking at: wave, outcome, contrast and places, and the effects there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from coding.errors import BadInput
from linkage import areas
from linkage.figures import interval_words
from linkage.survey.analysed import Analysed, analysed
from linkage.waves import answered_waves

if TYPE_CHECKING:
    import pandas as pd

    from analysis.design import Contrast, Design, Outcome

Row = dict[str, Any]
EVERY = "all"
PLACES = {"area": "every area, and pooled", "pooled": "pooled over areas"}
UNITS = {
    "binary": "difference in share",
    "hours": "difference in hours",
    "ordinal": "difference in scale points",
    "count": "difference in number",
}


@dataclass(frozen=True)
class View:
    """One choice and what it shows; `rows` is the tidy frame with `label` and `n` beside it."""

    wave: Row
    waves: Sequence[Row]
    outcome: Outcome
    outcomes: Sequence[Outcome]
    contrast: str
    contrasts: Sequence[Contrast]
    by: str
    arms: Sequence[str]
    rows: pd.DataFrame
    weight_note: str

    @property
    def unit(self) -> str:
        return UNITS.get(self.outcome.scale, "difference")

    @property
    def asked(self) -> dict[str, str]:
        """The address that shows this view again."""
        chosen = {"wave": self.wave["key"], "outcome": self.outcome.key, "contrast": self.contrast}
        return {**chosen, "by": self.by}

    @property
    def drawn(self) -> bool:
        return bool(self.rows["estimate"].notna().any())

    @property
    def zero_words(self) -> str:
        return interval_words(*self.through_zero)

    @property
    def through_zero(self) -> tuple[int, int]:
        """How many of the intervals include zero, and how many there are."""
        known = self.rows[self.rows["estimate"].notna()]
        inside = (known["ci_low"] <= 0) & (known["ci_high"] >= 0)
        return int(inside.sum()), len(known)


def answered(db: Database) -> list[Row]:
    """List the waves with answers."""
    ids = answered_waves(db)
    return [wave for wave in areas.waves(db) if wave["id"] in ids]


def build_view(db: Database, asked: Mapping[str, str]) -> View | None:
    """Choose what is asked for, else what the plan calls primary; None without any answers.

    The effects are those that the signed-in person may see (`shapes.seen`).
    """
    import pandas as pd

    from analysis.responses import weight_note

    from .shapes import VALUES, seen

    found = find_wave(db, asked.get("wave"))
    if found is None:
        return None
    wave, waves = found
    held = analysed(db, wave["id"])
    frame, design = held.frame, held.design
    outcomes = outcomes_of(wave, held)
    first = held.primary_outcomes[0]
    outcome = pick("outcome", {o.key: o for o in outcomes}, asked.get("outcome") or first)
    contrasts = {contrast.name: contrast for contrast in design.contrasts()}
    name = asked.get("contrast") or held.primary_contrast.name
    chosen = list(contrasts.values()) if name == EVERY else [pick("contrast", contrasts, name)]
    by = pick("choice of places", {key: key for key in PLACES}, asked.get("by"))
    rows = _estimate(db, frame, replace(design, outcomes=[outcome]), chosen, by)
    rows = seen(rows, design, wave["key"]).assign(wave=wave["key"])
    numbers = [name for name in rows.columns if name in VALUES or name.startswith("n_")]
    rows[numbers] = rows[numbers].apply(pd.to_numeric)  # what is suppressed is no number
    return View(
        wave, waves, outcome, outcomes, EVERY if name == EVERY else chosen[0].name,
        list(contrasts.values()), by, design.arms, rows, weight_note(db, wave["id"]),
    )  # fmt: skip


def find_wave(db: Database, key: str | None) -> tuple[Row, list[Row]] | None:
    """Return the wave asked for, or the last with answers, and all with answers; or None."""
    waves = answered(db)
    if not waves and not key:
        return None
    return (areas.find_wave(db, key) if key else waves[-1]), waves


def outcomes_of(wave: Row, held: Analysed) -> list[Outcome]:
    """The outcomes of a wave that a nudge can have changed, or say that there are none."""
    outcomes = [outcome for outcome in held.design.outcomes if outcome.can_respond]
    if not outcomes:
        raise BadInput(
            f"{wave['name']} has no outcome that a nudge can have changed: "
            "each was asked before it, or is about the past."
        )
    return outcomes


def _estimate(
    db: Database, frame: pd.DataFrame, design: Design, contrasts: Sequence[Contrast], by: str
) -> pd.DataFrame:
    """Estimate, areas in the study's order; `n` counts the arms that a contrast compares."""
    from analysis.effects import POOLED, estimate_effects

    found = estimate_effects(frame, design, contrasts, draws=0)
    if by == "pooled" and found["area"].nunique() > 1:
        found = found[found["area"] == POOLED]
    return labelled(db, found, design, ["area"])


def labelled(db: Database, found: pd.DataFrame, design: Design, order: list[str]) -> pd.DataFrame:
    """Add `label`, the area's name, and `n`, respondents of the arms compared; sort by `order`.

    Areas come in the study's order, pooled last; other columns of `order` as they first appear.
    """
    from analysis.effects import POOLED

    names = {row["key"]: row["name"] for row in areas.areas(db)}
    ranks = {name: list(dict.fromkeys(found[name])) for name in order} | {"area": [*names, POOLED]}
    ranked = [found[name].map(ranks[name].index).rename(name) for name in order]
    found = found.assign(**{f"_{name}": rank for name, rank in zip(order, ranked, strict=True)})
    found = found.sort_values([f"_{name}" for name in order], kind="stable")
    found = found.drop(columns=[f"_{name}" for name in order]).reset_index(drop=True)
    found["label"] = [names.get(key, "Pooled") for key in found["area"]]
    compared = {
        c.name: [f"n_{arm}" for arm, w in zip(design.arms, c.weights, strict=True) if w]
        for c in design.contrasts()
    }
    rows = found.to_dict("records")
    found["n"] = [sum(row[name] for name in compared[row["contrast"]]) for row in rows]
    return found


def pick(what: str, known: Mapping[str, Any], name: str | None) -> Any:
    if not name:
        return next(iter(known.values()))
    if name not in known:
        raise BadInput(f"There is no {what} “{name[:80]}” here; there are: {', '.join(known)}.")
    return known[name]
