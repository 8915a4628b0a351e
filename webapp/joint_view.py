"""What the joint page shows: themes by areas, the effects aligned under them, and the choices."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from coding.codebook import codebook
from coding.errors import BadInput
from linkage.areas import areas, find_wave, waves
from linkage.caveats import Caveat, caveats
from linkage.nudges import nudge_of
from linkage.waves import answered_waves

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
WIDTH, EDGE = 160, 8  # of a small drawing, in its own units


@dataclass(frozen=True)
class Whisker:
    """Where an effect and its interval stand on the axis that all areas share."""

    zero: float
    dot: float
    low: float
    high: float


@dataclass(frozen=True)
class JointView:
    """The joint display as the page draws it; without answers there are no effects."""

    display: pd.DataFrame
    caveats: list[Caveat]
    areas: list[Row]
    themes: list[Row]
    all_themes: list[Row]
    cells: dict[tuple[int, int], Row]
    effects: dict[str, Row]
    whiskers: dict[str, Whisker]
    waves: list[Row]
    wave: Row | None
    outcomes: list[str]
    outcome: str
    contrasts: list[str]
    contrast: str
    theme: str
    scale: str

    @property
    def nudge(self) -> str:
        return nudge_of(self.contrast)

    @property
    def coded(self) -> bool:
        return bool(self.display["speakers"].any())


def read_view(
    db: Database, wave: str | None, outcome: str | None, contrast: str | None, theme: str | None
) -> JointView:
    """Read the joint display, its caveats and the effects with the pooled one."""
    from linkage.joint import joint_display

    answered = [row for row in waves(db) if row["id"] in answered_waves(db)]
    chosen = find_wave(db, wave) if wave else answered[-1] if answered else None
    key = chosen["key"] if chosen in answered and chosen else None
    display = joint_display(db, key, outcome, contrast)
    said = caveats(db, key, display)
    facts = display.iloc[0].to_dict() if len(display) else {}
    found = _effects(db, key)
    shown = found[
        (found["outcome"] == facts.get("outcome")) & (found["contrast"] == facts.get("contrast"))
    ]
    effects = {row["area"]: row for row in shown.to_dict("records")}
    for row in display.drop_duplicates("area").to_dict("records"):
        if row["area"] in effects:
            effects[row["area"]]["n"] = row["n"]
    themes = [code for code in codebook(db) if not code["depth"]]
    return JointView(
        display=_only(display, theme),
        caveats=said,
        areas=[row for row in areas(db) if row["key"] in set(display["area"])],
        themes=[code for code in themes if theme in (None, code["name"])],
        all_themes=themes,
        cells={(r["theme_id"], r["area_id"]): r for r in display.to_dict("records")},
        effects=effects,
        whiskers=place_whiskers(list(effects.values())),
        waves=answered,
        wave=chosen,
        outcomes=list(dict.fromkeys(found["outcome"])),
        outcome=str(facts.get("outcome") or ""),
        contrasts=list(dict.fromkeys(found["contrast"])),
        contrast=str(facts.get("contrast") or ""),
        theme=theme or "",
        scale=str(shown["scale"].iloc[0]) if len(shown) else "",
    )


def _effects(db: Database, wave: str | None) -> pd.DataFrame:
    import pandas as pd

    from linkage.survey import effects

    if wave is None:
        return pd.DataFrame(columns=["area", "outcome", "contrast", "scale"])
    return effects(db, wave)


def _only(display: pd.DataFrame, theme: str | None) -> pd.DataFrame:
    if theme is None:
        return display
    known = ", ".join(dict.fromkeys(display["theme"]))
    if theme not in set(display["theme"]):
        raise BadInput(f"There is no theme “{theme[:80]}”; there are: {known}.")
    return display[display["theme"] == theme]


def place_whiskers(effects: list[Row]) -> dict[str, Whisker]:
    """Place effects on one axis from the lowest to the highest end, zero always on it."""
    drawn = [
        row
        for row in effects
        if all(isfinite(row[name]) for name in ("estimate", "ci_low", "ci_high"))
    ]
    low = min([0.0, *(row["ci_low"] for row in drawn)])
    high = max([0.0, *(row["ci_high"] for row in drawn)])

    def x(value: float) -> float:
        return round(EDGE + (WIDTH - 2 * EDGE) * (value - low) / (high - low or 1), 1)

    return {
        row["area"]: Whisker(x(0), x(row["estimate"]), x(row["ci_low"]), x(row["ci_high"]))
        for row in drawn
    }
